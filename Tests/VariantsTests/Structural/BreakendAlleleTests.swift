import Genome
import Testing
import Variants

@Suite("Breakend alleles")
struct BreakendAlleleTests {
    @Test(
        "each form says which side is kept and where the mate lies",
        arguments: [
            ("A[7:140[", "A", Breakend.Orientation.plus, "7", 140, Breakend.Orientation?.some(.minus), ""),
            ("A]7:140]", "A", .plus, "7", 140, .plus, ""), ("]7:140]A", "A", .minus, "7", 140, .plus, ""),
            ("[7:140[A", "A", .minus, "7", 140, .minus, ""), ("A.", "A", .plus, "", 0, nil, ""),
            (".A", "A", .minus, "", 0, nil, ""), ("AGTT[chr7:1[", "AGTT", .plus, "chr7", 1, .minus, "GTT"),
            ("]chr7:1]gttA", "gttA", .minus, "chr7", 1, .plus, "GTT"),
            ("N[HLA-A*01:01:9[", "N", .plus, "HLA-A*01:01", 9, .minus, ""),
            ("C[<ctg1>:7[", "C", .plus, "<ctg1>", 7, .minus, ""), (".[7:5[", ".", .plus, "7", 5, .minus, ""),
            ("A]7:0]", "A", .plus, "7", 0, .plus, ""), (".CCCCCCG", "CCCCCCG", .minus, "", 0, nil, "CCCCCC"),
            ("GAAAAA.", "GAAAAA", .plus, "", 0, nil, "AAAAA"),
        ])
    func forms(
        text: String, bases: String, orientation: Breakend.Orientation, contig: String, position: Int,
        mate: Breakend.Orientation?, inserted: String
    ) throws {
        let allele = try #require(BreakendAllele(text))
        #expect(allele.bases == bases && allele.orientation == orientation)
        #expect(allele.mate?.contigName ?? "" == contig && allele.mate?.oneBasedPosition ?? 0 == position)
        #expect(allele.mate?.orientation == mate)
        #expect(allele.insertedBases(referenceLength: 1) == inserted)
        #expect(allele.description == text)
    }

    @Test(
        "what is none is not read",
        arguments: [
            "", ".", "A", "<DEL>", "*", "A[7:140]", "A[7:140", "[7:140[", "A[7[", "A[:140[", "A[7:x[",
            "A[7:-1[",
            "A[7:01[", "A[7:1[T", "A[7:1[[", "A[7:99999999999[", "Q[7:1[", ".A.", "..",
        ])
    func refused(text: String) {
        #expect(BreakendAllele(text) == nil)
    }

    @Test("printing and parsing are inverse")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 6)
        let contigs = ["1", "chrX", "NC_000007.14", "HLA-DRB1*15:01:01:01", "<asm:3>", "GL000220.1"]
        for _ in 0..<20_000 {
            let letters = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                "ACGTN".randomElement(using: &random) ?? "N"
            }
            let side: Breakend.Orientation = Bool.random(using: &random) ? .plus : .minus
            let mate = Breakend.Orientation.allCases.randomElement(using: &random).map {
                BreakendAllele.Mate(
                    contigName: contigs.randomElement(using: &random) ?? "1",
                    oneBasedPosition: Int.random(in: 0...Int(Int32.max), using: &random), orientation: $0)
            }
            let allele = BreakendAllele(
                orientation: side, bases: String(letters),
                mate: Int.random(in: 0..<5, using: &random) == 0 ? nil : mate)
            #expect(BreakendAllele(allele.description) == allele, "\(allele)")
        }
    }
}

@Suite("Structural variants")
struct StructuralVariantTests {
    static func side(_ contig: String, _ oneBased: Int, _ orientation: Breakend.Orientation) -> Breakend {
        Breakend(contig: Contig(contig), position: oneBased - 1, orientation: orientation)
    }

    @Test(
        "sides and places tell what a junction does",
        arguments: [
            (
                "1", Breakend.Orientation.plus, 200, Breakend.Orientation.minus,
                StructuralVariant.Kind.deletion, Int?.some(99), 100..<199
            ),
            ("1", .minus, 200, .plus, .duplication, 101, 99..<200),
            ("1", .plus, 200, .plus, .inversion, 100, 100..<200),
            ("1", .minus, 200, .minus, .inversion, 100, 99..<199),
            ("1", .plus, 101, .minus, .insertion, 4, 0..<0),
            ("2", .plus, 200, .minus, .translocation, nil, 0..<0),
            ("1", .minus, 100, .plus, .duplication, 1, 99..<100),
            ("1", .plus, 50, .minus, .duplication, 51, 49..<100),
        ])
    func kinds(
        contig: String, one: Breakend.Orientation, position: Int, other: Breakend.Orientation,
        kind: StructuralVariant.Kind, length: Int?, range: Range<Int>
    ) {
        let ends = (Self.side("1", 100, one), Self.side(contig, position, other))
        for variant in [
            StructuralVariant(ends.0, ends.1, inserted: "ACGT"),
            StructuralVariant(ends.1, ends.0, inserted: "ACGT"),
        ] {
            #expect(variant.kind == kind && variant.length == length)
            #expect(variant.interval?.range ?? 0..<0 == range)
        }
    }

    @Test("inserted bases are turned around with the breakend that they are read from")
    func inserted() {
        let (left, right) = (Self.side("1", 100, .plus), Self.side("1", 200, .plus))
        #expect(StructuralVariant(left, right, inserted: "AACG").insertedSequence == "AACG")
        #expect(StructuralVariant(right, left, inserted: "AACG").insertedSequence == "CGTT")
        let other = Self.side("1", 200, .minus)
        #expect(StructuralVariant(other, left, inserted: "AACG").insertedSequence == "AACG")
        #expect(StructuralVariant(left, nil, inserted: "AA").kind == .single)
    }
}
