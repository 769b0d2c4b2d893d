import Foundation
import Genome
import Knowledge
import TestSupport
import Testing

@Suite("Hotspots")
struct HotspotTableTests {
    private static let columns =
        "Hugo_Symbol\tAmino_Acid_Position\tMutation_Count\tReference_Amino_Acid\tVariant_Amino_Acid"

    @Test(
        "rows of one change and rows of several, with each line end; the reference residue must be the table's",
        arguments: ["\n", "\r\n", "\r"])
    func lineEnds(end: String) throws {
        let rows = [
            Self.columns, "BRAF\t600\t897\tV:897\tE:833", "BRAF\t600\t897\tV:897\tK:24",
            "GENE1\t12\t40\tG:40\tD:20|V:9", "MET\tX1010_splice\t19\tsplice:19\tsplice:19",
        ]
        let table = try HotspotTable(bytes: Array((rows.joined(separator: end) + end).utf8), file: "h.tsv")
        #expect(table.count == 2 && table.passedOver == 1)
        #expect(
            table.counts(gene: "BRAF", residue: 600, reference: "V", alternate: "E")
                == .init(residue: 897, change: 833))
        #expect(table.counts(gene: "BRAF", residue: 600, reference: "V", alternate: "K")?.change == 24)
        #expect(table.counts(gene: "BRAF", residue: 600, reference: "V", alternate: "W")?.change == 0)
        #expect(
            table.counts(gene: "GENE1", residue: 12, reference: "G", alternate: "V")
                == .init(residue: 40, change: 9))
        #expect(table.counts(gene: "BRAF", residue: 600, reference: "A", alternate: "E") == nil)
        #expect(table.counts(gene: "BRAF", residue: 601, reference: "V", alternate: "E") == nil)
    }

    @Test(
        "a row that is no count names file, line and column",
        arguments: [
            ("BRAF\t600\tmany\tV:897\tE:833", "Mutation_Count is \"many\""),
            ("BRAF\t600\t897\tV:897\tE=833", "Variant_Amino_Acid is \"E=833\""),
        ])
    func faults(row: String, message: String) {
        #expect {
            try HotspotTable(bytes: Array((Self.columns + "\n" + row + "\n").utf8), file: "h.tsv")
        } throws: { error in
            "\(error)".hasPrefix("h.tsv:2: \(message)")
        }
    }

    @Test("the published table is read whole", .enabled(if: TestData.isAvailable))
    func published() throws {
        let text = try TestData.lines("oncology/hotspots/moalmanac_cancerhotspots_v2_counts.tsv.gz").joined(
            separator: "\n")
        let table = try HotspotTable(bytes: Array(text.utf8), file: "hotspots.tsv")
        #expect(
            table.counts(gene: "BRAF", residue: 600, reference: "V", alternate: "E")
                == .init(residue: 897, change: 833))
        #expect(
            table.counts(gene: "KRAS", residue: 12, reference: "G", alternate: "F")
                == .init(residue: 2175, change: 6))
        #expect(table.count > 1000 && table.passedOver > 10)
    }
}
