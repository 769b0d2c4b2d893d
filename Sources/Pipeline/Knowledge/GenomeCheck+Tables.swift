internal import Consequences
internal import GeneModels
internal import Genome
internal import Knowledge

extension GenomeCheck {
    /// Checks the rows of `exons.tsv`, `numbering.tsv` and `promoters.tsv`.
    mutating func check(_ table: KnowledgeTable) throws {
        guard table.isWhole else { return }
        for line in table.table.rows {
            func cell(_ column: String) -> String { table.table.cell(line, column) }
            let place = table.place.row(line.line, id: cell("gene"))
            switch table.name {
            case "promoters.tsv":
                counts.allelesOfOtherAssembly += table.alleles(line, otherColumn).count
                for allele in table.alleles(line, column) { _ = try compare(allele, column, place) }
            case "exons.tsv": checkExon(cell, place)
            case "numbering.tsv": try checkNumbering(cell, table.table.items(line, "otherTranscripts"), place)
            default: return
            }
        }
    }

    private mutating func checkExon(_ cell: (String) -> String, _ place: KnowledgePlace) {
        guard let model = caller?.model, let exon = Int(cell("exon")), let first = Int(cell("firstResidue")),
            let last = Int(cell("lastResidue")), first <= last
        else { return }
        let id = cell("transcript").isEmpty ? vocabulary.selected[cell("gene")] ?? "" : cell("transcript")
        guard let number = transcripts?.number(id, vocabulary) else {
            counts.exonsNotCompared += 1
            return
        }
        counts.exonsCompared += 1
        let name = model.text(model.transcripts[number].id)
        guard let span = model.codingSpan(ofExon: exon, inTranscript: number) else {
            add(
                place, .modelDiffers, column: "exon", "\(name) has no coding exon \(exon)",
                "1 to \(model.transcripts[number].exonCount)", "Mend the row.")
            return
        }
        // The stop of the last exon may be left out.
        let isLast = span.lastBase == Int(model.transcripts[number].codingLength)
        let ends = [span.residues.upperBound] + (isLast ? [span.residues.upperBound - 1] : [])
        if first != span.residues.lowerBound || !ends.contains(last) {
            add(
                place, .modelDiffers, column: "firstResidue", "exon \(exon) is said to hold \(first)-\(last)",
                "\(span.residues.lowerBound)-\(span.residues.upperBound) on \(name)", "Mend the row.")
        }
        if let base = Int(cell("lastCodingBase")), base != span.lastBase {
            add(
                place, .modelDiffers, column: "lastCodingBase", "exon \(exon) is said to end at c.\(base)",
                "c.\(span.lastBase) on \(name)", "Mend the row.")
        }
    }

    private mutating func checkNumbering(
        _ cell: (String) -> String, _ others: [String], _ place: KnowledgePlace
    ) throws {
        guard let model = caller?.model, let first = Int(cell("firstResidue")),
            let offset = Int(cell("offset")),
            first > 0, first + offset > 0
        else { return }
        let own = transcripts?.number(cell("transcript"), vocabulary)
        for other in others {
            guard let own, let number = transcripts?.number(other, vocabulary), let mine = try protein(own),
                let theirs = try protein(number)
            else {
                counts.exonsNotCompared += 1
                continue
            }
            counts.exonsCompared += 1
            guard mine.dropFirst(first - 1) != theirs.dropFirst(first - 1 + offset) else { continue }
            add(
                place, .modelDiffers, column: "offset",
                "\(other) is said to count \(offset) more than \(cell("transcript")) from residue \(first) on",
                "the same residues; \(model.text(model.transcripts[own].id)) has \(mine.count - 1), "
                    + "\(model.text(model.transcripts[number].id)) \(theirs.count - 1)", "Mend the row.")
        }
    }
}
