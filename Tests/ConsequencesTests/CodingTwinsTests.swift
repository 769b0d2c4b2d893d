import Consequences
import GeneModels
import Genome
import TestSupport
import Testing
import Variants

@Suite("Transcripts that share codons")
struct CodingTwinsTests {
    /// A printer of all transcripts of some models.
    private struct Printer {
        var caller: RecordCaller
        var writer = CSQWriter(printsAll: true)

        init(_ gff3: String) throws {
            let model = try GFF3Parser.parse(Array(gff3.utf8), file: "genes.gff3").model
            caller = RecordCaller(model: model, choice: TranscriptChoice(model), distance: 10)
        }

        /// The entries of a record by transcript, without PICK, which rests on the others.
        mutating func entries(_ record: VCFRecord) -> [String: String] {
            var out: [UInt8] = []
            writer.write(
                record, contig: Array(record.contigName.utf8), isMitochondrial: record.contigName == "MT",
                by: &caller, to: &out
            ) { _ in }
            var entries: [String: String] = [:]
            for entry in String(decoding: out, as: UTF8.self).split(separator: ",") {
                var fields = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                fields[21] = ""
                entries[fields[6]] = fields.joined(separator: "|")
            }
            return entries
        }
    }

    /// The lines of each transcript, with its gene's; every coding one also with other ids, once as it is, once with its first and once
    /// with its last exon longer, once with an exon more before the others.
    private static func transcripts(of genome: GeneratedGenome) -> [[String]] {
        var genes: [String] = [], found: [[String]] = []
        for line in genome.gff3.split(separator: "\n").map(String.init) where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t").map(String.init)
            if columns[2] == "gene" {
                genes.append(line)
            } else if columns[8].hasPrefix("ID=transcript:") {
                found.append([genes[genes.count - 1], line])
            } else {
                found[found.count - 1].append(line)
            }
        }
        return found.flatMap { lines -> [[String]] in
            guard lines.contains(where: { $0.contains("\tCDS\t") }) else { return [lines] }
            return [
                lines, copy(lines, "b"), copy(lines, "c", longerBefore: 7), copy(lines, "d", longerBehind: 5),
                withExonBefore(copy(lines, "e")),
            ]
        }
    }

    /// The transcript with an exon of ten bases before its 5' end.
    private static func withExonBefore(_ lines: [String]) -> [String] {
        var rows = lines.map { $0.split(separator: "\t").map(String.init) }
        guard let whole = rows.indices.dropFirst().first(where: { rows[$0][2].hasSuffix("RNA") }),
            var exon = rows.first(where: { $0[2] == "exon" }), let start = Int(rows[whole][3]),
            let end = Int(rows[whole][4])
        else { return lines }
        let first = exon[6] == "+" ? start - 40 : end + 31
        (exon[3], exon[4]) = ("\(first)", "\(first + 9)")
        if exon[6] == "+" { rows[whole][3] = exon[3] } else { rows[whole][4] = exon[4] }
        return rows.map { $0.joined(separator: "\t") } + [exon.joined(separator: "\t")]
    }

    private static func copy(
        _ lines: [String], _ suffix: String, longerBefore: Int = 0, longerBehind: Int = 0
    ) -> [String] {
        let rows = lines.map { $0.split(separator: "\t").map(String.init) }
        let exons = rows.filter { $0[2] == "exon" }.compactMap { Int($0[3]) }
        return rows.enumerated().map { index, row in
            guard index > 0 else { return lines[0] }
            var row = row
            for key in ["transcript:", "protein_id="] {
                guard let start = row[8].firstRange(of: key)?.upperBound else { continue }
                let end = row[8][start...].firstIndex(of: ";") ?? row[8].endIndex
                row[8].insert(contentsOf: suffix, at: end)
            }
            let (left, right) =
                row[6] == "+" ? (longerBefore, longerBehind) : (longerBehind, longerBefore)
            let isWhole = row[2].hasSuffix("RNA")
            if let start = Int(row[3]), isWhole || row[2] == "exon" && start == exons.min() {
                row[3] = "\(start - left)"
            }
            if let start = Int(row[3]), let end = Int(row[4]),
                isWhole || row[2] == "exon" && (start == exons.max() || exons.count == 1)
            {
                row[4] = "\(end + right)"
            }
            return row.joined(separator: "\t")
        }
    }

    @Test(
        "an entry is the same beside its gene's other transcripts and alone",
        arguments: 1...4 as ClosedRange<UInt64>)
    func alone(seed: UInt64) throws {
        let genome = GeneratedGenome(seed: seed, genes: 6)
        let transcripts = Self.transcripts(of: genome)
        var all = try Printer("##gff-version 3\n" + transcripts.joined().joined(separator: "\n") + "\n")
        var each = try transcripts.map { try Printer($0.joined(separator: "\n") + "\n") }
        let records = try genome.records(1500, seed: seed).map { try #require(VCFRecord(line: $0)) }
        var (compared, coding, shared) = (0, 0, 0)
        for (name, letters) in genome.contigs {
            let sequence = ContigSequence(letters: letters)
            all.caller.enter(Contig(name), sequence: sequence)
            for index in each.indices { each[index].caller.enter(Contig(name), sequence: sequence) }
            for record in records where record.contigName == name {
                let together = all.entries(record)
                var single: [String: String] = [:]
                for index in each.indices {
                    single.merge(each[index].entries(record)) { $1 }
                }
                for (transcript, entry) in together where !transcript.isEmpty {
                    compared += 1
                    #expect(single[transcript] == entry, "seed \(seed): \(record.key)")
                    let codons = entry.split(separator: "|", omittingEmptySubsequences: false)[16]
                    if codons.isEmpty { continue }
                    coding += 1
                    if ["b", "c", "e"].contains(where: transcript.hasSuffix) { shared += 1 }
                }
                #expect(
                    together.keys.filter { !$0.isEmpty }.count == single.keys.filter { !$0.isEmpty }.count)
            }
        }
        #expect(compared > 2000 && coding > 500 && shared > 200, "\(compared) \(coding) \(shared)")
    }
}
