import Consequences
import Foundation
import GeneModels
import Genome
import Knowledge
import Pipeline
import Variants

/// A case file of any bytes becomes a request, or is refused.
func caseFile(_ bytes: [UInt8]) {
    guard let file = try? CaseFile(bytes: bytes, file: "case.yaml") else { return }
    _ = try? CaseRequest(file, date: "2026-01-01")
    _ = try? CaseRequest(file, date: "2026-01-01", needsIdentity: false)
}

private let tumorTypes: TumorTypes = {
    let types =
        "code\tname\tparent\ttissue\tsynonyms\tdoid\nANY\tAny\t\t\t\t\nSOLID\tSolid\tANY\t\t\t\nLUAD\tLung\tSOLID\t\t\t\n"
    guard
        let table = try? TSVTable(
            text: types, file: "tumor_types.tsv",
            required: ["code", "name", "parent", "tissue", "synonyms", "doid"]),
        let indications = try? TSVTable(
            text: "code\tindication\nSOLID\tmetastatic-solid\n", file: "indications.tsv",
            required: ["code", "indication"]),
        let result = try? TumorTypes(types: table, indications: indications)
    else { fatalError("the tumor types of the fuzz target are refused") }
    return result
}()

private let evidenceHeader = Array((EvidenceRow.columns.joined(separator: "\t") + "\n").utf8)

/// Evidence rows of any bytes are read or refused; a criterion that was read prints as itself.
func evidence(_ bytes: [UInt8]) {
    if let table = try? TSVTable(bytes: bytes, file: "evidence.tsv", required: ["id"]) {
        for row in table.rows { _ = table.cell(row, "id") }
    }
    if let table = try? TSVTable(
        bytes: evidenceHeader + bytes, file: "evidence.tsv", required: EvidenceRow.columns)
    {
        _ = EvidenceRow.parse(table, source: "fuzz 1", tumorTypes: tumorTypes)
    }
    let text = String(decoding: bytes.prefix(400), as: UTF8.self)
    guard let criterion = try? Criterion(parsing: text) else { return }
    let again = try? Criterion(parsing: criterion.description)
    claim(again == criterion, "\(criterion.description) reads as another criterion")
}

/// Segment tables of any bytes are read or refused.
func segments(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let table = try? SegmentTable(file: "segments.tsv", text: text, keepingSoundRows: true) {
        _ = SegmentCoverage(table.segments)
    }
}

/// Structural variants of any bytes: BEDPE tables are read or refused, the records below a fixed head of a VCF are joined to junctions of which
/// each stands in order, and alleles in breakend notation print as they were written.
func structural(_ bytes: [UInt8]) {
    if let table = try? BEDPETable(file: "calls.bedpe", text: String(decoding: bytes, as: UTF8.self)) {
        table.calls.variants.forEach(claim)
    }
    var reader = StructuralReader(
        header: VCFHeader(text: structuralHead), roles: SampleRoles(tumor: 1, normal: 0, decidedBy: ""))
    var records = 0
    for line in bytes.split(separator: 0x0A) {
        let text = String(decoding: line, as: UTF8.self)
        if let record = VCFRecord(line: text, lineNumber: records + 1) {
            records += 1
            reader.add(record)
        }
        guard let allele = BreakendAllele(text) else { continue }
        claim(BreakendAllele(allele.description) == allele, "\(allele) reads as another allele")
    }
    let calls = reader.finish()
    calls.variants.forEach(claim)
    claim(calls.tally.records == records, "\(calls.tally.records) of \(records) records are counted")
}

private let structuralHead = """
    ##fileformat=VCFv4.3
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT

    """

private func claim(_ variant: StructuralVariant) {
    if let second = variant.second { claim(variant.first <= second, "\(variant.key) is out of order") }
    claim((variant.second == nil) == (variant.kind == .single), "\(variant.key) is of another kind")
    claim((variant.length ?? 0) >= 0 && (variant.span ?? 0) >= 0, "\(variant.key) has a negative length")
    _ = variant.interval
}

private let mafColumns = [
    "Hugo_Symbol", "NCBI_Build", "Chromosome", "Start_Position", "Reference_Allele", "Tumor_Seq_Allele1",
    "Tumor_Seq_Allele2", "Variant_Classification", "Tumor_Sample_Barcode", "t_depth", "t_ref_count",
    "t_alt_count",
    "n_depth", "n_ref_count", "n_alt_count", "t_vaf", "HGVSc", "HGVSp", "HGVSp_Short", "Consequence",
    "Exon_Number",
    "FILTER",
].joined(separator: "\t")

/// Rows of any bytes below the columns of a MAF, and a MAF of any bytes, are read or refused.
func maf(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
    for header in [[mafColumns[...]], []] {
        var reader = MAFReader(file: "calls.maf")
        for line in header + lines {
            guard let row = try? reader.read(line) else { continue }
            claim(row.tumorCall)
            claim(row.normalCall)
            claim((row.variant == nil) == (row.unjudged != nil), "neither a variant nor a reason")
            if let variant = row.variant?.trimmed(keepingAnchor: false) {
                claim(variant.trimmed(keepingAnchor: false) == variant, "trimming twice differs")
            }
            if let change = row.consequence.proteinChange { claim(change) }
        }
    }
}

/// A protein change that was read prints as one that reads the same.
func proteins(_ bytes: [UInt8]) {
    guard let change = ProteinChange(hgvs: String(decoding: bytes.prefix(200), as: UTF8.self)) else { return }
    claim(change)
    // With one letter an unknown residue is written as people used to write a stop.
    let hasUnknown = (change.reference + change.alternate).contains("X")
    for name in hasUnknown ? [change.threeLetterName] : [change.threeLetterName, change.oneLetterName] {
        guard let again = ProteinChange(hgvs: name) else { return claim(false, "\(name) does not read") }
        // A deletion is printed without the residues between its ends.
        claim(again.isSameChange(as: change), "\(name) reads as another change")
        claim(again.threeLetterName == change.threeLetterName, "\(name) reads as \(again.threeLetterName)")
    }
}

private func claim(_ change: ProteinChange) {
    claim(change.first <= change.last, "a change ends before it starts")
    claim(change.isSameChange(as: change), "a change is not the same as itself")
    _ = (change.netLength, change.substitutions, change.insertedAfter, change.shortName)
}

/// Gene models of any bytes are read, and are the same after the cache; a damaged cache is refused.
func genes(_ bytes: [UInt8]) {
    _ = try? GeneModel(encoded: bytes)
    guard let parse = try? GFF3Parser.parse(bytes, file: "genes.gff3") else { return }
    let again = try? GeneModel(encoded: parse.model.encoded())
    claim(again == parse.model, "a gene model is not what its cache says")
    for number in parse.model.contigs.indices {
        var found: [Int] = []
        TranscriptIndex(parse.model, contig: number).find(0..<1000, into: &found)
    }
}

/// A name that was read prints as one that reads the same.
func names(_ bytes: [UInt8]) {
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    _ = ProteinChange(hgvs: text)
    guard let name = HGVSName(text) else { return }
    claim(HGVSName(name.description) == name, "\(name.description) reads as another name")
}
