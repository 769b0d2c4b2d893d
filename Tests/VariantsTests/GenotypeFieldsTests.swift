import Testing
import Variants

@Suite struct GenotypeFieldsTests {
    @Test(
        "GT of any ploidy is read",
        arguments: [
            ("0/1", [0, 1] as [Int?], false), ("1|2", [1, 2], true), ("1", [1], true),
            ("./.", [nil, nil], false),
            (".", [nil], true), ("0/0/1", [0, 0, 1], false), ("0|1/1", [0, 1, 1], false),
            ("|0|1", [0, 1], true),
            ("10/2", [10, 2], false), (".|1", [nil, 1], true),
        ])
    func parse(text: String, alleles: [Int?], isPhased: Bool) throws {
        let genotype = try #require(Genotype(text: text))
        #expect(genotype.alleles == alleles)
        #expect(genotype.isPhased == isPhased)
        #expect(genotype.ploidy == alleles.count)
    }

    @Test("what is no GT is none", arguments: ["", "A", "0//1", "-1/0", "0/", "|"])
    func noGenotype(text: String) {
        #expect(Genotype(text: text) == nil)
    }

    private func genotype(_ format: String, _ value: String) throws -> Genotype? {
        let record = try #require(VCFRecord(line: "1\t1\t.\tA\tC,G\t.\t.\t.\t\(format)\t\(value)"))
        return Genotype(record, sample: 0)
    }

    @Test("phase comes from PS, or from PGT and PID where they fit GT")
    func phase() throws {
        #expect(try genotype("GT:PS", "0|1:77") == Genotype(alleles: [0, 1], isPhased: true, phaseSet: "77"))
        #expect(
            try genotype("GT:PGT:PID", "0/1:1|0:9_A_C")
                == Genotype(alleles: [1, 0], isPhased: true, phaseSet: "9_A_C"))
        #expect(try genotype("GT:PGT:PID", "0/0:0|1:9_A_C") == Genotype(alleles: [0, 0], isPhased: false))
        #expect(try genotype("GT:PGT:PID", "1/2:0|1:9_A_C") == Genotype(alleles: [1, 2], isPhased: false))
        #expect(try genotype("DP", "7") == nil)
        #expect(try genotype("GT:PS", "0/1:.") == Genotype(alleles: [0, 1], isPhased: false))
    }

    @Test(
        "cis needs one haplotype, a homozygous call, or it is not known",
        arguments: [
            ("0|1", "1", "0|1", "1", true as Bool?), ("0|1", "1", "1|0", "1", false),
            ("0|1", "1", "0|1", "2", nil),
            ("0/1", "1", "0/1", "1", nil), ("1/1", "1", "0/1", "1", true), ("0/1", "1", "0/0", "1", false),
        ])
    func cis(left: String, leftSet: String, right: String, rightSet: String, expected: Bool?) throws {
        let first = try #require(Genotype(text: left, phaseSet: leftSet))
        let second = try #require(Genotype(text: right, phaseSet: rightSet))
        #expect(first.isInCis(1, with: second, 1) == expected)
        #expect(second.isInCis(1, with: first, 1) == expected)
    }

    @Test("zygosity leaves missing alleles out")
    func zygosity() throws {
        let partial = try #require(Genotype(text: "./1"))
        #expect(!partial.isHomozygous && !partial.isHeterozygous && !partial.isMissing)
        #expect(Genotype(text: "1")?.isHomozygous == true)
        #expect(Genotype(text: "1/2")?.isHeterozygous == true)
        #expect(Genotype(text: "./.")?.isMissing == true)
        #expect(Genotype(text: "1/1/0")?.copies(of: 1) == 2)
    }

    @Test("triploid G lists keep the genotypes of REF and the ALT")
    func triploid() throws {
        // 000 001 011 111 002 012 112 022 122 222
        let file = VCFText.made(
            meta: ["##FORMAT=<ID=PL,Number=G,Type=Integer,Description=\"x\">"], samples: ["S"],
            lines: ["1 1 . A C,G . . . GT:PL 0/1/2:0,1,2,3,4,5,6,7,8,9"])
        let lines = RecordSplitter(header: file.header).splitLine(file.records[0]).map {
            String(decoding: $0, as: UTF8.self).split(separator: "\t").last
        }
        #expect(lines == ["0/1/0:0,1,2,3", "0/0/1:0,4,7,9"])
    }
}
