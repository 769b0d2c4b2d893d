/// How far a file has been read.
public struct ReadingProgress: Hashable, Sendable {
    /// The file's name.
    public let file: String
    /// Records read since the last report on the file; at its end all of them.
    public let records: Int
    /// Alleles that were not judged, where the file is at its end; nil before.
    public let notJudged: Int?

    /// One line for a person; `total` the records so far.
    public func text(total: Int) -> String {
        guard let notJudged else { return "\(file): \(total) records" }
        return "\(file): \(records) records read, \(notJudged) alleles not judged"
    }
}
