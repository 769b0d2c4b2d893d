import Genome
import Testing

@Suite struct ContigTests {
    @Test(
        "every style of a name is one contig",
        arguments: [
            ("chr7", "7"), ("7", "7"), ("NC_000007.14", "7"), ("chrM", "MT"), ("NC_012920.1", "MT"),
            ("CHRX", "X"), ("GL000191.1", "GL000191.1"), ("chr07", "chr07"), ("chrUn_1", "chrUn_1"),
            ("23", "23"), ("NC_000024.10", "Y"),
        ])
    func canonical(name: String, expected: String) {
        #expect(Contig(name).name == expected)
    }

    @Test("contigs sort as people list them")
    func order() {
        let names = ["GL1", "MT", "10", "X", "2", "Y", "chr1"]
        #expect(names.map { Contig($0) }.sorted().map(\.name) == ["1", "2", "10", "X", "Y", "MT", "GL1"])
    }
}
