public import Biomarkers
internal import Consequences
internal import Foundation
internal import Genome
internal import HTS
public import Variants

/// Reads variant files to catalogues of mutation types, one a sample.
public struct CatalogueInput {
    /// How often each type occurs, by kind of catalogue and sample.
    private var catalogues: [MutationTypes: [String: [Double]]] = [:]
    /// What the user should know, in the order in which it was found.
    public private(set) var notes: [String] = []
    private let fasta: FastaReader?
    private let request: SampleRoles.Request
    private let unfilteredIsPass: Bool
    private let bedpeStrands: StrandConvention?
    private var files: [MutationTypes: [String: String]] = [:]
    /// The kinds that variant files can fill.
    private var kinds: Set<MutationTypes> {
        var kinds: Set<MutationTypes> = [.sbs96, .dbs78]
        if fasta != nil { kinds.insert(.id83) }
        if strands != nil { kinds.insert(.sbs384) }
        return kinds
    }
    private let strands: TranscribedStrands?

    /// An input with the reference genome; without one single bases and pairs of a MAF with the column CONTEXT can be read. With gene models single bases are
    /// counted by strand too.
    ///
    /// - Throws: `InputError` if the FASTA or the gene models cannot be read, or are of two genomes.
    public init(
        reference: String?, tumor: String?, unfilteredIsPass: Bool, bedpeStrands: StrandConvention? = nil,
        genes: String? = nil
    ) throws {
        strands = try genes.map { path in
            try CallingGenes(path: path, reference: reference, usesCache: true).transcribedStrands
        }
        self.bedpeStrands = bedpeStrands
        fasta = try reference.map { path throws(InputError) in try FastaReader(path: path) }
        request = .init(tumor: tumor, isTumorOnly: true)
        self.unfilteredIsPass = unfilteredIsPass
    }

    /// Reads a VCF, BCF, MAF or a table of copy-number segments.
    ///
    /// - Throws: `InputError` for a file that cannot be read, has more samples than can be told apart, or names a sample that another file
    ///   has named.
    public mutating func read(_ path: String) throws {
        let found =
            if MAFInput.isMAF(path) {
                try readMAF(path)
            } else if StructuralInput.isBEDPE(path) {
                try readBEDPE(path)
            } else if SegmentInput.isSegmentTable(path) {
                try readSegments(path)
            } else {
                try readVCF(path)
            }
        for (sample, catalogue) in found.sorted(by: { $0.key < $1.key }) {
            for kind in catalogue.kinds {
                if let other = files[kind, default: [:]].updateValue(path, forKey: sample) {
                    throw InputError(
                        file: path, problem: "sample \"\(sample)\" stands in \(other) too",
                        remedy: "Give each sample once, or rename it.")
                }
            }
            var catalogue = catalogue
            catalogue.finish(strands: strands)
            let mismatches = catalogue.skipped[.referenceMismatch] ?? 0
            if mismatches > 0, mismatches * 100 >= catalogue.variants {
                throw InputError(
                    file: path,
                    problem:
                        "\(mismatches) of \(catalogue.variants) REF alleles of \(sample) are not the reference's bases",
                    remedy: "Give the genome that the calls were made on.")
            }
            for (reason, count) in catalogue.skipped.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                notes.append("\(sample): \(count) variants in no catalogue: \(Self.words(reason))")
            }
            for kind in catalogue.kinds { catalogues[kind, default: [:]][sample] = catalogue.values(kind) }
        }
    }

    /// The table of one kind of catalogue, a column a sample by name.
    public func table(_ types: MutationTypes) -> LabeledMatrix {
        let catalogues = catalogues[types] ?? [:]
        let samples = catalogues.keys.sorted()
        return LabeledMatrix(
            corner: "MutationType", rows: types.names, columns: samples,
            values: samples.map { catalogues[$0] ?? [] })
    }

    /// Writes a table for each kind of catalogue that the files can fill into a folder, which is made if need be.
    ///
    /// - Throws: `InputError` of kind `.output` or `.io`.
    public func write(to folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw InputError(
                file: folder, problem: "the folder cannot be made", remedy: "Check the path and its rights.",
                kind: .output)
        }
        for types in MutationTypes.allCases where catalogues[types] != nil {
            try FileSystem.write(table(types).text, toFile: "\(folder)/\(types.rawValue).tsv")
        }
    }

    private static func words(_ reason: MutationCatalogue.Reason) -> String {
        switch reason {
        case .otherContig: "not on chromosome 1 to 22, X or Y"
        case .referenceMismatch: "REF is not the reference's base"
        case .unknownContext: "a base beside it is not known"
        case .complex: "bases replaced by others of another number"
        case .longerThanTwo: "more than two bases in a row are changed"
        case .noType: "insertions, single breakends, or nearer than a thousand bases"
        case .noCopyNumber: "segments without the copies of each allele"
        case .noReference: "insertions and deletions need the reference; give it with -f"
        }
    }

    // MARK: Files

    /// A variant of a sample that was read.
    private struct SeenRow: Hashable {
        let sample: String
        let variant: Variant
        let isPass: Bool
    }

    private mutating func readMAF(_ path: String) throws -> [String: MutationCatalogue] {
        var passed: [String: MutationCatalogue] = [:], unfiltered: [String: MutationCatalogue] = [:]
        var usesPass = false
        var seen: Set<SeenRow> = []
        var repetitions = 0
        var sequence: (contig: Contig, bases: ContigSequence?)?
        try MAFInput.rows(path) { row in
            guard let variant = row.variant?.trimmed(keepingAnchor: false) else { return }
            let isPass = row.filters == ["PASS"]
            if isPass { usesPass = true }
            guard isPass || row.filters.isEmpty else { return }
            if let fasta, sequence?.contig != variant.contig {
                sequence = (variant.contig, try fasta.sequence(of: variant.contig))
            }
            let letters = sequence?.bases.map(Self.letters)
            let sample = row.tumorBarcode.isEmpty ? Self.fileName(path) : row.tumorBarcode
            let counts = isPass || unfilteredIsPass
            guard seen.insert(SeenRow(sample: sample, variant: variant, isPass: counts)).inserted,
                counts || !seen.contains(SeenRow(sample: sample, variant: variant, isPass: true))
            else {
                repetitions += 1
                return
            }
            func add(_ catalogues: inout [String: MutationCatalogue]) {
                catalogues[sample, default: MutationCatalogue(kinds)].add(
                    variant, vaf: row.tumorCall.vaf, context: Self.neighbors(row.context), base: letters)
            }
            if isPass { add(&passed) } else { add(&unfiltered) }
            // A sample without a mutation that counts has a column too.
            if passed[sample] == nil { passed[sample] = MutationCatalogue(kinds) }
        }
        noteRepetitions(repetitions, path)
        return usesPass && !unfilteredIsPass ? passed : Self.joined(passed, unfiltered)
    }

    private mutating func noteRepetitions(_ count: Int, _ path: String) {
        guard count > 0 else { return }
        notes.append(
            "\(Self.fileName(path)): \(count) record\(count == 1 ? "" : "s") stood in the file before and count\(count == 1 ? "s" : "") once"
        )
    }

    private static func joined(
        _ one: [String: MutationCatalogue], _ other: [String: MutationCatalogue]
    ) -> [String: MutationCatalogue] {
        one.merging(other) { $0.joined($1) }
    }

    /// The middle three of an odd number of bases.
    private static func neighbors(_ context: String) -> [UInt8]? {
        let bases = Array(context.uppercased().utf8)
        guard bases.count >= 3, !bases.count.isMultiple(of: 2) else { return nil }
        return Array(bases[(bases.count / 2 - 1)...(bases.count / 2 + 1)])
    }

    private static func letters(_ sequence: ContigSequence) -> (Int) -> UInt8 {
        { BaseCode.letter(sequence.code(at: $0)) }
    }

    private mutating func readBEDPE(_ path: String) throws -> [String: MutationCatalogue] {
        let table = try StructuralInput.table(
            path, stated: bedpeStrands, unfilteredIsPass: unfilteredIsPass)
        if let convention = table.convention {
            notes.append("\(Self.fileName(path)): strands are \(convention.rawValue): \(table.decidedBy)")
        }
        for unread in table.calls.tally.unread {
            notes.append(
                "\(Self.fileName(path)): \(unread.count) rows are left out, line \(unread.line) the first: \(unread.obstacle.rawValue)"
            )
        }
        noteFilters(table.calls, path)
        let passed = table.calls.variants.filter(\.isPass)
        // A sample without a junction that counts has a column too.
        let names = table.samples.isEmpty ? [Self.fileName(path)] : table.samples
        let empty = Dictionary(uniqueKeysWithValues: names.map { ($0, [StructuralVariant]()) })
        let samples = Dictionary(grouping: passed) { $0.sample.isEmpty ? Self.fileName(path) : $0.sample }
            .merging(empty) { own, _ in own }
        return try samples.mapValues { try Self.catalogue(of: $0, path) }
    }

    /// Notes how many junctions do not pass, and for what.
    private mutating func noteFilters(_ calls: StructuralCalls, _ path: String) {
        let filtered = calls.filtered
        guard !filtered.isEmpty else { return }
        let words = filtered.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        notes.append(
            "\(Self.fileName(path)): \(filtered.values.reduce(0, +)) of \(calls.variants.count) junctions left out by their filters: \(words)"
        )
    }

    private static func catalogue(of variants: [StructuralVariant], _ path: String) throws
        -> MutationCatalogue
    {
        var catalogue = MutationCatalogue([.sv32])
        guard catalogue.add(variants) else {
            throw InputError(
                file: path,
                problem: "a chromosome has more than \(RearrangementClusters.mostBreakpoints) breakpoints",
                remedy: "Give the rearrangements of one tumor that pass the caller's filters.")
        }
        return catalogue
    }

    private mutating func readSegments(_ path: String) throws -> [String: MutationCatalogue] {
        let table = try SegmentInput.table(path)
        if let first = table.tally.faults.first {
            let count = table.tally.faults.reduce(0) { $0 + $1.count }
            notes.append("\(count) rows are left out; \(first.first.description)")
        }
        var found: [String: MutationCatalogue] = [:]
        for segment in table.segments {
            let sample = segment.sample.isEmpty ? Self.fileName(path) : segment.sample
            found[sample, default: MutationCatalogue([.cnv48])].add(segment)
        }
        return found
    }

    private mutating func readVCF(_ path: String) throws -> [String: MutationCatalogue] {
        let reader = try VariantReader(path: path)
        let header = reader.header
        let roles = try SampleRoles.decide(
            file: Self.fileName(path), header: header,
            request: .init(
                tumor: request.tumor, isTumorOnly: header.samples.count <= 1))
        let sample = SampleRoles.sampleName(column: roles.tumor, header: header) ?? Self.fileName(path)
        var record = VCFRecord()
        var structural = StructuralReader(header: header, roles: roles)
        guard try reader.next(into: &record) else { return [sample: MutationCatalogue(kinds)] }
        // Callers of structural variants write nothing else, and say so in each record.
        if record.infoRange("SVTYPE") != nil {
            repeat { structural.add(record) } while try reader.next(into: &record)
            let calls = structural.finish(unfilteredIsPass: unfilteredIsPass)
            noteFilters(calls, path)
            for unread in calls.tally.unread {
                notes.append(
                    "\(sample): \(unread.count) alleles are left out, \(unread.first) the first: \(unread.obstacle.rawValue)"
                )
            }
            return [sample: try Self.catalogue(of: calls.variants.filter(\.isPass), path)]
        }
        guard let fasta else {
            throw InputError(
                file: path,
                problem: "a VCF does not give the bases beside a variant, and no reference is given",
                remedy: "Give the FASTA that the calls were made on with -f.", kind: .usage)
        }
        let depths = ReadDepthDecoder(header: header)
        var (passed, unfiltered) = (MutationCatalogue(kinds), MutationCatalogue(kinds))
        var filters = FilterUse()
        let isOnlySample = header.samples.count == 1
        var name: [UInt8] = [], contig = Contig(""), number = 0
        // Without its contig every REF is a mismatch.
        let none = ContigSequence(letters: [])
        var sequence = none
        let normalizer = AlleleNormalizer()
        var outcomes: [AlleleOutcome] = []
        var repeated = RepeatedRecords()
        var repetitions = 0, inNormal = 0
        repeat {
            let filter = record.filterState
            filters.add(filter)
            guard filter != .failed else { continue }
            if name.isEmpty || !record.spells(record.column(0), name) {
                repeated.reset()
                name = Array(record.bytes[record.column(0)])
                contig = Contig(record.contigName)
                number = contig.humanNumber ?? 0
                sequence = try fasta.sequence(of: contig) ?? none
                try fasta.check()
            }
            guard !repeated.isRepeated(record, isPass: filter == .passed || unfilteredIsPass) else {
                repetitions += 1
                continue
            }
            if let bases = record.singleBases {
                // As below, without a text for what most records are.
                if isOnlySample, let column = roles.tumor,
                    let carried = AlleleCopies(of: 1, in: record, sample: column), carried.copies == 0,
                    carried.missing < carried.ploidy
                {
                    continue
                }
                let vaf = depths.tumorCall(record, alleleIndex: 1, roles: roles).vaf
                if filter == .passed {
                    passed.add(number, at: record.position, bases, vaf: vaf, in: sequence)
                } else {
                    unfiltered.add(number, at: record.position, bases, vaf: vaf, in: sequence)
                }
                continue
            }
            normalizer.normalize(record, on: contig, into: &outcomes)
            let genotype = roles.tumor.flatMap { Genotype(record, sample: $0) }
            for case .variant(let variant, let index) in outcomes {
                // A sample that does not have the allele; callers that give no genotype, or `.`, do not say.
                if isOnlySample, let genotype, !genotype.isMissing, genotype.copies(of: index) == 0 {
                    continue
                }
                if depths.normalCall(record, alleleIndex: index, roles: roles).isFreeOfAlternate == false {
                    inNormal += 1
                    continue
                }
                let vaf = depths.tumorCall(record, alleleIndex: index, roles: roles).vaf
                let trimmed = variant.trimmed(keepingAnchor: false)
                let letters = Self.letters(sequence)
                if filter == .passed {
                    passed.add(trimmed, vaf: vaf, base: letters)
                } else {
                    unfiltered.add(trimmed, vaf: vaf, base: letters)
                }
            }
        } while try reader.next(into: &record)
        noteRepetitions(repetitions, path)
        if inNormal > 0 {
            notes.append(
                "\(sample): \(inNormal) variants are in the normal too (more than two of its reads and over 2 %) and are not counted"
            )
        }
        let usesBoth = unfilteredIsPass || filters.passed == 0
        return [sample: usesBoth ? passed.joined(unfiltered) : passed]
    }

    /// The file's name without its endings.
    static func fileName(_ path: String) -> String {
        var name = CasePipeline.name(path)
        for ending in [".gz", ".bgz", ".vcf", ".bcf", ".maf", ".txt", ".tsv", ".seg", ".cns", ".bedpe"]
        where name.hasSuffix(ending) {
            name.removeLast(ending.count)
        }
        return name
    }
}
