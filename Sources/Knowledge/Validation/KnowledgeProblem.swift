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
        /// Tables lie in a folder without SOURCE.json.
        case sourceMissing = "SOURCE.MISSING"
        /// SOURCE.json is no JSON, or lacks source or version.
        case sourceInvalid = "SOURCE.INVALID"
        /// Another key of SOURCE.json is missing, or not what the folder says.
        case sourceKey = "SOURCE.KEY"
        /// The licence is not told.
        case sourceLicence = "SOURCE.LICENCE"
        /// A file that is named or needed is not there.
        case fileMissing = "FILE.MISSING"
        /// A file is not the one that SOURCE.json names.
        case fileChecksum = "FILE.CHECKSUM"
        /// A table has no checksum in SOURCE.json.
        case fileUnlisted = "FILE.UNLISTED"
        /// Nothing reads a table of this name.
        case fileUnknown = "FILE.UNKNOWN"
        /// Bytes that are no UTF-8.
        case tableEncoding = "TABLE.ENCODING"
        /// A column is missing or stands twice, or there is no header.
        case tableHeader = "TABLE.HEADER"
        /// A column that is not read.
        case tableColumn = "TABLE.COLUMN"
        /// A row has another number of cells than the header.
        case tableCells = "TABLE.CELLS"
        /// The program refuses the table for another reason.
        case tableParse = "TABLE.PARSE"
        /// A row has no id.
        case rowID = "ROW.ID"
        /// An id or key stands twice in a table.
        case rowTwice = "ROW.TWICE"
        /// Another source has a row of the same id.
        case rowReplaced = "ROW.REPLACED"
        /// Two rows of a source say the same.
        case rowDuplicate = "ROW.DUPLICATE"
        /// Two rows say the opposite of one drug.
        case rowContradiction = "ROW.CONTRADICTION"
        /// A cell is not what its column holds.
        case cellValue = "CELL.VALUE"
        /// A criterion does not parse.
        case criterionSyntax = "CRITERION.SYNTAX"
        /// A criterion compares a measure that is not computed.
        case criterionBiomarker = "CRITERION.BIOMARKER"
        /// A residue is not there, or another one.
        case criterionResidue = "CRITERION.RESIDUE"
        /// An exon is not there, or its residues are not known.
        case criterionExon = "CRITERION.EXON"
        /// A gene is not known.
        case geneUnknown = "GENE.UNKNOWN"
        /// An HGNC id is none, or another gene's.
        case geneIdentifier = "GENE.HGNC"
        /// The row's gene is not in its criterion.
        case geneCriterion = "GENE.CRITERION"
        /// A tumor type is not known.
        case tumorUnknown = "TUMOR.UNKNOWN"
        /// An excluded tumor type has no effect, or leaves none.
        case tumorExcluded = "TUMOR.EXCLUDED"
        /// The tree of tumor types is broken.
        case tumorTree = "TUMOR.TREE"
        /// A drug is not in drugs.tsv.
        case drugUnknown = "DRUG.UNKNOWN"
        /// A drug or combination is spelled in two ways.
        case drugSpelling = "DRUG.SPELLING"
        /// No citation.
        case citationMissing = "CITATION.MISSING"
        /// A PMID, PMCID or DOI that is none.
        case citationForm = "CITATION.FORM"
        /// An authority or payer that no country's profile names.
        case decisionBody = "DECISION.BODY"
        /// A word for a decision that is not known.
        case decisionStatus = "DECISION.STATUS"
        /// A decision without a date, or with one that cannot be.
        case decisionDate = "DECISION.DATE"
        /// The last day is before the first.
        case dateOrder = "DATE.ORDER"
        /// A level of resistance beside sensitivity, or the other way round.
        case levelDirection = "LEVEL.DIRECTION"
        /// REF is not what the reference genome has.
        case alleleReference = "ALLELE.REF"
        /// An allele lies on no contig of man, or behind its end.
        case allelePosition = "ALLELE.POSITION"
        /// An insertion or deletion is not left-aligned.
        case alleleAlignment = "ALLELE.ALIGNMENT"
        /// An allele makes another change than the criterion names.
        case alleleChange = "ALLELE.CHANGE"
        /// Alleles of one assembly alone.
        case alleleAssembly = "ALLELE.ASSEMBLY"
        /// A transcript is not in the gene models.
        case transcriptUnknown = "TRANSCRIPT.UNKNOWN"
        /// A transcript of another gene.
        case transcriptGene = "TRANSCRIPT.GENE"
        /// exons.tsv or numbering.tsv is not what the gene models say.
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
