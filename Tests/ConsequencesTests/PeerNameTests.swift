import Consequences
import Foundation
import TestSupport
import Testing

/// The outside tables with VEP's and SnpEff's names.
private let tables = ["annotation/edge-grid/peers.tsv.gz", "annotation/clinvar/peers.mane.tsv.gz"]

/// Names that say nothing to match, and why.
private let unread: [(ending: String, reason: String)] = [
    ("???", "SnpEff's incomplete last codon"),
    ("Met1_?2", "VEP's deletion from the start codon, in the manner of p.?"),
]

private func pNames(_ column: String, _ table: String) throws -> [(row: [String: String], name: String)] {
    try TestData.table(table).compactMap { row in
        guard let name = row[column], name != "." else { return nil }
        return (row, name)
    }
}

@Test(
    "every p. name of VEP is read, but those like p.?", .enabled(if: TestData.isAvailable), arguments: tables)
func readsVEP(table: String) throws {
    let names = try pNames("vep_hgvsp", table)
    #expect(names.count > 90)
    for (row, name) in names where !unread.contains(where: { name.hasSuffix($0.ending) }) {
        #expect(ProteinChange(hgvs: name) != nil, "\(row["id"] ?? "") \(name)")
    }
}

/// VEP's names that we print otherwise, with the reason.
private func known(_ name: String) -> String? {
    if name.hasSuffix("%3D") { return "= is written as it is" }
    if name.contains("fs") { return "the place of the new stop is not kept" }
    if name.contains("ext") { return "the length of the extension is not kept" }
    if name.hasSuffix("delinsTer") { return "HGVS names one residue that becomes a stop as a substitution" }
    return nil
}

@Test(
    "three-letter names are VEP's for substitution, del, dup, ins, delins",
    .enabled(if: TestData.isAvailable),
    arguments: tables)
func printsVEP(table: String) throws {
    var compared = 0
    for (row, name) in try pNames("vep_hgvsp", table) {
        guard let change = ProteinChange(hgvs: name), let colon = name.lastIndex(of: ":") else { continue }
        let bare = String(name[name.index(after: colon)...])
        compared += 1
        if bare.contains("fs") {
            #expect(bare.hasPrefix(change.threeLetterName), "\(row["id"] ?? "")")
        } else if known(bare) == nil {
            #expect(change.threeLetterName == bare, "\(row["id"] ?? "")")
        } else {
            #expect(ProteinChange(hgvs: change.threeLetterName) == change, "\(row["id"] ?? "") \(bare)")
        }
    }
    #expect(compared > 90)
}

/// The kinds of change that VEP's most severe protein term stands for.
private let kinds: [SequenceOntologyTerm: Set<ProteinChange.Kind>] = [
    .missenseVariant: [.missense],
    .frameshiftVariant: [.frameshift, .nonsense, .stopLost, .synonymous, .startLost],
    .inframeDeletion: [.inframeDeletion, .inframeDelins],
    .inframeInsertion: [.inframeInsertion, .inframeDelins],
    .stopLost: [.stopLost, .frameshift], .startLost: [.startLost], .synonymousVariant: [.synonymous],
]

@Test("the kind of change fits VEP's term", .enabled(if: TestData.isAvailable), arguments: tables)
func kindFitsTerm(table: String) throws {
    for (row, name) in try pNames("vep_hgvsp", table) {
        guard let change = ProteinChange(hgvs: name) else { continue }
        let terms = (row["vep_consequence"] ?? "").split(separator: "&").compactMap {
            SequenceOntologyTerm(reading: $0)
        }
        // EGFR p.Ter1211delinsTer: residues come after a stop that stays.
        if name.hasSuffix("p.Ter1211delinsTer") { continue }
        guard let worst = terms.min(), let allowed = kinds[worst] else { continue }
        #expect(allowed.contains(change.kind), "\(row["id"] ?? "") \(name) \(worst.rawValue)")
    }
}

@Test(
    "SnpEff's p. names mean what VEP's mean, where they end alike", .enabled(if: TestData.isAvailable),
    arguments: tables)
func agreesWithSnpEff(table: String) throws {
    var compared = 0
    for (row, name) in try pNames("snpeff_hgvsp", table)
    where !unread.contains(where: { name.hasSuffix($0.ending) }) {
        // `p.156` and the like: SnpEff names no change.
        if name.dropFirst(2).allSatisfy(\.isNumber) { continue }
        let own = try #require(ProteinChange(hgvs: name), "\(row["id"] ?? "") \(name)")
        guard let vep = row["vep_hgvsp"].flatMap({ ProteinChange(hgvs: $0) }), own.kind == vep.kind,
            [.missense, .nonsense, .inframeDelins].contains(own.kind)
        else { continue }
        compared += 1
        #expect(
            own.first == vep.first && own.last == vep.last,
            "\(row["id"] ?? "") \(name) \(row["vep_hgvsp"] ?? "")")
    }
    #expect(compared > 20)
}

@Test(
    "every consequence term of VEP, SnpEff and bcftools is known", .enabled(if: TestData.isAvailable),
    arguments: tables)
func readsTerms(table: String) throws {
    for row in try TestData.table(table) {
        var words =
            (row["vep_consequence"] ?? "").split(separator: "&")
            + (row["snpeff_effect"] ?? "").split(separator: "&")
        for entry in (row["bcftools_bcsq"] ?? "").split(separator: ",") {
            let first = entry.split(separator: "|", omittingEmptySubsequences: false)[0]
            words += first.drop { $0 == "*" }.split(separator: "&")
        }
        for word in words where word != "." && !word.hasPrefix("@") {
            #expect(SequenceOntologyTerm(reading: word) != nil, "\(row["id"] ?? "") \(word)")
        }
    }
}
