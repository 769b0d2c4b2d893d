import Genome
import TestSupport
import Testing
import Variants

@testable import Biomarkers

@Suite("Types of mutations")
struct MutationTypesTests {
    @Test("the catalogues have their number of types, each once, in SigProfiler's order")
    func counts() throws {
        #expect(MutationTypes.allCases.map(\.names.count) == [96, 384, 78, 83, 32, 48])
        for types in MutationTypes.allCases { #expect(Set(types.names).count == types.names.count) }
        guard TestData.isAvailable else { return }
        for (types, file) in [
            (MutationTypes.sbs96, "21brca/21BRCA.SBS96.tsv"), (.sbs384, "21brca/21BRCA.SBS384.tsv"),
            (.dbs78, "21brca/21BRCA.DBS78.tsv"),
            (.id83, "textinput/Samples_ID.tsv"), (.cnv48, "textinput/Samples_CNV.tsv"),
        ] { #expect(try SignatureRefitTests.table(file).rows == types.names) }
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func substitution(_ context: String, _ alternate: String) -> String? {
        let letters = bytes(context)
        return MutationType.substitutionPlace(letters[0], letters[1], letters[2], to: bytes(alternate)[0])
            .map { MutationTypes.sbs96.names[$0.place] }
    }

    @Test(
        "a base is named by the strand of its pyrimidine",
        arguments: [
            ("TGA", "A", "T[C>T]A"), ("ACA", "T", "A[C>T]A"), ("CTG", "G", "C[T>G]G"),
            ("GAC", "C", "G[T>G]C"),
        ])
    func substitution(context: String, alternate: String, name: String) {
        #expect(Self.substitution(context, alternate) == name)
        #expect(
            Self.substitution("ANA", "T") == nil && Self.substitution("NCA", "T") == nil
                && Self.substitution("ACA", "C") == nil)
    }

    @Test("both strands of a pair have one name, and every change of two bases has one")
    func doublets() {
        let letters = Self.bytes("ACGT")
        var seen = Set<String>()
        for a in letters {
            for b in letters {
                for c in letters where c != a {
                    for d in letters where d != b {
                        let name = MutationType.doublet([a, b], to: [c, d])
                        #expect(name != nil)
                        if let name { seen.insert(name) }
                    }
                }
            }
        }
        #expect(seen == Set(MutationTypes.dbs78.names))
        #expect(MutationType.doublet(Self.bytes("CC"), to: Self.bytes("TT")) == "CC>TT")
        #expect(MutationType.doublet(Self.bytes("GG"), to: Self.bytes("AA")) == "CC>TT")
    }

    /// A plain reading of the rules: every way to write the change, the most copies, the longest homology of the leftmost one.
    static func plain(_ sequence: [UInt8], isDeletion: Bool, at position: Int, in genome: [UInt8]) -> String {
        let changed =
            isDeletion
            ? Array(genome[..<position] + genome[(position + sequence.count)...])
            : Array(genome[..<position] + sequence + genome[position...])
        let (long, short) = isDeletion ? (genome, changed) : (changed, genome)
        let length = sequence.count
        let places = (0...(long.count - length)).filter {
            Array(long[..<$0] + long[($0 + length)...]) == short
        }
        let first = places.min() ?? 0
        let piece = Array(long[first..<(first + length)])
        var copies = 0
        while first + (copies + 2) * length <= long.count,
            Array(long[(first + (copies + 1) * length)..<(first + (copies + 2) * length)]) == piece
        { copies += 1 }
        let size = min(length, 5), kind = isDeletion ? "Del" : "Ins"
        if length == 1 {
            let letter = "CG".utf8.contains(piece[0]) ? "C" : "T"
            return "1:\(kind):\(letter):\(min(copies, 5))"
        }
        if isDeletion, copies == 0 {
            var homology = 0
            while homology < length - 1, first + length + homology < long.count,
                long[first + length + homology] == piece[homology]
            { homology += 1 }
            if homology > 0 { return "\(size):Del:M:\(min(homology, 5))" }
        }
        return "\(size):\(kind):R:\(min(copies, 5))"
    }

    @Test(
        "the worked indels",
        arguments: [
            ("GAAAAAAG", 1, "A", true, "1:Del:T:5"), ("GCGCG", 2, "T", false, "1:Ins:T:0"),
            ("TCAGCAGCAGT", 1, "CAG", true, "3:Del:R:2"), ("TCAGCATT", 1, "CAG", true, "3:Del:M:2"),
            ("TGATTACGATCC", 1, "GATTAC", true, "5:Del:M:3"), ("TACACT", 1, "AC", false, "2:Ins:R:2"),
        ])
    func indel(genome: String, position: Int, sequence: String, isDeletion: Bool, name: String) {
        let letters = Self.bytes(genome)
        let found = MutationType.indel(Self.bytes(sequence), isDeletion: isDeletion, at: position) {
            letters.indices.contains($0) ? letters[$0] : UInt8(ascii: "N")
        }
        #expect(found == name)
    }

    @Test(
        "an indel has one name however it is written, that of a plain reading of the rules", arguments: 1...20
    )
    func indels(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Self.bytes(seed.isMultiple(of: 2) ? "ACGT" : "AC")
        for _ in 0..<200 {
            let genome = (0..<60).map { _ in letters.randomElement(using: &random) ?? 0x41 }
            let length = Int.random(in: 1...7, using: &random),
                place = Int.random(in: 25...33, using: &random)
            let isDeletion = Bool.random(using: &random)
            let sequence =
                isDeletion
                ? Array(genome[place..<(place + length)])
                : (0..<length).map { _ in letters.randomElement(using: &random) ?? 0x41 }
            let found = MutationType.indel(sequence, isDeletion: isDeletion, at: place) {
                genome.indices.contains($0) ? genome[$0] : UInt8(ascii: "N")
            }
            // Changes that can be written up to the genome's edge have no name.
            guard let found else { continue }
            #expect(found == Self.plain(sequence, isDeletion: isDeletion, at: place, in: genome))
            #expect(MutationTypes.id83.names.contains(found))
        }
    }

    @Test(
        "segments are named by copies, heterozygosity and length",
        arguments: [
            (0.2, 0.0, 50_000, "0:homdel:0-100kb"), (0.0, 0.0, 2_000_000, "0:homdel:>1Mb"),
            (1.0, 0.0, 100_000, "1:LOH:0-100kb"), (1.2, 0.6, 100_001, "1:LOH:100kb-1Mb"),
            (2.0, 1.0, 10_000_001, "2:het:10Mb-40Mb"), (4.4, 0.4, 40_000_001, "3-4:LOH:>40Mb"),
            (4.5, 0.5, 1_000_001, "5-8:het:1Mb-10Mb"), (1e300, 3, 10, "9+:het:0-100kb"),
        ])
    func segment(total: Double, minor: Double, length: Int, name: String) {
        #expect(MutationTypes.copyNumber(total: total, minor: minor, length: length) == name)
        #expect(MutationTypes.cnv48.names.contains(name))
    }

    @Test("neighbors of like reads are one change and not counted twice")
    func runs() {
        var catalogue = MutationCatalogue([.sbs96, .dbs78])
        func add(_ position: Int, _ vaf: Double?, contig: String = "1") {
            catalogue.add(
                Variant(contig: Contig(contig), position: position, reference: "C", alternate: "T"), vaf: vaf,
                context: Self.bytes("CCC"), base: nil)
        }
        for (position, vaf) in [(11, 0.3), (10, 0.25), (20, 0.1), (21, 0.5), (30, nil), (31, 0.5), (40, 0.3)]
        {
            add(position, vaf)
        }
        for position in 50...52 { add(position, 0.3) }
        add(60, 0.3, contig: "MT")
        catalogue.finish()
        #expect(catalogue.values(.sbs96).reduce(0, +) == 3 && catalogue.values(.dbs78).reduce(0, +) == 2)
        #expect(catalogue.skipped == [.longerThanTwo: 1, .otherContig: 1])
    }
}
