import Consequences
import Foundation
import TestSupport
import Testing
import Variants

private let bcsqHeader = VCFHeader(
    text: """
        ##fileformat=VCFv4.2
        ##INFO=<ID=BCSQ,Number=.,Type=String,Description="Haplotype-aware consequence annotation from BCFtools/csq, see \
        http://samtools.github.io/bcftools/howtos/csq-calling.html for details. Format: \
        Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change">
        """)

private func record(_ position: Int, _ reference: String, _ alternate: String, _ bcsq: String) throws
    -> VCFRecord
{
    try #require(VCFRecord(line: "1\t\(position)\t.\t\(reference)\t\(alternate)\t.\t.\tBCSQ=\(bcsq)"))
}

@Test(
    "bcftools' residues become a protein change",
    arguments: [
        ("missense", "600V>600E", "p.Val600Glu"), ("inframe_deletion", "117MAT>117M", "p.Ala118_Thr119del"),
        ("stop_gained", "12Q>12*", "p.Gln12Ter"), ("synonymous", "57G", "p.Gly57="),
        ("stop_retained", "189*", "p.Ter189="),
        ("missense", "55KK>55NR", "p.Lys55_Lys56delinsAsnArg"), ("start_lost", "1M>1V", "p.Met1?"),
        ("frameshift", "459STAMKKV*>459SPP*", "p.Thr460ProfsTer3"),
        ("frameshift", "25EPPPK..329>25GASSQ..94", "p.Glu25Glyfs"),
        ("stop_lost", "636*>636RAA*", "p.Ter636ArgextTer3"),
        ("stop_lost&inframe_deletion", "1864*>1864?", ""),
        ("inframe_insertion", "117MT>117MAT", "p.Met117_Thr118insAla"),
        ("inframe_insertion", "117M>117MA", "p.Met117_Xaa118insAla"),
        ("frameshift", "10AR*>10A*", "p.Arg11Ter"),
        ("missense", "x", ""), ("missense", "600V>601E", ""),
    ])
func bcftoolsResidues(terms: String, residues: String, name: String) throws {
    let record = try record(5, "A", "T", "\(terms)|G|T|protein_coding|+|\(residues)|5A>T")
    let found = ExistingAnnotation(header: bcsqHeader).consequences(for: record, alleleIndex: 1)
    #expect(found.map(\.proteinName) == [name])
}

@Test("dna_change tells the ALT; an entry without it stands for all")
func bcftoolsAlleles() throws {
    let annotation = ExistingAnnotation(header: bcsqHeader)
    let record = try record(
        5, "A", "T,C",
        "missense|ONE|T|protein_coding|+|6V>6E|5A>T,*missense|TWO|T|protein_coding|+|6V>6L|4G>C+5A>C,intron|TWO|X|lncRNA"
    )
    #expect(annotation.consequences(for: record, alleleIndex: 1).map(\.gene) == ["ONE", "TWO"])
    let second = annotation.consequences(for: record, alleleIndex: 2)
    #expect(second.map(\.terms) == [[.missenseVariant], [.intronVariant]])
    #expect(second.map(\.isProteinCoding) == [true, false])
}

@Test("a back reference is followed to the record that holds the consequence")
func backReference() throws {
    let annotation = ExistingAnnotation(header: bcsqHeader)
    let first = try record(53592, "GC", "G", "@53595")
    let second = try record(
        53595, "A", "T",
        "frameshift|XDH|T|protein_coding|-|216LLR..1334>216I*|53592GC>G+53595A>T,intron|Y|Y|x")
    #expect(annotation.backReferences(in: first) == [53594])
    #expect(annotation.backReferences(in: second) == [])
    #expect(annotation.consequences(for: first, alleleIndex: 1).isEmpty)
    let found = annotation.consequences(for: first, alleleIndex: 1) { $0 == 53594 ? second : nil }
    #expect(found.map(\.gene) == ["XDH"])
    #expect(found == Array(annotation.consequences(for: second, alleleIndex: 1).prefix(1)))
    let loop = try record(5, "A", "T", "@5")
    #expect(annotation.consequences(for: loop, alleleIndex: 1) { _ in loop }.isEmpty)
}

@Suite("Annotations of other tools", .enabled(if: TestData.isAvailable))
struct ToolAnnotationTests {
    @Test(
        "bcftools' residues and VEP's names tell the same change on ClinVar and nearly so on the edge grid",
        arguments: [
            ("annotation/clinvar/peers.mane.tsv.gz", 0.97), ("annotation/edge-grid/peers.tsv.gz", 0.90),
        ])
    func peers(file: String, share: Double) throws {
        let annotation = ExistingAnnotation(header: bcsqHeader)
        var compared = 0, equal = 0
        var others: [String] = []
        for row in try DataFiles.table(file) {
            guard let bcsq = row["bcftools_bcsq"], bcsq != ".", let vep = row["vep_hgvsp"],
                let change = ProteinChange(hgvs: vep), let position = row["pos"].flatMap({ Int($0) }),
                let reference = row["ref"], let alternate = row["alt"]
            else { continue }
            let record = try record(position, reference, alternate, bcsq)
            let found = annotation.consequences(for: record, alleleIndex: 1).compactMap(\.proteinChange)
            guard let mine = found.first else { continue }
            compared += 1
            // bcftools names an indel where the VCF has it, HGVS at the 3' end: the place may differ.
            let isIndel = [.inframeInsertion, .inframeDeletion].contains(change.kind)
            if mine.isSameChange(as: change)
                || (mine.kind == change.kind && isIndel && mine.netLength == change.netLength)
            {
                equal += 1
            } else {
                others.append("\(vep) \(bcsq.prefix(120)) \(mine.threeLetterName)")
            }
        }
        #expect(compared > 80)
        #expect(Double(equal) / Double(compared) >= share, "\(equal) of \(compared): \(others)")
    }

    @Test("the fields of CSQ are those that bcftools split-vep prints", .enabled(if: DataFiles.hasSplitVEP))
    func splitVEP() throws {
        let fields = ["Allele", "Consequence", "SYMBOL", "Feature", "EXON", "HGVSc", "HGVSp"]
        let rows = try DataFiles.table("annotation/edge-grid/peers.tsv.gz").filter {
            ($0["ref"] ?? "").wholeMatch(of: /[ACGT]+/) != nil
                && ($0["alt"] ?? "").wholeMatch(of: /[ACGT]+/) != nil
                && $0["vep_consequence"] != "."
        }
        var lines = [
            "##fileformat=VCFv4.2",
            "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Format: \(fields.joined(separator: "|"))\">",
        ]
        lines += Set(rows.compactMap { $0["chrom"] }).sorted().map { "##contig=<ID=\($0)>" }
        lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
        let header = VCFHeader(text: lines.joined(separator: "\n"))
        var records: [VCFRecord] = []
        for row in rows {
            func value(_ name: String) -> String {
                let text = row[name] ?? "."
                return text == "." ? "" : text.replacing("=", with: "%3D").replacing(",", with: "&")
            }
            let reference = row["ref"] ?? "", alternate = row["alt"] ?? ""
            let allele =
                reference.utf8.count != alternate.utf8.count && reference.first == alternate.first
                ? (alternate.count == 1 ? "-" : String(alternate.dropFirst())) : alternate
            let csq = [
                allele, value("vep_consequence"), value("gene"), value("transcript"), value("vep_exon"),
                value("vep_hgvsc"), value("vep_hgvsp"),
            ].joined(separator: "|")
            let line =
                "\(row["chrom"] ?? "")\t\(row["pos"] ?? "")\t.\t\(reference)\t\(alternate)\t.\t.\tCSQ=\(csq)"
            records.append(try #require(VCFRecord(line: line)))
            lines.append(line)
        }
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "split-vep-\(UUID().uuidString).vcf")
        defer { try? FileManager.default.removeItem(at: folder) }
        try (lines.joined(separator: "\n") + "\n").write(to: folder, atomically: true, encoding: .utf8)
        let printed = try DataFiles.output(
            "bcftools",
            ["+split-vep", folder.path, "-d", "-f", "%POS\t%REF\t%ALT\t%SYMBOL\t%Feature\t%HGVSc\t%HGVSp\n"])
        let annotation = ExistingAnnotation(header: header)
        let mine = records.flatMap { record in
            annotation.consequences(for: record, alleleIndex: 1).map { consequence in
                let coding = consequence.codingName, protein = consequence.protein
                // VEP's one alternative spelling of two shapes is compared by its own tests.
                return [
                    String(record.position + 1), record.reference, record.alternates[0], consequence.gene,
                    consequence.transcript.prefix { $0 != "." } + "",
                    coding.isEmpty ? "." : "\(consequence.transcript):\(coding)",
                    protein.isEmpty
                        ? "." : "\(protein):\(consequence.proteinName)".replacing("=", with: "%3D"),
                ].joined(separator: "\t")
            }
        }
        let theirs = printed.split(separator: "\n").map(String.init)
        #expect(mine.count == theirs.count)
        let different = zip(mine, theirs).filter { $0 != $1 }
        #expect(
            different.count <= 4 && different.allSatisfy { $1.contains("delinsTer") },
            "\(different.prefix(5))")
    }
}
