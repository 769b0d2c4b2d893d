/// One fault of a knowledge base: where it stands, what is there, what was expected, what to do.
public struct KnowledgeProblem: Codable, Hashable, Sendable {
    /// How bad it is.
    public enum Severity: String, Codable, Hashable, Sendable, CaseIterable {
        /// The base must not be used.
        case error
        /// Somebody should look; the base can be used.
        case warning
    }

    /// What is broken, by a name that stays.
    public enum Rule: String, Codable, Hashable, Sendable, CaseIterable {
        case sourceMissing = "SOURCE.MISSING"
        case sourceInvalid = "SOURCE.INVALID"
        case sourceKey = "SOURCE.KEY"
        case sourceLicence = "SOURCE.LICENCE"
        case fileMissing = "FILE.MISSING"
        case fileChecksum = "FILE.CHECKSUM"
        case fileUnlisted = "FILE.UNLISTED"
        case fileUnknown = "FILE.UNKNOWN"
        case tableEncoding = "TABLE.ENCODING"
        case tableHeader = "TABLE.HEADER"
        case tableColumn = "TABLE.COLUMN"
        case tableCells = "TABLE.CELLS"
        case tableParse = "TABLE.PARSE"
        case rowID = "ROW.ID"
        case rowTwice = "ROW.TWICE"
        case rowReplaced = "ROW.REPLACED"
        case rowDuplicate = "ROW.DUPLICATE"
        case rowContradiction = "ROW.CONTRADICTION"
        case cellValue = "CELL.VALUE"
        case criterionSyntax = "CRITERION.SYNTAX"
        case criterionBiomarker = "CRITERION.BIOMARKER"
        case criterionResidue = "CRITERION.RESIDUE"
        case criterionExon = "CRITERION.EXON"
        case geneUnknown = "GENE.UNKNOWN"
        case geneIdentifier = "GENE.HGNC"
        case geneCriterion = "GENE.CRITERION"
        case tumorUnknown = "TUMOR.UNKNOWN"
        case tumorExcluded = "TUMOR.EXCLUDED"
        case tumorTree = "TUMOR.TREE"
        case drugUnknown = "DRUG.UNKNOWN"
        case drugSpelling = "DRUG.SPELLING"
        case citationMissing = "CITATION.MISSING"
        case citationForm = "CITATION.FORM"
        case decisionBody = "DECISION.BODY"
        case decisionStatus = "DECISION.STATUS"
        case decisionDate = "DECISION.DATE"
        case dateOrder = "DATE.ORDER"
        case levelDirection = "LEVEL.DIRECTION"
        case alleleReference = "ALLELE.REF"
        case allelePosition = "ALLELE.POSITION"
        case alleleAlignment = "ALLELE.ALIGNMENT"
        case alleleChange = "ALLELE.CHANGE"
        case alleleAssembly = "ALLELE.ASSEMBLY"
        case transcriptUnknown = "TRANSCRIPT.UNKNOWN"
        case transcriptGene = "TRANSCRIPT.GENE"
        case modelDiffers = "MODEL.DIFFERS"
    }

    /// How bad it is.
    public var severity: Severity
    /// What is broken.
    public var rule: Rule
    /// The source with its version; empty where SOURCE.json does not tell them.
    public var source: String
    /// The table's name, or `SOURCE.json`; empty for a folder.
    public var table: String
    /// The file or folder, as it was found.
    public var file: String
    /// The line, 1-based; nil for a file as a whole.
    public var line: Int?
    /// The row's id, or what stands for one; empty without.
    public var id: String
    /// The column; empty where it is not one cell.
    public var column: String
    /// What is there.
    public var found: String
    /// What was expected; empty where ``found`` says all.
    public var expected: String
    /// What to do.
    public var remedy: String
    /// The text of a criterion that does not parse, and the character (from 1) at which it stopped.
    public var criterion: String?
    /// See ``criterion``.
    public var position: Int?
}

extension KnowledgeProblem {
    /// A fault and the place at which it stands.
    public init(_ fault: KnowledgeFault, _ place: KnowledgePlace) {
        self.init(
            severity: fault.severity, rule: fault.rule, source: place.source, table: place.table,
            file: place.file, line: place.line, id: place.id, column: fault.column, found: fault.found,
            expected: fault.expected, remedy: fault.remedy, criterion: fault.criterion,
            position: fault.position)
    }

    /// A fault of a file or folder as a whole.
    public init(
        _ severity: Severity, _ rule: Rule, source: String, table: String = "", file: String, found: String,
        expected: String = "", remedy: String
    ) {
        self.init(
            KnowledgeFault(rule, severity, found: found, expected: expected, remedy: remedy),
            KnowledgePlace(source: source, table: table, file: file))
    }

    /// One line, behind it for a criterion two more with a mark under the place.
    public var text: String {
        let place = [line.map { "\(file):\($0)" } ?? file, id].filter { !$0.isEmpty }.joined(separator: ": ")
        var text = "\(severity.rawValue): \(place): [\(rule.rawValue)] \(found)"
        if !expected.isEmpty { text += "; expected \(expected)" }
        text += text.hasSuffix(".") || text.hasSuffix("?") ? " \(remedy)" : ". \(remedy)"
        if let criterion, let position {
            text += "\n    \(criterion)\n    \(String(repeating: " ", count: max(position - 1, 0)))^"
        }
        return text
    }

    /// The order in which problems are told: by source, file, line and rule.
    public static func isBefore(_ left: Self, _ right: Self) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.line != right.line { return left.line ?? 0 < right.line ?? 0 }
        return (left.id, left.rule.rawValue, left.column, left.found)
            < (right.id, right.rule.rawValue, right.column, right.found)
    }

    /// The columns of ``cells``.
    public static let columns = [
        "severity", "rule", "source", "table", "file", "line", "id", "column", "found", "expected", "remedy",
    ]

    /// A row of a table; cells hold no tabs and no line ends.
    public var cells: [String] {
        [
            severity.rawValue, rule.rawValue, source, table, file, line.map(String.init) ?? "", id, column,
            found, expected, remedy,
        ].map { $0.replacing("\t", with: " ").replacing("\n", with: " ") }
    }
}

/// What is wrong with a row or cell, without the place.
public struct KnowledgeFault: Error, Hashable, Sendable {
    var rule: KnowledgeProblem.Rule
    var severity: KnowledgeProblem.Severity
    var column: String
    var found: String
    var expected: String
    var remedy: String
    var criterion: String?
    var position: Int?

    /// A fault; see ``KnowledgeProblem`` for what the parts say.
    public init(
        _ rule: KnowledgeProblem.Rule, _ severity: KnowledgeProblem.Severity = .error, column: String = "",
        found: String, expected: String = "", remedy: String
    ) {
        (self.rule, self.severity, self.column) = (rule, severity, column)
        (self.found, self.expected, self.remedy) = (found, expected, remedy)
    }
}

/// Where a row stands.
public struct KnowledgePlace: Hashable, Sendable {
    /// The source with its version.
    public var source: String
    /// The table's name.
    public var table: String
    /// The file.
    public var file: String
    /// The line, 1-based; nil for the file as a whole.
    public var line: Int?
    /// The row's id.
    public var id = ""

    /// A file as a whole.
    public init(source: String, table: String, file: String) {
        (self.source, self.table, self.file) = (source, table, file)
    }

    /// A row of this file.
    public func row(_ line: Int, id: String = "") -> KnowledgePlace {
        var place = self
        (place.line, place.id) = (line, id)
        return place
    }
}
