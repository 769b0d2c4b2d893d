public import Genome

/// Residues at which many tumors have a mutation: the user's file in the columns of cancerhotspots.org, whose license does not
/// let it be shipped.
///
/// - Shape: `Hugo_Symbol`, `Amino_Acid_Position`, `Mutation_Count` (samples at the residue), `Reference_Amino_Acid` (`V:897`)
///   and `Variant_Amino_Acid` (`E:833`, or several joined by `|`); lines end with LF, CR LF or CR. Rows that are no single
///   residue (splice sites, ranges) are passed over.
/// - Source: Chang et al., Cancer Discov 2018;8:174 (cancerhotspots.org, version 2).
public struct HotspotTable: Sendable {
    /// Samples with a mutation of one residue.
    public struct Counts: Hashable, Sendable {
        /// At the residue.
        public let residue: Int
        /// With the same change.
        public let change: Int

        /// Counts of a residue.
        public init(residue: Int, change: Int) {
            self.residue = residue
            self.change = change
        }
    }

    private struct Place: Hashable {
        let gene: String
        let residue: Int
    }

    private struct Residue {
        let reference: String
        let samples: Int
        var changes: [String: Int] = [:]
    }

    private var residues: [Place: Residue] = [:]
    /// Rows that are no single residue.
    public private(set) var passedOver = 0
    /// Residues of the table.
    public var count: Int { residues.count }

    /// Reads a table.
    ///
    /// - Throws: `InputError` for a missing column or a row that is no count.
    public init(bytes: [UInt8], file: String) throws(InputError) {
        // Tables saved by old spreadsheets end their lines with a carriage return alone.
        let text = bytes.contains(0x0A) ? bytes : bytes.map { $0 == 0x0D ? 0x0A : $0 }
        let table = try TSVTable(
            bytes: text, file: file,
            required: [
                "Hugo_Symbol", "Amino_Acid_Position", "Mutation_Count", "Reference_Amino_Acid",
                "Variant_Amino_Acid",
            ])
        for row in table.rows {
            func fault(_ column: String, _ expected: String) -> InputError {
                InputError(
                    file: file, place: .line(row.line),
                    problem: "\(column) is \"\(table.cell(row, column))\", \(expected) was expected",
                    remedy: "Give the table as cancerhotspots.org has it, saved with tabs.")
            }
            guard let number = Int(table.trimmedCell(row, "Amino_Acid_Position")) else {
                passedOver += 1
                continue
            }
            guard let samples = Int(table.trimmedCell(row, "Mutation_Count")), samples >= 0 else {
                throw fault("Mutation_Count", "a number of samples")
            }
            let reference = table.trimmedCell(row, "Reference_Amino_Acid").prefix { $0 != ":" && $0 != "|" }
            let place = Place(gene: table.trimmedCell(row, "Hugo_Symbol"), residue: number)
            var residue = residues[place] ?? Residue(reference: String(reference), samples: samples)
            for item in table.items(row, "Variant_Amino_Acid") {
                let parts = item.split(separator: ":")
                guard parts.count == 2, let count = Int(parts[1]), (0...Int(Int32.max)).contains(count)
                else {
                    throw fault("Variant_Amino_Acid", "such as E:833")
                }
                residue.changes[String(parts[0]), default: 0] += count
            }
            residues[place] = residue
        }
    }

    /// The counts of a residue, by one-letter names; nil where it is none of the table, or has another reference residue there,
    /// as it does on another transcript.
    public func counts(gene: String, residue: Int, reference: String, alternate: String) -> Counts? {
        guard let found = residues[Place(gene: gene, residue: residue)], found.reference == reference else {
            return nil
        }
        return Counts(residue: found.samples, change: found.changes[alternate] ?? 0)
    }
}
