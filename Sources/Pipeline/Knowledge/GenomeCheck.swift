// Do rows say of the genome what the genome says?
//
//     allele       REF against the FASTA; an insertion or deletion as far left as the bases allow, as calls are compared
//     change       what the allele does on the row's transcript, against what the criterion names
//     residue      the residue that a criterion replaces, against the transcript's protein; codons and exons exist
//     exons.tsv    residues and last coding base, against the exons of the gene models
//     numbering    the proteins of both transcripts are the same behind the offset
//
// A row counts on its own transcript, without one on MANE Select. Where the gene models have not that transcript, they may have
// the RefSeq transcript that MANE pairs with it (GRCh37). What cannot be compared is counted, never passed in silence.
//
// Not done: rows on the other assembly than the FASTA's, which are counted; transcripts with the same id and other
// versions are taken for the same, and the message of a difference names the version.

internal import Consequences
internal import GeneModels
internal import Genome
internal import Knowledge
internal import Variants

/// Compares rows with a reference genome and gene models.
struct GenomeCheck {
    /// Bases of an assembly.
    struct Reference {
        /// How messages name it.
        var name: String
        /// The length of a contig; nil where it has none of this name.
        var length: (Contig) -> Int?
        /// The bases of a contig around a stretch; nil where they are not there.
        var sequence: (Contig, Range<Int>) throws -> ContigSequence?
    }

    let assembly: Assembly
    let reference: Reference?
    let vocabulary: KnowledgeVocabulary
    var caller: ConsequenceCaller?
    var transcripts: TranscriptNames?
    private var edit = VariantEdit()
    private var proteins: [Int: [UInt8]] = [:]
    var counts: KnowledgeValidation.Genome
    private(set) var problems: [KnowledgeProblem] = []

    init(
        assembly: Assembly, reference: Reference?, model: GeneModel?, vocabulary: KnowledgeVocabulary
    ) {
        (self.assembly, self.reference, self.vocabulary) = (assembly, reference, vocabulary)
        caller = model.map { ConsequenceCaller(model: $0) }
        transcripts = model.map(TranscriptNames.init)
        counts = KnowledgeValidation.Genome(assembly: assembly.rawValue)
    }

    var column: String { assembly == .grch37 ? "grch37" : "grch38" }
    var otherColumn: String { assembly == .grch37 ? "grch38" : "grch37" }

    mutating func add(
        _ place: KnowledgePlace, _ rule: KnowledgeProblem.Rule,
        _ severity: KnowledgeProblem.Severity = .error, column: String, _ found: String, _ expected: String,
        _ remedy: String
    ) {
        let fault = KnowledgeFault(
            rule, severity, column: column, found: found, expected: expected, remedy: remedy)
        problems.append(KnowledgeProblem(fault, place))
    }

    // MARK: Rows of evidence

    /// Checks a row of `evidence.tsv`.
    mutating func check(_ row: EvidenceRow, _ line: TSVTable.Row, _ table: KnowledgeTable) throws {
        let place = table.place.row(line.line, id: row.id)
        counts.allelesOfOtherAssembly += table.alleles(line, otherColumn).count
        var alleles = table.alleles(line, column).map { (allele: $0, column: column) }
        for case .genomic(let assembly, let allele) in row.criterion.leaves {
            if assembly == self.assembly {
                alleles.append((allele, "criterion"))
            } else {
                counts.allelesOfOtherAssembly += 1
            }
        }
        let leaves = row.criterion.leaves.filter(\.countsResidues)
        let number = try transcript(row, place, isNeeded: !alleles.isEmpty || !leaves.isEmpty)
        for (allele, column) in alleles {
            guard let sequence = try compare(allele, column, place) else {
                counts.changesNotCalled += caller == nil || column == "criterion" ? 0 : 1
                continue
            }
            if column != "criterion" { callChange(of: allele, row, number, in: sequence, place) }
        }
        for leaf in leaves { try check(leaf, row, number, place) }
    }

    /// Compares REF with the genome; gives the bases around the allele where they agree.
    mutating func compare(
        _ allele: Variant, _ column: String, _ place: KnowledgePlace
    ) throws -> ContigSequence? {
        guard let reference else {
            counts.allelesNotCompared += 1
            return nil
        }
        guard let length = reference.length(allele.contig) else {
            counts.allelesNotCompared += 1
            return nil
        }
        guard allele.range.upperBound <= length else {
            // Behind the end of the assembly's own contig it is told without a FASTA.
            if let own = assembly.length(of: allele.contig), allele.range.upperBound > own { return nil }
            add(
                place, .allelePosition, column: column,
                "\(allele.key) lies behind the end of contig \(allele.contig)",
                "at most \(length) in \(reference.name)", "Mend the position, or the assembly.")
            return nil
        }
        let sequence = try reference.sequence(allele.contig, allele.range)
        let codes = sequence.map { sequence in allele.range.map { sequence.code(at: $0) } } ?? []
        guard let sequence, !codes.contains(where: { $0 > 3 }) else {
            counts.allelesNotCompared += 1
            return nil
        }
        counts.allelesCompared += 1
        let bases = String(decoding: codes.map(BaseCode.letter), as: UTF8.self)
        guard bases == allele.reference else {
            add(
                place, .alleleReference, column: column,
                "REF of \(allele.key) is \(allele.reference) but \(assembly.rawValue) has \(bases)", bases,
                "Mend the allele; an allele of the other assembly belongs into \(otherColumn).")
            return nil
        }
        let moved = allele.leftmost(in: sequence)
        if moved.position != allele.trimmed(keepingAnchor: false).position {
            add(
                place, .alleleAlignment, column: column,
                "\(allele.key) does not stand as far left as it can, and calls are compared where they do",
                moved.anchored(in: sequence), "Write it there.")
        }
        return sequence
    }

    /// Calls what an allele does on the row's transcript and compares it with the criterion.
    private mutating func callChange(
        of allele: Variant, _ row: EvidenceRow, _ number: Int?, in sequence: ContigSequence,
        _ place: KnowledgePlace
    ) {
        guard let model = caller?.model else { return }
        guard let number, Contig(model.contigName(ofTranscript: number)) == allele.contig else {
            counts.changesNotCalled += 1
            if let number, row.criterion.leaves.contains(where: \.countsResidues) {
                add(
                    place, .alleleChange, column: column,
                    "\(allele.key) lies on another contig than \(model.text(model.transcripts[number].id))",
                    "an allele in \(row.gene)", "Mend the allele or the transcript.")
            }
            return
        }
        edit.set(
            position: allele.position, reference: Array(allele.reference.utf8)[...],
            alternate: Array(allele.alternate.utf8)[...], in: sequence)
        guard let called = caller?.call(edit, on: number, in: sequence),
            let consequence = caller?.consequence(called, edit, in: sequence),
            let isMet = row.isMet(by: consequence, of: allele, on: assembly, vocabulary)
        else {
            counts.changesNotAsked += 1
            return
        }
        counts.changesCompared += 1
        guard !isMet else { return }
        let terms = consequence.terms.map(\.rawValue).joined(separator: ", ")
        let names = [consequence.proteinChange?.shortName ?? consequence.proteinName, consequence.codingName]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        let seen = names.isEmpty ? (terms.isEmpty ? "nothing" : terms) : "\(names) (\(terms))"
        add(
            place, .alleleChange, column: column,
            "\(allele.key) makes \(seen) on \(model.text(model.transcripts[number].id))",
            row.criterion.description, "Mend the allele, the transcript or the criterion.")
    }

    // MARK: Transcripts

    /// The transcript on which a row counts residues, without one the gene's MANE Select transcript.
    private mutating func transcript(
        _ row: EvidenceRow, _ place: KnowledgePlace, isNeeded: Bool
    ) throws -> Int? {
        guard let model = caller?.model, isNeeded else { return nil }
        guard !row.transcript.isEmpty else { return transcript(ofGene: row.gene) }
        guard let number = transcripts?.number(row.transcript, vocabulary) else {
            add(
                place, .transcriptUnknown, .warning, column: "transcript",
                "\(row.transcript) is not in the gene models, so the row was not compared with it",
                "a transcript of the gene models", "Give gene models that have it.")
            return nil
        }
        let gene = model.genes[Int(model.transcripts[number].gene)]
        let symbol = model.text(gene.symbol), id = model.text(gene.hgncID)
        let own = vocabulary.identifier(of: row.gene)
        if !row.gene.isEmpty, symbol != row.gene, id.isEmpty || own == nil || id != own {
            // Older gene models have older symbols.
            add(
                place, .transcriptGene, id.isEmpty ? .warning : .error, column: "transcript",
                "\(row.transcript) is a transcript of \(symbol) in the gene models", "one of \(row.gene)",
                "Mend the gene or the transcript.")
        }
        return number
    }

    private func transcript(ofGene gene: String) -> Int? {
        vocabulary.selected[gene].flatMap { transcripts?.number($0, vocabulary) }
    }

    // MARK: Residues

    private mutating func check(
        _ leaf: Criterion, _ row: EvidenceRow, _ own: Int?, _ place: KnowledgePlace
    ) throws {
        guard let model = caller?.model else { return }
        let gene = leaf.genes.first ?? ""
        guard let number = gene == row.gene ? own : transcript(ofGene: gene) else {
            counts.residuesNotCompared += 1
            return
        }
        let transcript = model.transcripts[number]
        let name = model.text(transcript.id)
        func fault(_ rule: KnowledgeProblem.Rule, _ found: String, _ expected: String) -> KnowledgeProblem {
            KnowledgeProblem(
                KnowledgeFault(
                    rule, column: "criterion", found: found, expected: expected,
                    remedy: "Mend the criterion or the transcript."), place)
        }
        if case .exon(_, let exon, _) = leaf, exon > transcript.exonCount {
            problems.append(
                fault(
                    .criterionExon, "\(leaf): there is no exon \(exon)",
                    "1 to \(transcript.exonCount) on \(name)"))
        }
        if case .exonSkipping(_, let exon) = leaf, exon > transcript.exonCount {
            problems.append(
                fault(
                    .criterionExon, "\(leaf): there is no exon \(exon)",
                    "1 to \(transcript.exonCount) on \(name)"))
        }
        let residues = try protein(number)
        let count = residues?.count ?? (transcript.codingLength + Int(transcript.missingBases)) / 3
        let wanted = leaf.wantedResidues
        guard !wanted.isEmpty else { return }
        counts.residuesNotCompared += residues == nil ? 1 : 0
        counts.residuesCompared += residues == nil ? 0 : 1
        for (position, residue) in wanted {
            guard position <= count else {
                problems.append(
                    fault(
                        .criterionResidue, "\(leaf): there is no residue \(position)",
                        "1 to \(count - 1) on \(name)"))
                return
            }
            guard let residue, residue != UInt8(ascii: "X"), let there = residues?[position - 1],
                there != UInt8(ascii: "X"), there != residue
            else { continue }
            let letters = [residue, there].map { String(decoding: [$0], as: UTF8.self) }
            problems.append(
                fault(
                    .criterionResidue,
                    "\(leaf): residue \(position) of \(name) is \(letters[1]), not \(letters[0])",
                    letters[1]))
            return
        }
    }

    /// The protein of a transcript, with its stop; nil where the reference does not have its bases.
    mutating func protein(_ number: Int) throws -> [UInt8]? {
        if let known = proteins[number] { return known.isEmpty ? nil : known }
        guard let model = caller?.model, let reference else { return nil }
        let transcript = model.transcripts[number]
        let contig = Contig(model.contigName(ofTranscript: number))
        let coding = Int(transcript.codingRegionStart)..<Int(transcript.codingRegionEnd)
        var residues: [UInt8] = []
        if transcript.isCoding, let sequence = try reference.sequence(contig, coding) {
            residues = model.protein(ofTranscript: number, in: sequence)
            if residues.allSatisfy({ $0 == UInt8(ascii: "X") }) { residues = [] }
        }
        proteins[number] = residues
        return residues.isEmpty ? nil : residues
    }
}

extension Criterion {
    /// Whether the leaf speaks of residues or exons.
    fileprivate var countsResidues: Bool {
        switch self {
        case .protein, .codons, .exon, .exonSkipping, .residues: true
        default: false
        }
    }

    /// The residues that the leaf names, by position, with the one-letter residue where it says which.
    fileprivate var wantedResidues: [(position: Int, residue: UInt8?)] {
        switch self {
        case .protein(_, let change):
            guard change.first > 0 else { return [] }
            let letters = Array(change.reference.utf8)
            if letters.count == change.last - change.first + 1 {
                return letters.enumerated().map { (change.first + $0.offset, $0.element) }
            }
            let first = (change.first, letters.first)
            return change.last == change.first
                ? [first] : [first, (change.last, letters.count > 1 ? letters.last : nil)]
        case .codons(_, let codons, _): return codons.map { ($0, nil) }
        case .residues(_, let range, _): return [(range.lowerBound, nil), (range.upperBound, nil)]
        default: return []
        }
    }
}
