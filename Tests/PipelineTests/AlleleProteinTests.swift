import Consequences
import Foundation
import Genome
import Knowledge
import Pipeline
import TestSupport
import Testing
import Variants

/// Alleles that rows list cause the protein change that the row names, on the real sequence of the pack's genes.
@Suite("Alleles and protein changes", .enabled(if: TestData.isAvailable))
struct AlleleProteinTests {
    @Test(
        "each listed allele gives its row's change",
        arguments: [(Assembly.grch38, "mane_select.GRCh38"), (.grch37, "refseq.GRCh37")])
    func alleles(assembly: Assembly, models: String) throws {
        let pack = try Pack.regions(assembly)
        let transcripts = try CodingModel.read("annotation/lrg-pack/\(models).gff3.gz")
        var checked = 0
        for row in try KnowledgeBaseTests.load().evidence.rows() {
            let leaves = row.criterion.singleChanges
            guard !leaves.isEmpty else { continue }
            for variant in row.alleles[assembly] ?? [] {
                let models = transcripts[row.gene] ?? []
                let results = models.compactMap { $0.changedResidues(variant, pack) }
                guard !results.isEmpty else { continue }
                let isConfirmed = results.contains { changed in leaves.contains { $0.isMet(by: changed) } }
                #expect(isConfirmed, "\(row.id) \(row.criterion): \(variant.key) gives \(results)")
                checked += 1
            }
        }
        #expect(checked >= 60, "\(checked) alleles checked on \(assembly.rawValue)")
    }
}

extension Criterion {
    /// Leaves that name single residues.
    fileprivate var singleChanges: [Criterion] {
        switch self {
        case .protein(_, let change) where change.kind == .missense || change.kind == .nonsense: [self]
        case .codons: [self]
        case .and(let parts), .or(let parts): parts.flatMap(\.singleChanges)
        default: []
        }
    }

    /// Whether residues that changed (position to new residue) are what the leaf names.
    fileprivate func isMet(by changed: [Int: String]) -> Bool {
        switch self {
        case .protein(_, let change):
            Set(changed.keys) == [change.first]
                && changed[change.first] == "\(change.reference)>\(change.alternate)"
        case .codons(_, let codons, _): !Set(changed.keys).isDisjoint(with: codons)
        default: false
        }
    }
}

/// The coding sequence of one transcript, by its blocks on the genome.
struct CodingModel {
    let contig: String
    let isForward: Bool
    /// 0-based, half-open, ascending.
    let blocks: [Range<Int>]

    /// Models by gene symbol.
    static func read(_ name: String) throws -> [String: [CodingModel]] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", TestData.path(name)]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        var genes: [Substring: Substring] = [:]
        var symbols: [Substring: Substring] = [:]
        var parts: [Substring: (contig: Substring, isForward: Bool, blocks: [Range<Int>])] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t")
            guard cells.count == 9 else { continue }
            func attribute(_ key: String) -> Substring? {
                cells[8].split(separator: ";").first { $0.hasPrefix(key + "=") }?.dropFirst(key.count + 1)
            }
            if cells[2] == "gene", let id = attribute("ID"), let symbol = attribute("Name") {
                symbols[id] = symbol
            }
            if let id = attribute("ID"), id.hasPrefix("transcript:") { genes[id] = attribute("Parent") ?? "" }
            if cells[2] == "CDS", let parent = attribute("Parent"), let start = Int(cells[3]),
                let end = Int(cells[4])
            {
                parts[parent, default: (cells[0], cells[6] == "+", [])].blocks.append((start - 1)..<end)
            }
        }
        var models: [String: [CodingModel]] = [:]
        for (transcript, part) in parts {
            guard let gene = genes[transcript], let symbol = symbols[gene] else { continue }
            models[String(symbol), default: []].append(
                CodingModel(
                    contig: String(part.contig), isForward: part.isForward,
                    blocks: part.blocks.sorted { $0.lowerBound < $1.lowerBound }))
        }
        return models
    }

    /// Residues that a substitution changes, 1-based, as `V>E`; nil if it lies outside the coding sequence or the pack.
    func changedResidues(_ variant: Variant, _ pack: Pack) -> [Int: String]? {
        guard variant.contig.name == contig, variant.reference.utf8.count == variant.alternate.utf8.count,
            blocks.contains(where: {
                $0.lowerBound <= variant.position && variant.range.upperBound <= $0.upperBound
            })
        else { return nil }
        var before: [UInt8] = []
        var after: [UInt8] = []
        for block in blocks {
            guard let bases = pack.bases(contig, block) else { return nil }
            var changed = Array(bases.utf8)
            before += changed
            if block.contains(variant.position) {
                for (offset, base) in variant.alternate.utf8.enumerated() {
                    changed[variant.position - block.lowerBound + offset] = base
                }
            }
            after += changed
        }
        let old = translate(before), new = translate(after)
        var residues: [Int: String] = [:]
        for index in 0..<min(old.count, new.count) where old[index] != new[index] {
            residues[index + 1] = "\(old[index])>\(new[index])"
        }
        return residues
    }

    private func translate(_ bases: [UInt8]) -> [Character] {
        let pairs: [UInt8: UInt8] = [65: 84, 67: 71, 71: 67, 84: 65]
        let strand = isForward ? bases : bases.reversed().map { pairs[$0] ?? 78 }
        let order = Array("TCAG".utf8)
        let code = Array("FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG")
        return stride(from: 0, to: strand.count - strand.count % 3, by: 3).map { start in
            let places = (0..<3).map { order.firstIndex(of: strand[start + $0]) }
            guard let a = places[0], let b = places[1], let c = places[2] else { return "X" }
            return code[a * 16 + b * 4 + c]
        }
    }
}
