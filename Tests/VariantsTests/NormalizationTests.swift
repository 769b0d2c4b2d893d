import Genome
import TestSupport
import Testing
import Variants

@Suite struct NormalizationTests {
    /// One ALT on contig 1 of a small genome, as `POS REF ALT`.
    private func normalized(_ genome: String, _ change: String) throws -> String {
        let parts = change.split(separator: " ").map(String.init)
        let record = try #require(
            VCFRecord(line: "chr1\t\(parts[0])\t.\t\(parts[1])\t\(parts[2])\t.\tPASS\t."))
        var reference = InMemoryReference(["1": genome])
        let normalizer = AlleleNormalizer()
        let result = try normalizer.outcomes(of: record, reference: &reference)
        return result.outcomes.map { outcome in
            switch outcome {
            case .variant(let variant, _): "\(variant.position + 1) \(variant.reference) \(variant.alternate)"
            case .skipped(let reason, _): reason.rawValue
            }
        }.joined(separator: ", ")
    }

    @Test(
        "an indel goes to the left end of its repeat with one anchor base",
        arguments: [
            ("GAAAAC", "4 AA A", "1 GA G"),
            ("GAAAAC", "5 A AA", "1 G GA"),
            ("GCACACAT", "5 ACA A", "1 GCA G"),
            ("GCACACAT", "7 A ACA", "1 G GCA"),
            ("TTAGTC", "3 AGT AC", "4 GT C"),
            ("gaaaac", "4 aa a", "1 GA G"),
            ("ACGTACGT", "3 GTA GA", "3 GT G"),
        ])
    func leftAlignment(genome: String, change: String, expected: String) throws {
        #expect(try normalized(genome, change) == expected)
    }

    @Test(
        "at the start of a contig the anchor is the base after",
        arguments: [
            ("AAAAC", "3 AA A", "1 AA A"),
            ("CATG", "1 CA A", "1 CA A"),
            ("CATG", "1 C GC", "1 C GC"),
            ("AAAC", "2 A AAA", "1 A AAA"),
            ("ACACAC", "4 CAC C", "1 ACA A"),
        ])
    func contigStart(genome: String, change: String, expected: String) throws {
        #expect(try normalized(genome, change) == expected)
    }

    @Test("a repeat longer than the window is crossed")
    func longRepeat() throws {
        let genome = "G" + String(repeating: "CA", count: 1500) + "T"
        #expect(try normalized(genome, "2999 ACA A") == "1 GCA G")
    }

    @Test(
        "shared ends are trimmed, the suffix first",
        arguments: [
            ("TTGCATT", "3 GCA GTA", "4 C T"),
            ("TCAGAGT", "2 CAGAG CAG", "2 CAG C"),
            ("TTGCATT", "3 GCA GTT", "4 CA TT"),
        ])
    func trimming(genome: String, change: String, expected: String) throws {
        #expect(try normalized(genome, change) == expected)
    }

    @Test(
        "what is no explicit allele is counted with its reason",
        arguments: [
            ("*", "spanning_deletion"), ("<NON_REF>", "non_ref_allele"), ("<*>", "non_ref_allele"),
            ("<DEL>", "symbolic_allele"), ("<DUP:TANDEM>", "symbolic_allele"), ("G]17:198982]", "breakend"),
            ("]13:123456]T", "breakend"), ("G.", "breakend"), (".TGCA", "breakend"), (".", "no_alternate"),
            ("Q", "invalid_allele"), ("1", "invalid_allele"), ("A<CTG1>", "symbolic_allele"),
            ("g", "reference_equals_alternate"), ("R", "iupac_allele"),
        ])
    func skipped(alternate: String, reason: String) throws {
        #expect(try normalized("GATTACA", "1 G \(alternate)") == reason)
        #expect(AlleleOutcome.SkipReason(rawValue: reason) != nil)
    }

    @Test("each ALT of a line keeps its number and is trimmed by itself")
    func multiallelic() throws {
        let record = try #require(VCFRecord(line: "1\t2\t.\tAT\tA,*,AG,<DEL>\t.\t.\t."))
        let normalizer = AlleleNormalizer()
        let outcomes = normalizer.outcomes(of: record).outcomes
        let contig = Contig("1")
        #expect(
            outcomes == [
                .variant(
                    Variant(contig: contig, oneBased: 2, reference: "AT", alternate: "A"), alleleIndex: 1),
                .skipped(.spanningDeletion, alleleIndex: 2),
                .variant(
                    Variant(contig: contig, oneBased: 3, reference: "T", alternate: "G"), alleleIndex: 3),
                .skipped(.symbolicAllele, alleleIndex: 4),
            ])
    }

    @Test(
        "REF is compared with the reference",
        arguments: [
            ("1\t1\t.\tGA\tG", ReferenceCheck.matches), ("1\t1\t.\tga\tg", .matches),
            ("1\t1\t.\tGC\tG", .referenceMismatch(expected: "GA")), ("2\t1\t.\tG\tA", .contigMissing),
            ("1\t6\t.\tCA\tC", .beyondContigEnd), ("1\t0\t.\tN\tA", .beyondContigEnd),
            ("1\t7\t.\tR\tC", .matches),
        ])
    func referenceCheck(line: String, expected: ReferenceCheck) throws {
        let record = try #require(VCFRecord(line: line + "\t.\t.\t."))
        var reference = InMemoryReference(["1": line.contains("\t7\t") ? "GATTACN" : "GATTAC"])
        let normalizer = AlleleNormalizer()
        let result = try normalizer.outcomes(of: record, reference: &reference)
        #expect(result.referenceCheck == expected)
    }

    @Test("a mismatching record keeps its variant, not left-aligned")
    func mismatchKeepsVariant() throws {
        let record = try #require(VCFRecord(line: "1\t4\t.\tCA\tC\t.\t.\t."))
        var reference = InMemoryReference(["1": "GAAAAC"])
        let normalizer = AlleleNormalizer()
        let result = try normalizer.outcomes(of: record, reference: &reference)
        #expect(result.referenceCheck == .referenceMismatch(expected: "AA"))
        #expect(
            result.outcomes == [
                .variant(
                    Variant(contig: Contig("1"), oneBased: 4, reference: "CA", alternate: "C"), alleleIndex: 1
                )
            ])
    }
}

@Test("what a record's alleles of bases replace is what normalizing them gives")
func replacedBases() throws {
    var random = SeededGenerator(seed: 5)
    let letters = ["A", "C", "G", "T", "a", "t", "N", "*"]
    func allele(_ rare: Int) -> String {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
            letters[
                Int.random(in: 0..<(Int.random(in: 0..<rare, using: &random) == 0 ? 8 : 4), using: &random)]
        }.joined()
    }
    var plain = 0, replaced = 0
    for _ in 0..<5_000 {
        let alternates = (0..<Int.random(in: 1...3, using: &random)).map { _ in allele(20) }
        let record = try #require(
            VCFRecord(line: "1\t100\t.\t\(allele(20))\t\(alternates.joined(separator: ","))\t.\t.\t."))
        let outcomes = AlleleNormalizer().outcomes(of: record).outcomes
        let variants = outcomes.compactMap { outcome -> Variant? in
            if case .variant(let variant, _) = outcome { variant.trimmed(keepingAnchor: false) } else { nil }
        }
        guard record.spellsBases else { continue }
        plain += 1
        try #require(variants.count == alternates.count)
        for (variant, range) in zip(variants, record.split(record.column(4), by: UInt8(ascii: ","))) {
            let base = record.replacedBase(range)
            #expect((base != nil) == (variant.variantClass == .snv))
            guard let base else { continue }
            replaced += 1
            #expect(base.position == variant.position)
            #expect([base.reference] == Array(variant.reference.utf8))
            #expect([base.alternate] == Array(variant.alternate.utf8))
        }
    }
    #expect(plain > 1000 && replaced > 500)
}
