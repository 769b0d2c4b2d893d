import Consequences
import Genome
import TestSupport
import Testing

@Suite("Columns of CSQ", .enabled(if: TestData.isAvailable))
struct ConsequenceColumnTests {
    @Test("positions, residues, codons, exons, distances equal VEP's on the whole grid")
    func grid() throws {
        var pack = try #require(PackCaller.mane)
        var agreement: [String: Agreement] = [:]
        for row in try TestData.table("annotation/edge-grid/peers.tsv.gz") {
            let value = { (name: String) in row[name, default: "."] == "." ? "" : row[name, default: ""] }
            let (contig, ref, alt, id) = (value("chrom"), value("ref"), value("alt"), value("transcript"))
            let position = try #require(Int(value("pos")))
            guard !value("vep_consequence").isEmpty,
                let columns = pack.columns(contig, position, ref, alt, id)
            else {
                continue
            }
            for (name, mine) in columns {
                agreement[name, default: Agreement()].compare(
                    mine, value(name),
                    "  \(name) \(position) \(ref.prefix(9))>\(alt.prefix(9)) \(value("why"))")
            }
        }
        for (name, agreement) in agreement.sorted(by: { $0.key < $1.key }) {
            print("  \(name) \(agreement)")
            for difference in agreement.differences.prefix(6) { print("    \(difference)") }
            #expect(agreement.total > 2500 && agreement.fraction >= 0.995)
        }
    }
}
