import Foundation
import GeneModels
import Genome
import Knowledge
import TestSupport
import Testing

@testable import Pipeline

/// A contig with one gene of two exons, `M V K | G F D *`, and a transcript that reads `P P` between them:
///
///     1         11        20                      44           56
///     cccccccccc ATGGTGAAA gtaagtcccccccc ttttcccag GGGTTTGATTAA cccccccccc
struct SmallWorld {
    static let bases =
        "CCCCCCCCCC" + "ATGGTGAAA" + "GTAAGTCCCCCCCCTTTTCCCCAG" + "GGGTTTGATTAA" + "CCCCCCCCCC"
    static let genes = """
        ##gff-version 3
        1\tx\tgene\t11\t55\t.\t+\t.\tID=gene:G1;Name=BRAF;biotype=protein_coding
        1\tx\tmRNA\t11\t55\t.\t+\t.\tID=transcript:ENST00000646891;Parent=gene:G1;biotype=protein_coding;version=2
        1\tx\texon\t11\t19\t.\t+\t.\tParent=transcript:ENST00000646891
        1\tx\tCDS\t11\t19\t.\t+\t0\tID=CDS:P;Parent=transcript:ENST00000646891
        1\tx\texon\t44\t55\t.\t+\t.\tParent=transcript:ENST00000646891
        1\tx\tCDS\t44\t55\t.\t+\t0\tID=CDS:P;Parent=transcript:ENST00000646891
        1\tx\tmRNA\t11\t55\t.\t+\t.\tID=transcript:ENST00000644969;Parent=gene:G1;biotype=protein_coding;version=2
        1\tx\texon\t11\t19\t.\t+\t.\tParent=transcript:ENST00000644969
        1\tx\tCDS\t11\t19\t.\t+\t0\tID=CDS:Q;Parent=transcript:ENST00000644969
        1\tx\texon\t26\t31\t.\t+\t.\tParent=transcript:ENST00000644969
        1\tx\tCDS\t26\t31\t.\t+\t0\tID=CDS:Q;Parent=transcript:ENST00000644969
        1\tx\texon\t44\t55\t.\t+\t.\tParent=transcript:ENST00000644969
        1\tx\tCDS\t44\t55\t.\t+\t0\tID=CDS:Q;Parent=transcript:ENST00000644969

        """

    let base: PlantedBase

    init() throws { base = try PlantedBase() }

    func validate(hasGenes: Bool = true) throws -> KnowledgeValidation {
        let sequence = ContigSequence(letters: Array(Self.bases.utf8))
        let reference = GenomeCheck.Reference(
            name: "small.fa", length: { $0 == Contig("1") ? sequence.count : nil },
            sequence: { contig, _ in contig == Contig("1") ? sequence : nil })
        let model = try GFF3Parser.parse(Array(Self.genes.utf8), file: "small.gff3").model
        return try KnowledgeValidation(
            KnowledgeValidation.Options(folders: [base.path], words: [PlantedBase.words]),
            assembly: .grch38,
            reference: reference, models: hasGenes ? model : nil)
    }
}

@Suite("Validation against a genome")
struct KnowledgeGenomeTests {
    /// A row with an allele on the small world, and one on GRCh37 that is not checked.
    static func row(_ criterion: String, _ allele: String, _ changes: [String: String] = [:]) -> [String:
        String]
    {
        PlantedBase.row(
            "Invented",
            [
                "criterion": criterion, "grch38": allele, "grch37": allele.isEmpty ? "" : "7:140453136:A:T",
                "transcript": "ENST00000646891.2",
            ].merging(changes) { $1 })
    }

    @Test(
        "alleles that make what the criterion names, in one and three letters: substitution, duplication, deletion, delins, stop, splice",
        arguments: [
            ("BRAF p.V2E", "1:15:T:A"), ("BRAF p.Val2Glu", "1:14:GTG:GAG"), ("BRAF p.Lys3dup", "1:16:G:GAAA"),
            ("BRAF p.K3_G4insK OR BRAF p.K3dup", "1:16:G:GAAA"), ("BRAF p.F5del", "1:46:GTTT:G"),
            ("BRAF p.G4_F5delinsV", "1:45:GGTT:T"), ("BRAF p.K3*", "1:17:A:T"), ("BRAF p.V2fs", "1:14:GT:G"),
            ("BRAF codon 2 missense", "1:15:T:A"), ("BRAF residues 1-3", "1:15:T:A"),
            ("BRAF exon 2 missense", "1:48:T:C"), ("BRAF splice", "1:20:G:A"),
            ("BRAF loss_of_function biallelic", "1:17:A:T"), ("BRAF p.V2E AND NOT BRAF p.K3*", "1:15:T:A"),
            ("BRAF p.F5del", "1:47:TTTG:G"),
        ])
    func sound(criterion: String, allele: String) throws {
        let world = try SmallWorld()
        try world.base.evidence([Self.row(criterion, allele)])
        let result = try world.validate()
        #expect(result.problems.filter { $0.line != nil }.map(\.text) == [])
        let genome = try #require(result.genome)
        #expect(genome.allelesCompared == 1 && genome.changesCompared == 1)
        #expect(genome.allelesOfOtherAssembly == 1)
    }

    @Test(
        "a row that the genome contradicts is told, and both sides are named",
        arguments: [
            ("BRAF p.V2E", "1:15:C:A", "ALLELE.REF", "REF of 1:15 C>A is C but GRCh38 has T", "T"),
            ("BRAF p.V2E", "1:64:CC:AA", "ALLELE.CHANGE", "1:64 CC>AA makes", "BRAF p.V2E"),
            (
                "BRAF p.V2E", "1:65:CCC:A", "ALLELE.POSITION", "behind the end of contig 1",
                "at most 65 in small.fa"
            ),
            (
                "BRAF p.V2K", "1:15:T:A", "ALLELE.CHANGE",
                "1:15 T>A makes p.V2E, c.5T>A (missense_variant) on ENST00000646891.2", "BRAF p.V2K"
            ),
            ("BRAF codon 3", "1:15:T:A", "ALLELE.CHANGE", "p.V2E", "BRAF codon 3"),
            ("BRAF p.F5dup", "1:48:T:TTTT", "ALLELE.ALIGNMENT", "does not stand as far left", "1:46:G:GTTT"),
            ("BRAF p.A2E", "", "CRITERION.RESIDUE", "residue 2 of ENST00000646891.2 is V, not A", "V"),
            ("BRAF codon 9 missense", "", "CRITERION.RESIDUE", "there is no residue 9", "1 to 6"),
            ("BRAF residues 2-30", "", "CRITERION.RESIDUE", "there is no residue 30", "1 to 6"),
            ("BRAF p.V2_F4del", "", "CRITERION.RESIDUE", "residue 4 of ENST00000646891.2 is G, not F", "G"),
            ("BRAF exon 3 missense", "", "CRITERION.EXON", "there is no exon 3", "1 to 2"),
        ])
    func contradicted(criterion: String, allele: String, rule: String, found: String, expected: String) throws
    {
        let world = try SmallWorld()
        try world.base.evidence([
            Self.row("BRAF p.V2E", "1:15:T:A", ["therapies": "Other"]), Self.row(criterion, allele),
        ])
        let problems = try world.validate().problems.filter { $0.line != nil }
        #expect(problems.map(\.short) == ["error 3 T2 \(rule)"])
        #expect(problems.first?.found.contains(found) == true, "\(problems.map(\.text))")
        #expect(problems.first?.expected.contains(expected) == true, "\(problems.map(\.text))")
    }

    @Test(
        "what cannot be compared is counted: a contig that the FASTA lacks, a transcript that the models lack, no gene models"
    )
    func counted() throws {
        let world = try SmallWorld()
        try world.base.evidence([
            Self.row(
                "BRAF p.V600E", "7:140753336:A:T", ["transcript": "ENST00000646891.2", "therapies": "A"]),
            Self.row("BRAF p.V2E", "1:15:T:A", ["transcript": "ENST00000999999.1"]),
            Self.row("BRAF oncogenic", "1:15:T:A"),
            Self.row("g.GRCh37:7:140453136:A:T", "", ["gene": "", "hgncId": "", "transcript": ""]),
        ])
        let result = try world.validate()
        #expect(
            result.problems.filter { $0.line != nil }.map(\.short) == [
                "error 2 T1 CRITERION.RESIDUE", "warning 3 T2 TRANSCRIPT.UNKNOWN",
            ])
        let genome = try #require(result.genome)
        #expect(genome.allelesCompared == 2 && genome.allelesNotCompared == 1)
        #expect(genome.allelesOfOtherAssembly == 4)
        #expect(genome.changesCompared == 0 && genome.changesNotCalled == 2 && genome.changesNotAsked == 1)
        #expect(result.text.contains("4 of the other assembly not checked"))
        let bare = try world.validate(hasGenes: false)
        #expect(bare.problems.filter { $0.line != nil } == [] && bare.genome?.allelesCompared == 2)
        #expect(bare.genome?.changesCompared == 0 && bare.genome?.residuesCompared == 0)
    }

    @Test("exons.tsv and numbering.tsv against the models, promoters against the FASTA")
    func tables() throws {
        let world = try SmallWorld()
        let header = "gene\ttranscript\texon\tfirstResidue\tlastResidue\tlastCodingBase\n"
        let own = "BRAF\tENST00000646891.2\t"
        try world.base.write("exons.tsv", header + own + "1\t1\t3\t9\n" + own + "2\t4\t6\t\n")
        let alleles = "gene\tgrch37\tgrch38\tname\n"
        try world.base.write("promoters.tsv", alleles + "BRAF\t\t1:5:C:T\tx\n")
        let sound = try world.validate()
        #expect(sound.problems.filter { $0.line != nil } == [])
        #expect(sound.genome?.exonsCompared == 2 && sound.genome?.allelesCompared == 1)
        let numbering = "gene\ttranscript\totherTranscripts\tfirstResidue\toffset\n" + own
        try world.base.write("numbering.tsv", numbering + "ENST00000644969|NM_1\t4\t2\n")
        let numbered = try world.validate()
        #expect(numbered.problems.filter { $0.line != nil } == [])
        #expect(numbered.genome?.exonsCompared == 3 && numbered.genome?.exonsNotCompared == 1)
        try world.base.write("numbering.tsv", numbering + "ENST00000644969\t3\t2\n")
        try world.base.write("exons.tsv", header + own + "1\t1\t4\t10\n" + own + "3\t4\t6\t\n")
        try world.base.write("promoters.tsv", alleles + "BRAF\t\t1:5:G:T\tx\n")
        #expect(
            try world.validate().problems.filter { $0.line != nil }.map(\.short) == [
                "error 2 BRAF MODEL.DIFFERS", "error 2 BRAF MODEL.DIFFERS", "error 3 BRAF MODEL.DIFFERS",
                "error 2 BRAF MODEL.DIFFERS", "error 2 BRAF ALLELE.REF",
            ])
    }

    @Test(
        "the assembly is told by the lengths of chromosomes; --assembly must agree with them, and tells where they do not"
    )
    func assembly() throws {
        func told(_ wanted: Assembly?, _ lengths: Assembly?) throws -> Assembly {
            let options = KnowledgeValidation.Options(folders: [], reference: "x.fa", assembly: wanted)
            return try KnowledgeValidation.assembly(options, nil) { contig in
                contig == Contig("7") ? lengths?.length(of: contig) ?? 1000 : nil
            }
        }
        for assembly in Assembly.allCases {
            #expect(try told(nil, assembly) == assembly)
            #expect(try told(assembly, assembly) == assembly)
            #expect(try told(assembly, nil) == assembly)
        }
        let other = #expect(throws: InputError.self) { try told(.grch37, .grch38) }
        #expect(other?.exitCode == 65 && other?.problem.contains("those of GRCh38") == true)
        let untold = #expect(throws: InputError.self) { try told(nil, nil) }
        #expect(untold?.exitCode == 64)
    }

    @Test(
        "alleles, changes and residues of the bundled rows are those of the real genes",
        .enabled(if: TestData.isAvailable),
        arguments: [
            (Assembly.grch38, "mane_select.GRCh38"), (.grch38, "ensembl.GRCh38"), (.grch37, "refseq.GRCh37"),
            (.grch37, "ensembl.GRCh37"),
        ])
    func bundled(assembly: Assembly, models: String) throws {
        let pack = try PackGenome(assembly: assembly.rawValue)
        let reference = GenomeCheck.Reference(
            name: "pack", length: { assembly.length(of: $0) },
            sequence: { contig, range in pack.region(contig, range.lowerBound)?.sequence })
        let lines = try TestData.lines("annotation/lrg-pack/\(models).gff3.gz").joined(separator: "\n")
        let model = try GFF3Parser.parse(Array(lines.utf8), file: models).model
        let result = try KnowledgeValidation(
            KnowledgeValidation.Options(folders: [PlantedBase.bundled]), assembly: assembly,
            reference: reference, models: model)
        let found = result.problems.filter { $0.severity == .error }
        #expect(found.map(\.text) == [])
        let genome = try #require(result.genome)
        // Ensembl's models of the pack lack most MANE transcripts by their present ids.
        let isMANE = !models.hasPrefix("ensembl")
        #expect(genome.allelesCompared >= 55, "\(genome)")
        #expect(genome.changesCompared >= (isMANE ? 50 : 15), "\(genome)")
        #expect(genome.residuesCompared >= (isMANE ? 80 : 60), "\(genome)")
        #expect(genome.exonsCompared >= 19, "\(genome)")
    }
}
