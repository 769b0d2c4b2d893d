import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Cases of bcftools csq", .enabled(if: TestData.isAvailable))
struct CsqCasesTests {
    /// One world: a few genes and their bases.
    private struct World {
        var caller: ConsequenceCaller
        var sequences: [Contig: ContigSequence] = [:]

        init(_ folder: String, gff: String) throws {
            let root = "annotation/bcftools/csq/\(folder)/"
            let lines = try TestData.lines(root + gff)
            caller = ConsequenceCaller(
                model: try GFF3Parser.parse(Array(lines.joined(separator: "\n").utf8), file: gff).model)
            var name = ""
            var bases: [UInt8] = []
            for line in try TestData.lines(root + "\(folder).fa") + [">"] {
                guard line.hasPrefix(">") else {
                    bases += line.utf8
                    continue
                }
                if !name.isEmpty { sequences[Contig(name)] = ContigSequence(letters: bases) }
                name = String(line.dropFirst().prefix { !$0.isWhitespace })
                bases = []
            }
        }
    }

    private struct Record {
        var contig: Contig
        var position: Int
        var reference: String
        var alternate: String
    }

    private func records(_ path: String) throws -> [Record] {
        try TestData.lines(path).filter { !$0.hasPrefix("#") }.map {
            let fields = $0.split(separator: "\t").map(String.init)
            return Record(
                contig: Contig(fields[0]), position: Int(fields[1]) ?? 0, reference: fields[3],
                alternate: fields[4])
        }
    }

    /// What is said of each record and transcript: `terms|residues`, or `@` for a record joined to an earlier one.
    private func answers(_ world: inout World, _ records: [Record], isLocal: Bool) -> [String: (
        terms: Set<SequenceOntologyTerm>, residues: String
    )] {
        var result: [String: (terms: Set<SequenceOntologyTerm>, residues: String)] = [:]
        for number in world.caller.model.transcripts.indices {
            let id = world.caller.model.text(world.caller.model.transcripts[number].id)
            var edits: [VariantEdit] = [], owners: [Record] = []
            for record in records where record.alternate != "." {
                guard let sequence = world.sequences[record.contig],
                    world.caller.model.contigNumber(record.contig).map({
                        world.caller.model.transcripts(ofContig: $0).contains(number)
                    }) == true
                else { continue }
                var edit = VariantEdit()
                edit.set(
                    position: record.position - 1, reference: Array(record.reference.utf8)[...],
                    alternate: Array(record.alternate.utf8)[...], in: sequence)
                edits.append(edit)
                owners.append(record)
            }
            guard let contig = owners.first?.contig, let sequence = world.sequences[contig] else { continue }
            let groups =
                isLocal
                ? edits.indices.flatMap { index in
                    world.caller.callHaplotype([edits[index]], on: number, in: sequence).map {
                        var group = $0
                        group.members = [index]
                        return group
                    }
                } : world.caller.callHaplotype(edits, on: number, in: sequence)
            for group in groups {
                let change = world.caller.residues(of: group.consequence, group.edit, in: sequence)
                for member in group.members {
                    let key =
                        "\(owners[member].position) \(owners[member].reference)>\(owners[member].alternate) \(id.split(separator: ".")[0])"
                    result[key] = (Set(group.consequence.terms.list), change)
                }
            }
        }
        return result
    }

    /// A run of the table: which files, which records, which mode, and the lines that bcftools wrote.
    private struct Run {
        var folder: String
        var gff: String
        var vcf: String
        var isLocal: Bool
        var left: String
        var lines: [String]
    }

    private func runs() throws -> [Run] {
        try TestData.table("annotation/bcftools/csq-cases.tsv").flatMap { row -> [Run] in
            let folder = row["dir", default: ""], command = row["input_or_command", default: ""]
            let text = try String(
                contentsOfFile: TestData.path(
                    "annotation/bcftools/csq/\(folder)/\(row["expected", default: ""])"), encoding: .utf8)
            guard row["mode"] == "cmd" else {
                return [
                    Run(
                        folder: folder, gff: "\(folder).gff", vcf: command,
                        isLocal: row["mode"] == "--local-csq", left: "",
                        lines: text.split(separator: "\n").map(String.init))
                ]
            }
            let blocks = command.contains("EXP") ? [text[...]] : text.split(separator: "\n\n")
            return zip(command.split(separator: " ; echo ; "), blocks).compactMap { part, block in
                let words = part.split(separator: " ").map(String.init)
                guard let vcf = words.first(where: { $0.hasSuffix(".vcf") }),
                    let gff = words.first(where: { $0.hasSuffix(".gff") })
                else { return nil }
                let left =
                    words.first { $0.hasPrefix("'POS!=") }.map { String($0.dropFirst(6).dropLast()) } ?? ""
                return Run(
                    folder: folder, gff: gff, vcf: vcf, isLocal: words.contains { $0.hasPrefix("-l") },
                    left: left,
                    lines: block.split(separator: "\n").map(String.init))
            }
        }
    }

    @Test("local and haplotype-aware, but for argued differences")
    func cases() throws {
        var agreement = Agreement()
        var argued: [String: Int] = [:]
        for run in try runs() {
            var world = try World(run.folder, gff: run.gff)
            let records = try records("annotation/bcftools/csq/\(run.folder)/\(run.vcf)").filter {
                "\($0.position)" != run.left
            }
            let mine = answers(&world, records, isLocal: run.isLocal)
            var previous = ""
            for (index, line) in run.lines.enumerated() {
                let record = line.split(separator: "\t").prefix(3).joined(separator: " ")
                // The first of two lines of a record is what a person expected, the second what was written.
                let next = index + 1 < run.lines.count ? run.lines[index + 1] : ""
                let isFirst =
                    next.split(separator: "\t").prefix(3).joined(separator: " ") == record
                    && record != previous
                previous = record
                if !isFirst || line == next { compare(line, mine, run, &agreement, &argued) }
            }
        }
        print("  csq: \(agreement), argued \(argued)")
        for difference in agreement.differences { print(difference) }
        #expect(agreement.total > 60 && agreement.differences == [])
    }

    private func compare(
        _ line: String, _ mine: [String: (terms: Set<SequenceOntologyTerm>, residues: String)], _ run: Run,
        _ agreement: inout Agreement, _ argued: inout [String: Int]
    ) {
        let fields = line.split(separator: "\t").map(String.init)
        guard fields.count == 4 else { return }
        var expected: [String: (terms: Set<SequenceOntologyTerm>, residues: String)] = [:]
        for entry in fields[3].split(separator: ",") {
            let parts = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard parts.count > 2, !parts[2].isEmpty else { continue }
            var (terms, residues) = expected[parts[2]] ?? ([], "")
            terms.formUnion(SequenceOntologyTerm.list(reading: parts[0].drop { $0 == "*" }))
            if parts.count > 5 { residues = parts[5] }
            expected[parts[2]] = (terms, residues)
        }
        let isJoined = fields[3].contains("@")
        for (id, theirs) in expected.sorted(by: { $0.key < $1.key }) {
            let key = "\(fields[0]) \(fields[1])>\(fields[2]) \(id)"
            let answer = mine[key] ?? ([], "")
            // A record joined to another says of itself only what is not coding.
            var terms = answer.terms.filter { Self.isSaid($0) && (!isJoined || $0 == .spliceRegionVariant) }
            if theirs.residues.contains(">"), !theirs.terms.contains(.spliceRegionVariant) {
                terms.remove(.spliceRegionVariant)
            }
            let left = Self.summary(terms, isJoined || theirs.residues.isEmpty ? "" : answer.residues)
            let right = Self.summary(theirs.terms, theirs.residues)
            if left != right, let reason = Self.arguments["\(run.folder) \(fields[0])"] {
                argued[reason, default: 0] += 1
            } else {
                agreement.compare(left, right, "  \(run.folder) \(run.vcf) \(key.prefix(60))")
            }
        }
    }

    /// Whether bcftools has the term.
    private static func isSaid(_ term: SequenceOntologyTerm) -> Bool {
        ![
            .startRetainedVariant, .spliceDonorRegionVariant, .spliceDonorFifthBaseVariant,
            .splicePolypyrimidineTractVariant,
        ].contains(term)
    }

    /// Terms, and the first touched residue, with what only the tools' words differ in folded: VEP's
    /// protein_altering_variant is an inframe change of bcftools, which numbers new residues by the new protein and
    /// starts at the first residue that differs.
    private static func summary(_ terms: Set<SequenceOntologyTerm>, _ residues: String) -> String {
        var words = Set(
            terms.map {
                [.inframeInsertion, .inframeDeletion, .proteinAlteringVariant].contains($0)
                    ? "inframe" : $0.rawValue
            })
        if words.contains("missense_variant") { words.remove("inframe") }
        var sides = residues.split(separator: ">").map { side in
            (number: Int(side.prefix { $0.isNumber }) ?? 0, letters: Array(side.drop { $0.isNumber }))
        }
        if sides.count == 2, !words.contains("frameshift_variant"), let old = sides.first,
            sides[1].letters.count == old.letters.count
        {
            let same = zip(old.letters, sides[1].letters).prefix { $0 == $1 }.count
            if same < old.letters.count { sides[0] = (old.number + same, Array(old.letters.dropFirst(same))) }
        }
        return "\(words.sorted()) "
            + (sides.first.map { "\($0.number)\($0.letters.first.map(String.init) ?? "")" } ?? "")
    }

    /// Cases in which we differ from bcftools, and why; see `DIFFERENCES.md`.
    private static let arguments: [String: String] = [
        "ENST00000230048 214": "start lost by a frameshift",
        "ENST00000420670 44688": "a protein of one residue",
        "ENST00000528237 14714": "no stop in the model",
        "ENST00000571540 3188": "the incomplete first codon counts",
        "ENST00000379416 53595": "an insertion between two codons touches neither",
        "EMN908947 13468": "a base that is read twice",
    ]
}
