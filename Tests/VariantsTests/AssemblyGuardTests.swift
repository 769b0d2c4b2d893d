import Genome
import TestSupport
import Testing
import Variants

@Suite struct AssemblyGuardTests {
    private func header(_ lines: String...) -> VCFHeader { VCFHeader(text: lines.joined(separator: "\n")) }

    @Test(
        "contig lengths tell the builds apart, in every style",
        arguments: [
            ("chr1", 248_956_422, Assembly.grch38 as Assembly?), ("1", 249_250_621, .grch37),
            ("NC_000007.14", 159_345_973, .grch38), ("MT", 16_569, nil), ("1", 5000, nil),
        ])
    func lengths(name: String, length: Int, expected: Assembly?) {
        let evidence = AssemblyEvidence(header: header("##contig=<ID=\(name),length=\(length)>"))
        #expect(evidence.assembly == expected)
        #expect(evidence.warnings.isEmpty == (expected != nil))
    }

    @Test("lengths of neither build are a warning, of both a warning without an answer")
    func odd() {
        let made = AssemblyEvidence(header: header("##contig=<ID=chr1,length=40000>"))
        #expect(
            made.warnings == [
                "contig lengths in the header are those of neither GRCh37 nor GRCh38; the assembly is unknown"
            ])
        let both = AssemblyEvidence(
            header: header("##contig=<ID=1,length=249250621>", "##contig=<ID=2,length=242193529>"))
        #expect(both.assembly == nil)
        #expect(both.warnings.count == 1)
        #expect(AssemblyEvidence(header: header("##fileformat=VCFv4.2")).warnings.isEmpty)
    }

    @Test(
        "names in the header are noted, not believed",
        arguments: [
            ("##reference=file:///x/hg19.fa", "##reference names GRCh37"),
            ("##reference=GRCh38_no_alt.fa", "##reference names GRCh38"),
            ("##contig=<ID=1,assembly=b37>", "##contig assembly names GRCh37"),
        ])
    func names(line: String, note: String) {
        let evidence = AssemblyEvidence(header: header(line))
        #expect(evidence.assembly == nil)
        #expect(evidence.notes == [note])
    }

    @Test("a name against the lengths is a warning")
    func nameAgainstLength() {
        let evidence = AssemblyEvidence(
            header: header("##contig=<ID=1,length=248956422>", "##reference=hg19.fa"))
        #expect(evidence.assembly == .grch38)
        #expect(evidence.warnings == ["##reference names GRCh37, but the contigs are those of GRCh38"])
    }

    @Test(
        "a chromosome of one build in the header and of the other in the reference ends the run, in any style"
    )
    func otherBuild() {
        let header = header("##contig=<ID=MT>", "##contig=<ID=chr7,length=159138663>")
        let error = #expect(throws: InputError.self) {
            try header.compareLengths(with: "new.fa", file: "a.vcf") {
                $0 == Contig("7") ? 159_345_973 : nil
            }
        }
        #expect(
            error?.description
                == "a.vcf: contig chr7: it has 159138663 bases in the header (GRCh37), but 159345973 in new.fa (GRCh38). "
                + "Give the reference that the file was called on with -f.")
    }

    @Test(
        "another length alone is told",
        arguments: [
            ("##contig=<ID=chr7,length=159345999>", 159_345_973, "1 contig has another length"),
            ("##contig=<ID=chr7,length=159345973>", 160_567_428, "1 contig has another length"),
            ("##contig=<ID=chr7,length=6000>", 5900, nil),
            ("##contig=<ID=chr7,length=6000>", 5000, nil),
            ("##contig=<ID=chr7,length=159138663>", 5000, nil),
            ("##contig=<ID=chrM,length=16571>", 16_569, "1 contig has another length"),
            ("##contig=<ID=7,length=159138663>", 159_138_663, nil), ("##contig=<ID=7>", 5000, nil),
        ] as [(String, Int, String?)])
    func otherLength(line: String, bases: Int, expected: String?) throws {
        let found = try header(line).compareLengths(with: "a.fa", file: "a.vcf") { _ in bases }
        #expect(found.map { $0.prefix(27) } == expected?.prefix(27))
    }

    @Test("hotspots tell the builds apart where the header does not")
    func hotspots() {
        let seven = Contig("7")
        let hotspots = [
            AssemblyEvidence.Hotspot(assembly: .grch37, contig: seven, position: 140_453_135, reference: "A"),
            AssemblyEvidence.Hotspot(assembly: .grch38, contig: seven, position: 140_753_335, reference: "A"),
        ]
        var evidence = AssemblyEvidence(header: header("##fileformat=VCFv4.2"))
        evidence.add(hotspots: hotspots, records: [(contig: seven, position: 140_753_335, reference: "a")])
        #expect(evidence.assembly == .grch38)
        evidence.add(hotspots: hotspots, records: [(contig: seven, position: 140_453_135, reference: "A")])
        #expect(evidence.assembly == .grch38)
        #expect(evidence.warnings == ["hotspots fit GRCh37, but the header says GRCh38"])
        var other = AssemblyEvidence(header: header("##fileformat=VCFv4.2"))
        other.add(hotspots: hotspots, records: [(contig: seven, position: 140_453_135, reference: "G")])
        #expect(other.assembly == nil)
    }

    @Test("a stated assembly against the lengths is refused")
    func stated() throws {
        let evidence = AssemblyEvidence(header: header("##contig=<ID=1,length=249250621>"))
        #expect(try evidence.resolve(stated: nil, file: "a.vcf") == .grch37)
        #expect(try evidence.resolve(stated: .grch37, file: "a.vcf") == .grch37)
        let error = #expect(throws: InputError.self) { try evidence.resolve(stated: .grch38, file: "a.vcf") }
        #expect(
            error?.description
                == "a.vcf: the file is GRCh37 (1 of 1 contig lengths are those of GRCh37), not GRCh38. "
                + "Give a file of GRCh38, or run with --assembly GRCh37.")
    }

    @Test("REF bases of another build are refused at one in a hundred", arguments: [9, 10, 14])
    func referenceBases(differing: Int) throws {
        var sample = ReferenceSample()
        for index in 0..<1000 {
            let reference = index % 70 == 0 && index / 70 < differing ? "T" : "A"
            sample.add(try #require(VCFRecord(line: "1\t\(index + 1)\t.\t\(reference)\tC\t.\t.\t.")))
        }
        var genome = InMemoryReference(["1": String(repeating: "a", count: 1000)])
        let agreement = try sample.agreement(with: &genome)
        #expect(agreement.compared == 1000 && agreement.differing == differing)
        guard differing >= 10 else {
            try agreement.require(file: "tumor.vcf.gz", fasta: "GRCh38.fa", assembly: .grch38)
            return
        }
        let error = #expect(throws: InputError.self) {
            try agreement.require(file: "tumor.vcf.gz", fasta: "GRCh38.fa", assembly: .grch38)
        }
        #expect(
            error?.description == "tumor.vcf.gz: \(differing) of 1000 REF bases differ from GRCh38.fa. "
                + "Is the file GRCh37? Say so with --assembly.")
    }

    @Test("the sample is spread evenly over a long file", arguments: [500, 1000, 1001, 5000, 123_456])
    func spread(records: Int) throws {
        var sample = ReferenceSample()
        for index in 0..<records {
            // The last tenth of the file differs; an even sample sees about a tenth.
            let reference = index >= records - records / 10 ? "T" : "A"
            sample.add(try #require(VCFRecord(line: "1\t1\t.\t\(reference)\tC\t.\t.\t.")))
        }
        var genome = InMemoryReference(["1": "A"])
        let agreement = try sample.agreement(with: &genome)
        #expect((500...1000).contains(agreement.compared))
        #expect(abs(agreement.share - 0.1) < 0.004)
    }

    @Test("places without a reference base, and contigs without a reference, are not compared")
    func notCompared() throws {
        var sample = ReferenceSample()
        sample.add(try #require(VCFRecord(line: "1\t1\t.\tA\tC\t.\t.\t.")))
        sample.add(try #require(VCFRecord(line: "2\t1\t.\tA\tC\t.\t.\t.")))
        var genome = InMemoryReference(["1": "N"])
        let agreement = try sample.agreement(with: &genome)
        #expect(agreement.compared == 0 && agreement.missingContigs == 1 && agreement.share == 0)
        #expect(throws: InputError.self) { try agreement.require(file: "a", fasta: "b", assembly: nil) }
    }

    @Test("a file that mixes contig styles is refused unless told which counts")
    func styles() throws {
        var styles = ContigStyles()
        for name in ["chr7", "chr7", "chrUn_KI1", "GL000191.1", "8"] { styles.add(name) }
        let error = #expect(throws: InputError.self) { try styles.note(file: "a.vcf") }
        #expect(
            error?.description == "a.vcf: contigs are named in 2 styles: chr7 (ucsc) and 8 (ensembl). "
                + "Say which counts with --contig-style: ucsc or ensembl.")
        #expect(
            try styles.note(file: "a.vcf", stated: .ucsc)
                == "contigs are named as chr7 (ucsc) and 8 (ensembl); only ucsc names count")
        #expect(!ContigStyles.counts("8", stated: .ucsc) && ContigStyles.counts("chr8", stated: .ucsc))
        #expect(ContigStyles.counts("GL000191.1", stated: .ucsc) && ContigStyles.counts("8", stated: nil))
        var one = ContigStyles()
        for name in ["chr1", "chrM", "chrUn_KI1"] { one.add(name) }
        #expect(one.style == .ucsc)
        #expect(try one.note(file: "a.vcf") == "contigs are named as chr1 (ucsc)")
    }

    @Test("real headers are recognised", .enabled(if: TestData.isAvailable))
    func realHeaders() throws {
        let mutect = try VCFText(path: TestData.path("oncology/callers/vcf2maf_test_mutect.vcf"))
        let evidence = AssemblyEvidence(header: mutect.header)
        #expect(evidence.assembly == .grch37)
        #expect(evidence.notes.contains("##reference names GRCh37"))
        #expect(evidence.warnings.isEmpty)
    }
}
