/// How far a file has been read.
public struct ReadingProgress: Hashable, Sendable {
    /// The file's name.
    public let file: String
    /// Records read.
    public let records: Int
    /// Alleles that were not judged, where the file is at its end; nil before.
    public let notJudged: Int?

    /// One line for a person.
    public var text: String {
        guard let notJudged else { return "\(file): \(records) records" }
        return "\(file): \(records) records read, \(notJudged) alleles not judged"
    }
}
