internal import Genome
internal import Variants

extension StructuralInput {
    /// Reads a BEDPE table whole and says what is in it and what is wrong.
    ///
    /// - Throws: `InputError` where the columns are of no BEDPE table or the compression is damaged.
    static func examine(_ path: String, _ diagnosis: inout Doctor.Diagnosis) throws {
        diagnosis.format = "BEDPE"
        diagnosis.compression = try SegmentInput.compression(path)
        let table = try table(path)
        let tally = table.calls.tally
        diagnosis.records = tally.records
        let styles = table.contigStyles
        diagnosis.contigStyle = styles.examples.count > 1 ? "mixed" : styles.style?.rawValue ?? "other"
        if styles.examples.count > 1 {
            diagnosis.warn(
                "file", "contig names of \(styles.examples.count) styles are mixed",
                "Name each contig in one style.")
        }
        let strands = table.convention.map { "strands are \($0.rawValue): " } ?? ""
        diagnosis.samples.evidence = ["\(strands)\(table.decidedBy)"]
        if table.samples.count > 1 {
            diagnosis.warn(
                "samples",
                "\(table.samples.count) samples in one file: \(table.samples.prefix(5).joined(separator: ", "))",
                "Name one with --tumor.")
        } else {
            diagnosis.samples.tumor = table.samples.first ?? ""
            diagnosis.samples.decidedBy =
                table.samples.isEmpty ? "the table has no sample column" : "the only sample"
        }
        for unread in tally.unread {
            var error = InputError(
                file: path, place: .line(unread.line),
                problem: "\(unread.obstacle.rawValue): \(unread.first)",
                remedy: unread.obstacle == .malformed
                    ? "Mend the line."
                    : "Add the columns strand1 and strand2, or a type that tells the sides.")
            if unread.count > 1 { error.problem += "; \(unread.count) such rows" }
            if unread.obstacle == .malformed {
                diagnosis.fail(error)
            } else {
                diagnosis.warn("line \(unread.line)", error.problem, error.remedy)
            }
        }
        if tally.otherTypes > 0 {
            diagnosis.warn(
                "file", "\(tally.otherTypes) rows have another type than their strands say",
                "Say what the strands mean with --bedpe-strands.")
        }
    }

    /// Says what is wrong with the structural variants of a VCF.
    static func note(_ calls: StructuralCalls, _ diagnosis: inout Doctor.Diagnosis) {
        for unread in calls.tally.unread where unread.obstacle != .smallVariant {
            diagnosis.warn(
                unread.first,
                "\(unread.obstacle.rawValue)\(unread.count > 1 ? "; \(unread.count) such alleles" : "")",
                "It is left out of the structural variants.")
        }
        let missing = calls.count(.missing)
        if missing > 0 {
            diagnosis.warn(
                "file", "\(missing) breakends name a mate that is not in the file",
                "They are kept; see whether mates were filtered away.")
        }
        if calls.tally.disagreeingMates > 0 {
            diagnosis.warn(
                "file",
                "\(calls.tally.disagreeingMates) pairs of breakends do not point to each other's places",
                "Make the file again; the first record of each pair counts.")
        }
    }
}
