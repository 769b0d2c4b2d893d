internal import Consequences
public import Genome

/// Residues of one transcript that another one counts with an offset: BRAF's V600 is V640 where an exon of 120 bases more is read.
///
///     transcript   … 599 600 601 …       from `firstResidue` on
///     other        … 639 640 641 …       offset 40
///
/// A row's residue is compared only where the reference residue fits too, so that a wrong entry matches nothing.
public struct TranscriptNumbering: Hashable, Sendable {
    /// The transcript on which rows count, without version.
    public let transcript: String
    /// The other transcript, with version where the id alone means different ones.
    public let other: String
    /// The first residue, on ``transcript``, from which the offset holds.
    public let firstResidue: Int
    /// Residues that the other one counts more.
    public let offset: Int

    /// A numbering.
    public init(transcript: String, other: String, firstResidue: Int, offset: Int) {
        (self.transcript, self.other) = (transcript, other)
        (self.firstResidue, self.offset) = (firstResidue, offset)
    }

    /// The numberings of a table; items of `otherTranscripts` are joined by `|`.
    ///
    /// - Throws: `InputError` for a row whose residue or offset is no number.
    public static func parse(_ table: TSVTable) throws(InputError) -> [TranscriptNumbering] {
        var all: [TranscriptNumbering] = []
        for row in table.rows {
            guard let first = Int(table.cell(row, "firstResidue")),
                let offset = Int(table.cell(row, "offset"))
            else {
                throw InputError(
                    file: table.file, place: .line(row.line),
                    problem: "firstResidue is \"\(table.cell(row, "firstResidue"))\" and offset "
                        + "\"\(table.cell(row, "offset"))\", numbers were expected",
                    remedy: "Mend the row.")
            }
            all += table.items(row, "otherTranscripts").map {
                TranscriptNumbering(
                    transcript: String(table.cell(row, "transcript").prefix { $0 != "." }), other: $0,
                    firstResidue: first, offset: offset)
            }
        }
        return all
    }

    /// Columns that the table must have.
    public static let columns = ["gene", "transcript", "otherTranscripts", "firstResidue", "offset"]

    /// A consequence on the other transcript with the residues that ``transcript`` counts; nil where this says nothing of it.
    func renumbered(_ consequence: Consequence) -> Consequence? {
        let id =
            other.contains(".") ? consequence.transcript : String(consequence.transcript.prefix { $0 != "." })
        guard id == other else { return nil }
        var result = consequence
        if var change = consequence.proteinChange {
            guard change.first - offset >= firstResidue else { return nil }
            change.first -= offset
            change.last -= offset
            result.proteinChange = change
        }
        guard let name = renumbered(consequence.codingName) else {
            return consequence.proteinChange == nil ? nil : result
        }
        result.codingName = name
        return result
    }

    /// A `c.` name with its bases counted as ``transcript`` counts them; nil where this says nothing of them.
    private func renumbered(_ name: String) -> String? {
        guard name.hasPrefix("c.") else { return nil }
        var places: [String] = []
        for place in name.dropFirst(2).split(separator: "_", omittingEmptySubsequences: false) {
            let digits = place.prefix(while: \.isNumber)
            guard let base = Int(digits), (base - 1) / 3 + 1 - offset >= firstResidue else { return nil }
            places.append("\(base - 3 * offset)" + place.dropFirst(digits.count))
        }
        return "c." + places.joined(separator: "_")
    }
}
