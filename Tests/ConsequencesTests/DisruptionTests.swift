import Consequences
import GeneModels
import Genome
import Testing
import Variants

/// One gene on each strand: exons at 1001-1100, 2001-2100, 3001-3100, 4001-4200; coding from 1051 to 4100.
@Suite("Genes that rearrangements break")
struct DisruptionTests {
    static let caller: DisruptionCaller? = {
        var lines = ["##gff-version 3"]
        for (contig, strand) in [("1", "+"), ("2", "-")] {
            let gene = strand == "+" ? "FORE" : "BACK"
            func line(_ type: String, _ start: Int, _ end: Int, _ fields: String, phase: String = ".") {
                lines.append("\(contig)\tx\t\(type)\t\(start)\t\(end)\t.\t\(strand)\t\(phase)\t\(fields)")
            }
            line("gene", 1001, 4200, "ID=gene:\(gene);Name=\(gene);biotype=protein_coding")
            line("mRNA", 1001, 4200, "ID=transcript:T\(gene);Parent=gene:\(gene);biotype=protein_coding")
            for (start, end) in [(1001, 1100), (2001, 2100), (3001, 3100), (4001, 4200)] {
                line("exon", start, end, "Parent=transcript:T\(gene)")
                let (low, high) = (max(start, 1051), min(end, 4100))
                line("CDS", low, high, "ID=CDS:\(gene);Parent=transcript:T\(gene)", phase: "0")
            }
        }
        let model = try? GFF3Parser.parse(Array(lines.joined(separator: "\n").utf8), file: "genes.gff3").model
        return model.map { DisruptionCaller($0) { _ in true } }
    }()

    /// A breakend such as `1:1500+`, 1-based.
    static func end(_ text: String) -> Breakend? {
        let parts = text.dropLast().split(separator: ":")
        guard parts.count == 2, let position = Int(parts[1]), let side = text.last else { return nil }
        return Breakend(
            contig: Contig(String(parts[0])), position: position - 1,
            orientation: side == "+" ? .plus : .minus)
    }

    static func text(_ junction: String) throws -> [String] {
        let ends = junction.split(separator: " ").compactMap { end(String($0)) }
        let variant = StructuralVariant(try #require(ends.first), ends.count > 1 ? ends[1] : nil)
        return try #require(caller).disruptions(variant).map { found in
            let kind = found.isLossOfFunction ? "lost" : found.isDisruptive ? "broken" : "intact"
            return "\(found.gene) \(kind): \(found.reasonIntact ?? found.summary)"
        }
    }

    @Test(
        "a breakend inside a gene breaks it unless the exons stay as they are",
        arguments: [
            // Deletions and duplications: at least one exon must be touched.
            ("1:1200+ 1:1800-", ["FORE intact: no exon is touched"]),
            ("1:1200+ 1:2500-", ["FORE lost: deletion of exon 2"]),
            ("1:1200+ 1:3500-", ["FORE lost: deletion of exons 2-3"]),
            ("1:1200+ 1:2050-", ["FORE lost: deletion in exon 2"]),
            ("1:2000+ 1:2101-", ["FORE lost: deletion of exon 2"]),
            ("1:1999+ 1:2001-", ["FORE intact: no exon is touched"]),
            ("1:2000+ 1:2002-", ["FORE lost: deletion in exon 2"]),
            ("1:1200- 1:1800+", ["FORE intact: no exon is touched"]),
            ("1:1200- 1:2500+", ["FORE lost: duplication of exon 2"]),
            // The gene stands once whole beside the broken copy.
            ("1:500- 1:2500+", ["FORE broken: duplication of exons 1-2"]),
            // The whole gene: copy numbers tell that.
            ("1:500+ 1:9000-", []), ("1:500- 1:9000+", []),
            // The 3' UTR counts only where coding exons go.
            ("1:4120+ 1:4150-", ["FORE intact: the 3' UTR alone is touched"]),
            ("1:4120+ 1:9000-", ["FORE intact: the 3' UTR alone is touched"]),
            ("1:4050+ 1:4150-", ["FORE lost: deletion in exon 4"]),
            ("2:1010+ 2:1030-", ["BACK intact: the 3' UTR alone is touched"]),
            // Inversions, translocations and single breakends: inside is enough.
            ("1:1200+ 1:1800+", ["FORE lost: inversion with a break in intron 1"]),
            ("1:1200+ 1:2500+", ["FORE lost: inversion with a break in intron 1 and intron 2"]),
            (
                "1:1500+ 2:2500-",
                [
                    "FORE lost: translocation with a break in intron 1",
                    "BACK lost: translocation with a break in intron 2",
                ]
            ),
            ("1:1500+ 7:2500-", ["FORE lost: translocation with a break in intron 1"]),
            ("1:3050- 7:2500-", ["FORE lost: translocation with a break in exon 3"]),
            ("1:4150+ 7:2500-", ["FORE intact: the break lies in the 3' UTR"]),
            ("1:1500+", ["FORE lost: single breakend in intron 1"]),
            ("1:900+", []), ("1:1000+ 7:2500-", []),
            (
                "1:1001+ 7:2500-",
                [
                    "FORE lost: translocation with a break in exon 1"
                ]
            ),
            ("1:4200+ 7:2500-", []),
            // An insertion parts two bases of an exon, or none.
            ("1:2050+ 1:2051-", ["FORE lost: insertion in exon 2"]),
            ("1:2100+ 1:2101-", ["FORE intact: no exon is touched"]),
            // The other strand counts exons the other way.
            ("2:1200+ 2:2500-", ["BACK lost: deletion of exon 3"]),
            ("2:1500+ 7:2500-", ["BACK lost: translocation with a break in intron 3"]),
        ])
    func broken(junction: String, expected: [String]) throws {
        #expect(try Self.text(junction) == expected, "\(junction)")
    }

    @Test("an inversion within one intron breaks nothing where both its junctions are there")
    func balanced() throws {
        func variant(_ one: String, _ other: String) throws -> StructuralVariant {
            StructuralVariant(try #require(Self.end(one)), Self.end(other))
        }
        let caller = try #require(Self.caller)
        let left = try variant("1:1200+", "1:1800+"), right = try variant("1:1203-", "1:1790-")
        let far = try variant("1:1203-", "1:9000-"), again = try variant("1:1210+", "1:1810+")
        for (others, isBalanced) in [([], false), ([right], true), ([far], false), ([again], false)] {
            let inversions = BalancedInversions([left] + others)
            #expect(inversions.contains(left) == isBalanced)
            let found = try #require(caller.disruptions(left, isBalanced: isBalanced).first)
            #expect(found.isDisruptive != isBalanced)
        }
        #expect(!BalancedInversions([try variant("1:1200+", "1:1800-")]).contains(left))
        var filtered = right
        filtered.isPass = false
        #expect(!BalancedInversions([left, filtered]).contains(left))
        let both = BalancedInversions([left, right])
        #expect(both.isSecond(right) && !both.isSecond(left) && !BalancedInversions([right]).isSecond(right))
    }

    @Test("whole exons between two introns are told for exon skipping, of deletions alone")
    func exons() throws {
        func deleted(_ one: String, _ other: String) throws -> ClosedRange<Int>? {
            let variant = StructuralVariant(try #require(Self.end(one)), Self.end(other))
            return try #require(Self.caller).disruptions(variant).first?.deletedExons
        }
        #expect(try deleted("1:1200+", "1:2500-") == 2...2)
        #expect(try deleted("2:1200+", "2:3500-") == 2...3)
        #expect(try deleted("1:1200+", "1:2050-") == nil)
        #expect(try deleted("1:500+", "1:2500-") == nil)
        #expect(try deleted("1:1200-", "1:2500+") == nil)
    }
}
