// Is this file on the assembly that we are about to use?
//
// Strongest first: the lengths of the chromosomes in the header, which differ between the builds in every chromosome;
// REF bases of known hotspots, where the builds differ; names in `##reference` and `assembly=`, which are only
// noted, since people copy headers. Where a reference is at hand, ReferenceSample compares REF bases with it.

public import Genome

/// What a file says about its assembly.
///
/// - Source: specification section 1.3.
public struct AssemblyEvidence: Hashable, Sendable {
    /// A place whose REF base is known on one assembly.
    public struct Hotspot: Hashable, Sendable {
        /// The assembly.
        public let assembly: Assembly
        /// The contig.
        public let contig: Contig
        /// 0-based.
        public let position: Int
        /// REF in upper case.
        public let reference: String

        /// A hotspot of one assembly; `position` 0-based.
        public init(assembly: Assembly, contig: Contig, position: Int, reference: String) {
            self.assembly = assembly
            self.contig = contig
            self.position = position
            self.reference = reference
        }
    }

    private struct Place: Hashable {
        let contig: Contig
        let position: Int
    }

    /// The assembly, or nil where nothing tells or all is of another genome.
    public var assembly: Assembly?
    /// Whether the header's contig lengths say which assembly this is, or that it is none of those known.
    public private(set) var isSettledByHeader = false
    /// What was found, as sentences.
    public var notes: [String]
    /// What the user should look at.
    public var warnings: [String]

    /// Reads the header: contig lengths decide, names are noted.
    public init(header: VCFHeader) {
        notes = []
        warnings = []
        let lengths = header.contigs.compactMap { contig in
            contig.length.flatMap { length in
                let contig = Contig(contig.name)
                return contig.humanNumber.map { $0 <= 24 } == true ? (contig: contig, length: length) : nil
            }
        }
        let fits = Assembly.allCases.map { build in
            (build: build, count: lengths.count { build.length(of: $0.contig) == $0.length })
        }
        let found = fits.filter { $0.count > 0 }
        let anyLength = header.contigs.contains { $0.length != nil }
        isSettledByHeader = found.count == 1 || found.isEmpty && anyLength
        if found.count == 1, let only = found.first {
            assembly = only.build
            notes.append(
                "\(only.count) of \(lengths.count) contig lengths are those of \(only.build.rawValue)")
            if only.count < lengths.count {
                warnings.append(
                    "\(lengths.count - only.count) contig lengths in the header are not those of \(only.build.rawValue)"
                )
            }
        } else if found.count > 1 {
            let text = found.map { "\($0.count) of \($0.build.rawValue)" }.joined(separator: ", ")
            warnings.append("contig lengths in the header are of two assemblies: \(text)")
        } else if anyLength {
            warnings.append(
                "contig lengths in the header are those of neither GRCh37 nor GRCh38; the assembly is unknown"
            )
        }
        noteNames(header)
    }

    /// Counts exact REF matches at hotspots and takes the assembly they name, if the header left it open.
    ///
    /// - Shape: `records` contig, 0-based position and REF of the file's records, any number, any order.
    public mutating func add(
        hotspots: [Hotspot], records: some Sequence<(contig: Contig, position: Int, reference: String)>
    ) {
        let byPlace = Dictionary(grouping: hotspots) { Place(contig: $0.contig, position: $0.position) }
        var matches: [Assembly: Int] = [:]
        for record in records {
            let place = Place(contig: record.contig, position: record.position)
            let fits = (byPlace[place] ?? []).filter { $0.reference == record.reference.uppercased() }
            for build in Set(fits.map(\.assembly)) { matches[build, default: 0] += 1 }
        }
        let counts = Assembly.allCases.map { (build: $0, count: matches[$0] ?? 0) }.filter { $0.count > 0 }
        guard let best = counts.max(by: { $0.count < $1.count }) else { return }
        let text = counts.map { "\($0.count) of \($0.build.rawValue)" }.joined(separator: ", ")
        guard counts.count(where: { $0.count == best.count }) == 1 else {
            warnings.append("hotspots with their REF base do not tell the assembly: \(text)")
            return
        }
        notes.append("hotspots with their REF base: \(text)")
        if let assembly, assembly != best.build {
            warnings.append("hotspots fit \(best.build.rawValue), but the header says \(assembly.rawValue)")
        } else {
            assembly = best.build
        }
    }

    /// Returns the assembly to use: the stated one, or the one found.
    ///
    /// - Throws: `InputError` if the contig lengths or hotspots say another than the stated one.
    public func resolve(stated: Assembly?, file: String) throws(InputError) -> Assembly? {
        guard let stated, let assembly, stated != assembly else { return stated ?? assembly }
        throw InputError(
            file: file,
            problem: "the file is \(assembly.rawValue) (\(notes.first ?? "")), not \(stated.rawValue)",
            remedy: "Give a file of \(stated.rawValue), or run with --assembly \(assembly.rawValue).")
    }

    private mutating func noteNames(_ header: VCFHeader) {
        var texts: [(String, String)] = header.lines("reference").map { ("##reference", $0.value) }
        texts += header.lines("assembly").map { ("##assembly", $0.value) }
        texts += header.lines("contig").compactMap { line in
            line["assembly"].map { ("##contig assembly", $0) }
        }
        var seen: Set<String> = []
        for (key, value) in texts {
            guard let named = Assembly(mentionedIn: value), seen.insert("\(key) \(named)").inserted else {
                continue
            }
            notes.append("\(key) names \(named.rawValue)")
            if let assembly, assembly != named {
                warnings.append(
                    "\(key) names \(named.rawValue), but the contigs are those of \(assembly.rawValue)")
            }
        }
    }
}

extension VCFHeader {
    /// Compares the lengths of the header's contigs with those of a reference: one contig has one length.
    ///
    /// Lengths of the two builds are proof. Else a contig is told that has a build's length on one side, or is the mitochondrion; where
    /// the reference is shorter by more than a tenth, it was cut from a larger one, and nothing is told.
    ///
    /// - Shape: `length` the bases of a contig of the reference, nil where it has none; `fasta` and `file` as messages name them.
    /// - Returns: What the user should look at, if anything.
    /// - Throws: `InputError` where a chromosome has the length of GRCh37 in one and of GRCh38 in the other.
    public func compareLengths(
        with fasta: String, file: String, length: (Contig) -> Int?
    ) throws(InputError) -> String? {
        var others: [(name: String, own: Int, bases: Int)] = []
        for contig in contigs {
            let known = Contig(contig.name)
            guard let own = contig.length, let bases = length(known), own != bases else { continue }
            let builds = [own, bases].map { length in
                Assembly.allCases.first { $0.length(of: known) == length }
            }
            if let build = builds[0], let other = builds[1] {
                throw InputError(
                    file: file, place: .record("contig \(contig.name)"),
                    problem:
                        "it has \(own) bases in the header (\(build.rawValue)), but \(bases) in \(fasta) (\(other.rawValue))",
                    remedy: "Give the reference that the file was called on with -f.")
            }
            let isKnown = known.isMitochondrial || builds.contains { $0 != nil }
            if isKnown, bases > own - own / 10 { others.append((contig.name, own, bases)) }
        }
        guard let first = others.first else { return nil }
        return
            "\(others.count) contig\(others.count == 1 ? " has another length" : "s have other lengths") in the header than in \(fasta) "
            + "(\(first.name): \(first.own) and \(first.bases) bases); is it the reference that the file was called on?"
    }
}
