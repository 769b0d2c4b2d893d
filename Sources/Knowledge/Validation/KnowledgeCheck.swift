/// Checks the tables of a base together; files, checksums and the reference genome are not its concern.
public struct KnowledgeCheck {
    /// The words that rows may use.
    public private(set) var vocabulary: KnowledgeVocabulary
    /// What was found, in no order.
    public private(set) var problems: [KnowledgeProblem] = []
    private var evidence = EvidenceCheck()
    /// Without a sound tree of tumor types no row that names one can be judged.
    private let hasTree: Bool

    /// A check by these words.
    public init(_ vocabulary: KnowledgeVocabulary, hasTree: Bool = true) {
        (self.vocabulary, self.hasTree) = (vocabulary, hasTree)
    }

    /// Checks a table's rows; `each` is given those of evidence that are understood.
    ///
    /// - Returns: whether its rows could be checked at all.
    public mutating func check(
        _ table: KnowledgeTable, each: (EvidenceRow, TSVTable.Row) throws -> Void = { _, _ in }
    ) rethrows -> Bool {
        guard table.isWhole,
            hasTree || !["evidence.tsv", "indications.tsv", "trials.tsv"].contains(table.name)
        else { return false }
        if table.name == "evidence.tsv" {
            try evidence.check(table, &vocabulary, each: each)
            return true
        }
        if table.name == "trials.tsv" {
            evidence.check(trials: table, &vocabulary)
            return true
        }
        guard var check = TableCheck(table) else { return false }
        check.run(&vocabulary)
        problems += check.problems
        return true
    }

    /// Adds what all rows of evidence together show.
    public mutating func finish() {
        evidence.finish(vocabulary.tumorTypes)
        problems += evidence.problems
    }

    /// Whether a table of this name has a meaning.
    public static func isKnown(table name: String) -> Bool { TableRules.names.contains(name) }
}
