import Genome
import TestSupport
import Testing
import Variants

@Suite("Structural variants of VCF files")
struct StructuralReaderTests {
    static func read(_ file: VCFText, tumor: String? = nil, normal: String? = nil) throws -> StructuralCalls {
        let roles = try SampleRoles.decide(
            file: "sv.vcf", header: file.header,
            request: .init(tumor: tumor, normal: normal, isTumorOnly: normal == nil && tumor != nil))
        var reader = StructuralReader(header: file.header, roles: roles)
        for record in file.records { reader.add(record) }
        return reader.finish()
    }

    static func made(_ lines: String...) throws -> StructuralCalls {
        try read(.made(lines: lines))
    }

    static func text(_ calls: StructuralCalls) -> String {
        calls.counts().map { "\($0.kind.rawValue) \($0.count)" }.joined(separator: ", ")
    }

    // MARK: Callers

    @Test(
        "PURPLE: 543 records are 254 pairs and 35 single breakends of the types they carry",
        .enabled(if: TestData.isAvailable))
    func purple() throws {
        let file = try VCFText(path: TestData.path("oncology/colo829_hartwig/tumor_sample.purple.sv.vcf"))
        let calls = try Self.read(file, tumor: "tumor_sample", normal: "ref_sample")
        #expect(calls.tally.records == 543 && calls.tally.unread.isEmpty && calls.tally.disagreeingMates == 0)
        #expect(Self.text(calls) == "DEL 179, DUP 20, INV 15, INS 24, TRA 16, SGL 35")
        #expect(calls.count(.paired) == 254 && calls.count(.none) == 35)
        #expect(calls.tally.otherTypes == 0)
        for variant in calls.variants {
            let stated =
                variant.statedType == "BND" ? (variant.second == nil ? "SGL" : "TRA") : variant.statedType
            #expect(stated == variant.kind.rawValue)
        }
        #expect(
            calls.counts { $0.isPass }.map { "\($0.kind.rawValue) \($0.count)" }
                == ["DEL 43", "DUP 11", "INV 14", "INS 2", "TRA 16", "SGL 5"])
        let first = try #require(calls.variants.first)
        #expect(first.insertedSequence == "TTTTTATTATTATTATTATTATTATTATTATTA" && first.length == 33)
        #expect(first.ids == ["740", "741"] && first.filters == ["PON"] && !first.isPass)
        #expect(first.tumor.alternateDepth == 29 && first.normal.alternateDepth == 0)
        #expect(first.junctionCopies == 0.978)
    }

    @Test("the order of the records does not matter", .enabled(if: TestData.isAvailable))
    func order() throws {
        let file = try VCFText(path: TestData.path("oncology/colo829_hartwig/tumor_sample.purple.sv.vcf"))
        let roles = try SampleRoles.decide(
            file: "sv.vcf", header: file.header, request: .init(tumor: "tumor_sample", normal: "ref_sample"))
        func places(_ records: [VCFRecord]) -> [String] {
            var reader = StructuralReader(header: file.header, roles: roles)
            for record in records { reader.add(record) }
            return reader.finish().variants.map { "\($0.key) \($0.insertedSequence ?? "?")" }.sorted()
        }
        var random = SeededGenerator(seed: 4)
        let expected = places(file.records)
        for _ in 0..<5 { #expect(places(file.records.shuffled(using: &random)) == expected) }
    }

    @Test(
        "Manta and Delly: counts by type", .enabled(if: TestData.isAvailable),
        arguments: [
            ("sigprofiler_manta.vcf", "mouse01_T", "mouse01_N", "DEL 4, DUP 3, TRA 1", 9, 1, 0),
            ("sigprofiler_delly.vcf", "mouse01_T", "mouse01_N", "DEL 4, DUP 3, TRA 1", 8, 0, 1),
            ("vcf2maf_test_delly.vcf", "TUMOR", "NORMAL", "DEL 3, DUP 3, INV 3, INS 3, TRA 3", 15, 0, 3),
        ])
    func callers(
        name: String, tumor: String, normal: String, counts: String, records: Int, paired: Int, unnamed: Int
    ) throws {
        let file = try VCFText(path: TestData.path("oncology/callers/\(name)"))
        let calls = try Self.read(file, tumor: tumor, normal: normal)
        #expect(Self.text(calls) == counts && calls.tally.records == records)
        #expect(calls.count(.paired) == paired && calls.count(.unnamed) == unnamed)
        #expect(calls.tally.unread.isEmpty && calls.tally.otherTypes == 0)
    }

    // MARK: Symbols

    @Test(
        "a symbol and its fields tell the breakends",
        arguments: [
            ("<DEL>", "END=200;SVLEN=-100", "DEL 1:100+ 1:201-"),
            ("<DEL>", "SVLEN=-100", "DEL 1:100+ 1:201-"),
            ("<DEL>", "SVLEN=100", "DEL 1:100+ 1:201-"), ("<DUP:TANDEM>", "END=200", "DUP 1:101- 1:200+"),
            ("<DUP>", "END=101", "DUP 1:101- 1:101+"), ("<INS:ME:ALU>", "SVLEN=300", "INS 1:100+ 1:101-"),
            ("<INV>", "END=200", "INV 1:100+ 1:200+|INV 1:101- 1:201-"),
            ("<INV>", "END=200;INV3", "INV 1:100+ 1:200+"), ("<INV>", "END=200;INV5", "INV 1:101- 1:201-"),
            ("<INV>", "END=200;CT=3to3", "INV 1:100+ 1:200+"),
            ("<INV>", "END=200;CT=5to5", "INV 1:101- 1:201-"),
            ("<INV>", "END=200;STRANDS=++:9,--:0", "INV 1:100+ 1:200+"),
            ("<INV>", "END=200;STRANDS=++:9,--:3", "INV 1:100+ 1:200+|INV 1:101- 1:201-"),
            ("<TRA>", "CHR2=5;END=70;CT=3to5", "TRA 1:100+ 5:70-"),
            ("<TRA>", "CHR2=5;END=70;CT=5to5", "TRA 1:100- 5:70-"),
            ("T", "SVTYPE=DEL", "DEL 1:100+ 1:102-"), ("TAGGG", "SVTYPE=INS", "INS 1:101+ 1:102-"),
        ])
    func symbols(alternate: String, info: String, expected: String) throws {
        let calls = try Self.made("1 100 x TA \(alternate) . PASS \(info.isEmpty ? "." : info)")
        #expect(calls.variants.map(\.key).joined(separator: "|") == expected)
    }

    @Test(
        "what says nothing of a junction is counted with its reason",
        arguments: [
            ("<CNV>", "END=200", StructuralTally.Obstacle.noJunction), ("<DUP:INT>", "END=200", .noJunction),
            ("<DEL>", "END=200;SVCLAIM=D", .depthOnly), ("<DEL>", ".", .noEnd),
            ("<DEL>", "END=100", .endBeforeStart),
            ("<DEL>", "END=20", .endBeforeStart), ("<TRA>", "CHR2=5;END=70", .noOrientation),
            ("<TRA>", "CT=3to5", .noEnd),
            ("G", ".", .smallVariant), ("AGG", ".", .smallVariant), ("T", "SVTYPE=DEL", .smallVariant),
            ("A[1:5]", ".", .unreadableAllele), ("*", ".", .noJunction),
            (".", ".", .noJunction),
        ])
    func unread(alternate: String, info: String, reason: StructuralTally.Obstacle) throws {
        let calls = try Self.made("1 100 x A \(alternate) . PASS \(info)")
        #expect(calls.variants.isEmpty && calls.tally.unread.map(\.obstacle) == [reason])
        #expect(calls.tally.unread[0].line == 2)
    }

    @Test(
        "a junction that reaches behind a contig of the header is none",
        arguments: [
            ("<DEL>", "END=1000", true), ("<DEL>", "END=1001", false), ("<DUP>", "SVLEN=99999", false),
            ("A[2:501[", ".", true), ("A[2:502[", ".", false), ("A[3:99999[", ".", true),
            ("<TRA>", "CHR2=2;END=99999;CT=3to5", false), ("A[2:0[", ".", true),
        ])
    func behind(alternate: String, info: String, isRead: Bool) throws {
        let calls = try Self.read(
            .made(
                meta: ["##contig=<ID=1,length=1000>", "##contig=<ID=2,length=500>"],
                lines: ["1 100 x A \(alternate) . PASS \(info)"]))
        #expect(calls.variants.isEmpty != isRead)
        #expect(calls.tally.unread.map(\.obstacle) == (isRead ? [] : [.behindContig]))
    }

    @Test("of several symbols each has its own length, and END is that of the longest")
    func lengths() throws {
        let calls = try Self.made("1 100 x A <DEL>,<DUP> . PASS SVLEN=-50,100;END=200")
        #expect(calls.variants.map(\.key) == ["DEL 1:100+ 1:151-", "DUP 1:101- 1:200+"])
    }

    @Test(
        "copies of a junction that no cell has are none",
        arguments: [("0.978", 0.978), ("1e308", nil), ("inf", nil), ("nan", nil), ("-0.02", -0.02)]
            as [(String, Double?)])
    func copies(text: String, copies: Double?) throws {
        let calls = try Self.made("1 100 x A <DEL> . PASS END=200;PURPLE_JCN=\(text)")
        #expect(calls.variants.map(\.junctionCopies) == [copies])
    }

    // MARK: Mates

    @Test(
        "mates are found by name, event or place, and counted once",
        arguments: [
            ("MATEID=b", "MATEID=a", 5000, StructuralVariant.MateState.paired),
            ("PARID=b", "PARID=a", 5000, .paired), ("EVENT=e", "EVENT=e", 5040, .paired),
            (".", ".", 5010, .paired),
        ])
    func pairs(info: String, other: String, position: Int, state: StructuralVariant.MateState) throws {
        let calls = try Self.made(
            "1 100 a A A[2:5000[ . PASS \(info)", "2 \(position) b C ]1:100]C . PASS \(other)")
        #expect(calls.variants.map(\.key) == ["TRA 1:100+ 2:\(position)-"])
        #expect(calls.variants[0].mate == state && calls.variants[0].ids == ["a", "b"])
    }

    @Test("records that do not belong together stay apart")
    func apart() throws {
        let far = try Self.made("1 100 a A A[2:5000[ . PASS .", "2 5011 b C ]1:100]C . PASS .")
        #expect(far.variants.map(\.mate) == [.unnamed, .unnamed])
        let turned = try Self.made("1 100 a A A[2:5000[ . PASS .", "2 5000 b C C]1:100] . PASS .")
        #expect(turned.variants.count == 2)
        let four = try Self.made(
            "1 100 a A A]1:900] . PASS EVENT=e", "1 101 b A [1:901[A . PASS EVENT=e",
            "1 900 c A A]1:100] . PASS EVENT=e",
            "1 901 d A [1:101[A . PASS EVENT=e")
        #expect(four.variants.map(\.ids) == [["a", "c"], ["b", "d"]])
    }

    @Test("a mate that is filtered, absent or elsewhere is said")
    func mates() throws {
        let filtered = try Self.made(
            "1 100 a A A[2:50[ . PASS MATEID=b", "2 50 b C ]1:100]C . LowQual MATEID=a")
        #expect(filtered.variants.map(\.mate) == [.filtered] && filtered.variants[0].isPass)
        #expect(filtered.variants[0].filters == ["LowQual"])
        let missing = try Self.made("1 100 a A A[2:50[ . PASS MATEID=b", "3 7 c C C. . PASS .")
        #expect(missing.variants.map(\.mate) == [.missing, .none])
        #expect(missing.variants[0].key == "TRA 1:100+ 2:50-")
        let elsewhere = try Self.made(
            "1 100 a A A[2:50[ . PASS MATEID=b", "2 90 b C ]1:100]C . PASS MATEID=a")
        #expect(elsewhere.variants.count == 1 && elsewhere.tally.disagreeingMates == 1)
        let unfiltered = try Self.made("1 100 a A <DEL> . . END=200", "1 100 b A <DEL> . q10 END=300")
        #expect(unfiltered.variants.map(\.isPass) == [true, false])
    }

    @Test("two calls of one junction without names do not lend each other their mates")
    func twice() throws {
        let lines = (0..<300).flatMap { _ in ["1 100 . A A[2:50[ . PASS .", "2 50 . C ]1:100]C . PASS ."] }
        let calls = try Self.read(.made(lines: lines))
        #expect(calls.variants.count == 300 && calls.count(.paired) == 300)
    }

    @Test("alleles of one record are read apart")
    func alleles() throws {
        let calls = try Self.made(
            "1 100 a A A[2:50[,A[3:70[ . PASS MATEID=b,c", "2 50 b C ]1:100]C . PASS MATEID=a",
            "3 70 c C ]1:100]C . PASS MATEID=a",
            "4 9 d A <DEL>,<DUP> . PASS SVLEN=-5,7")
        #expect(
            calls.variants.map(\.key) == [
                "TRA 1:100+ 2:50-", "TRA 1:100+ 3:70-", "DEL 4:9+ 4:15-", "DUP 4:10- 4:16+",
            ])
    }
}
