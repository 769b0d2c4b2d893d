extension CaseSummary {
    /// What the structural variants are; each pair of breakends is one junction.
    public struct StructuralCounts: Codable, Hashable, Sendable {
        /// `VCF` or `BEDPE`.
        public var format: String
        /// Who made the calls, empty if not told.
        public var caller: String
        /// Records, or rows of a table.
        public var records: Int
        /// Junctions by type: `DEL`, `DUP`, `INV`, `INS`, `TRA`, `SGL`.
        public var junctions: [String: Int]
        /// Those that pass the caller's filters.
        public var pass: [String: Int]
        /// Those that do not pass, by their filters.
        public var filtered: [String: Int]
        /// What became of the mates of breakends: `paired`, `mate_filtered`, `mate_missing`, `unnamed`.
        public var mates: [String: Int]
        /// Alleles or rows that gave no junction, by reason.
        public var unread: [String: Int]
        /// What the strands of a BEDPE table were taken for, and why.
        public var strands: String?
        /// Genes of interest broken by a junction that counts; one for each gene and junction.
        public var disruptions: Int

        /// Creates counts.
        public init(
            format: String, caller: String, records: Int, junctions: [String: Int], pass: [String: Int],
            filtered: [String: Int], mates: [String: Int], unread: [String: Int], strands: String?,
            disruptions: Int
        ) {
            (self.format, self.caller, self.records) = (format, caller, records)
            (self.junctions, self.pass, self.filtered, self.mates) = (junctions, pass, filtered, mates)
            (self.unread, self.strands, self.disruptions) = (unread, strands, disruptions)
        }
    }

    /// The regions of a panel, and what it would have missed.
    public struct PanelComparison: Codable, Hashable, Sendable {
        /// Stretches after joining.
        public var regions: Int
        /// Their bases.
        public var bases: Int
        /// Findings at places of which some or all lie in the panel.
        public var inside: Int
        /// Findings that lie wholly outside.
        public var outside: Int
        /// Drivers among those outside.
        public var driversOutside: Int
        /// Targetable ones among those outside.
        public var targetableOutside: Int

        /// The comparison of findings that carry ``Finding/isOutsidePanel``.
        public init(regions: Int, bases: Int, findings: [Finding]) {
            (self.regions, self.bases) = (regions, bases)
            let missed = findings.filter { $0.isOutsidePanel == true }
            inside = findings.count { $0.isOutsidePanel == false }
            outside = missed.count
            driversOutside = missed.count(where: \.isDriver)
            targetableOutside = missed.count(where: \.targetable)
        }
    }
}
