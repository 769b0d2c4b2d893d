import Consequences
import GeneModels
import Genome
import TestSupport

/// A caller over the pack's genes, and what it says of one variant on one transcript.
struct PackCaller {
    let genome: PackGenome
    var caller: ConsequenceCaller
    /// The caller over MANE Select, read once for all tests.
    static let mane = try? PackCaller(models: "mane_select")
    private var edit = VariantEdit()
    private var numbers: [String: Int] = [:]

    init(models: String, assembly: String = "GRCh38") throws {
        genome = try PackGenome(assembly: assembly)
        let lines = try TestData.lines("annotation/lrg-pack/\(models).\(assembly).gff3.gz")
        let parse = try GFF3Parser.parse(Array(lines.joined(separator: "\n").utf8), file: models)
        caller = ConsequenceCaller(model: parse.model)
        for (number, transcript) in parse.model.transcripts.enumerated() {
            let id = parse.model.text(transcript.id)
            numbers[id] = number
            numbers[String(id.prefix { $0 != "." })] = number
        }
    }

    /// What is said of a variant.
    struct Answer {
        var terms: Set<String>
        var coding = ""
        var protein = ""
        var consequence: TranscriptConsequence
    }

    /// The answer for the transcript with this id, with or without version; `position` as in VCF.
    mutating func answer(
        _ contig: String, _ position: Int, _ reference: String, _ alternate: String, _ transcript: String
    ) -> Answer? {
        guard let number = numbers[transcript], let region = genome.region(Contig(contig), position - 1)
        else {
            return nil
        }
        return Self.answer(&caller, &edit, number, position, reference, alternate, region.sequence)
    }

    /// The other columns that VEP has, by the names of the grid's table.
    mutating func columns(
        _ contig: String, _ position: Int, _ reference: String, _ alternate: String, _ transcript: String
    ) -> [String: String]? {
        guard let number = numbers[transcript],
            let sequence = genome.region(Contig(contig), position - 1)?.sequence,
            let answer = answer(contig, position, reference, alternate, transcript)
        else { return nil }
        let consequence = answer.consequence
        func text(_ write: (inout [UInt8]) -> Void) -> String {
            var out: [UInt8] = []
            write(&out)
            return String(decoding: out, as: UTF8.self)
        }
        var other = caller
        return [
            "vep_cdna": text { consequence.write(.spliced, to: &$0) },
            "vep_cds": text { consequence.write(.coding, to: &$0) },
            "vep_protein": text { consequence.write(.protein, to: &$0) },
            "vep_aa": text { other.writeResidues(of: consequence, edit, in: sequence, to: &$0) },
            "vep_codons": text { other.writeCodons(of: consequence, edit, in: sequence, to: &$0) },
            "vep_exon": text { other.writeExon(of: consequence, to: &$0) },
            "vep_intron": text { other.writeIntron(of: consequence, to: &$0) },
            "vep_distance": consequence.distance > 0 ? "\(consequence.distance)" : "",
            "vep_hgvs_offset": answer.coding.isEmpty
                ? "" : text { other.writeShift(of: edit, on: number, to: &$0) },
        ]
    }

    /// The answer over other bases than the genome's.
    mutating func answer(
        _ sequence: ContigSequence, _ position: Int, _ reference: String, _ alternate: String,
        _ transcript: String
    ) -> Answer? {
        guard let number = numbers[transcript] else { return nil }
        return Self.answer(&caller, &edit, number, position, reference, alternate, sequence)
    }

    /// The answer for a change that a `c.` name gives.
    mutating func answer(codingName: String, _ id: String) -> Answer? {
        let model = caller.model
        guard let number = numbers[id], case .coding(let name)? = HGVSName(codingName)?.change,
            let change = name.changes.first,
            let place = change.interval.firstPosition?.place(inTranscript: number, model),
            let entry = model.contigs.first(where: {
                ($0.firstTranscript..<($0.firstTranscript + $0.transcriptCount)).contains(Int32(number))
            }),
            let sequence = genome.region(Contig(model.text(entry.name)), place)?.sequence,
            let alleles = change.alleles(ofTranscript: number, model, on: sequence)
        else { return nil }
        return Self.answer(
            &caller, &edit, number, alleles.position + 1, String(decoding: alleles.reference, as: UTF8.self),
            String(decoding: alleles.alternate, as: UTF8.self), sequence)
    }

    /// The id of a gene's MANE Select transcript.
    func maneTranscript(_ gene: String) -> String? {
        let model = caller.model
        return model.transcripts.first {
            $0.isMANESelect && model.text(model.genes[Int($0.gene)].symbol) == gene
        }.map { model.text($0.id) }
    }

    /// The transcript with this id.
    func transcript(_ id: String) -> Transcript? { numbers[id].map { caller.model.transcripts[$0] } }

    static func answer(
        _ caller: inout ConsequenceCaller, _ edit: inout VariantEdit, _ number: Int, _ position: Int,
        _ reference: String, _ alternate: String, _ sequence: ContigSequence
    ) -> Answer {
        edit.set(
            position: position - 1, reference: Array(reference.utf8)[...],
            alternate: Array(alternate.utf8)[...], in: sequence)
        let consequence = caller.call(edit, on: number, in: sequence)
        var answer = Answer(terms: Set(consequence.terms.list.map(\.rawValue)), consequence: consequence)
        var out: [UInt8] = []
        if caller.writeTranscriptName(of: edit, on: number, in: sequence, to: &out) {
            answer.coding = String(decoding: out, as: UTF8.self)
        }
        out = []
        if caller.writeProteinName(of: consequence, edit, in: sequence, to: &out) {
            answer.protein = String(decoding: out, as: UTF8.self)
        }
        return answer
    }
}

/// Counts of equal and different answers, with the differences.
struct Agreement: CustomStringConvertible {
    private(set) var total = 0
    private(set) var differences: [String] = []

    mutating func compare<Value: Equatable>(
        _ mine: Value, _ theirs: Value, _ place: @autoclosure () -> String
    ) {
        total += 1
        if mine != theirs { differences.append("\(place()): \(mine), expected \(theirs)") }
    }

    var equal: Int { total - differences.count }
    var fraction: Double { total == 0 ? 0 : Double(equal) / Double(total) }
    var description: String { "\(equal) of \(total)" }
}

extension HGVSInterval {
    /// The first position, where it is sure.
    var firstPosition: Position? {
        if case .exactly(let position) = start { return position }
        return nil
    }
}
