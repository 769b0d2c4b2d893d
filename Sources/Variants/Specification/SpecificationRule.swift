/// One rule of the VCF specification, with the id that messages carry.
///
/// Ids are stable: scripts may look for them. A rule is an error where breaking it loses a meaning or leaves it
/// open, and a warning where files in use break it and every reader still understands the same thing.
public enum SpecificationRule: String, Hashable, Sendable, CaseIterable {
    // The file as bytes
    case fileEncoding = "FILE.ENCODING"
    case fileByteOrderMark = "FILE.BYTE_ORDER_MARK"
    case fileControlCharacter = "FILE.CONTROL_CHARACTER"
    case fileLineLength = "FILE.LINE_LENGTH"
    case fileLastLineEnd = "FILE.LAST_LINE_END"
    // Meta-information lines
    case fileformatFirst = "FILEFORMAT.FIRST"
    case fileformatVersion = "FILEFORMAT.VERSION"
    case fileformatOther = "FILEFORMAT.OTHER_VERSION"
    case fileformatDuplicate = "FILEFORMAT.DUPLICATE"
    case metaSyntax = "META.SYNTAX"
    case metaBlank = "META.BLANK_LINE"
    case metaEmpty = "META.EMPTY_VALUE"
    case metaOther = "META.OTHER_LINE"
    case metaStructure = "META.STRUCTURE"
    case metaQuotes = "META.QUOTES"
    case metaOptionalQuotes = "META.OPTIONAL_QUOTES"
    case metaRequired = "META.REQUIRED_KEY"
    case metaGenericID = "META.ID_MISSING"
    case metaOrder = "META.KEY_ORDER"
    case metaRepeatedKey = "META.REPEATED_KEY"
    case metaDuplicate = "META.DUPLICATE_ID"
    case metaConflict = "META.CONFLICTING_ID"
    case metaID = "META.ID_CHARACTERS"
    case metaIDTolerated = "META.ID_UNUSUAL"
    case metaNumber = "META.NUMBER"
    case metaNumberVersion = "META.NUMBER_VERSION"
    case metaType = "META.TYPE"
    case metaFlagNumber = "META.FLAG_NUMBER"
    case metaReserved = "META.RESERVED"
    case metaReservedTolerated = "META.RESERVED_TOLERATED"
    case metaFilterZero = "META.FILTER_ZERO"
    case metaAlt = "META.ALT_TYPE"
    case metaAltTolerated = "META.ALT_OWN_TYPE"
    case metaContig = "META.CONTIG_NAME"
    case metaContigTolerated = "META.CONTIG_NAME_UNUSUAL"
    case metaContigLength = "META.CONTIG_LENGTH"
    case metaURL = "META.URL"
    case metaSample = "META.SAMPLE"
    case metaSampleTolerated = "META.SAMPLE_KEYS"
    case metaPedigree = "META.PEDIGREE"
    case metaMeta = "META.META"
    // The header line
    case headerMissing = "HEADER.MISSING"
    case headerTabs = "HEADER.TABS"
    case headerColumns = "HEADER.COLUMNS"
    case headerFormat = "HEADER.FORMAT"
    case headerSampleEmpty = "HEADER.EMPTY_SAMPLE"
    case headerSampleDuplicate = "HEADER.DUPLICATE_SAMPLE"
    // Records
    case recordColumns = "RECORD.COLUMNS"
    case recordEmpty = "RECORD.EMPTY_FIELD"
    case recordBlank = "RECORD.BLANK_LINE"
    case recordBlankEnd = "RECORD.BLANK_END"
    case recordHash = "RECORD.META_LINE"
    case recordDuplicate = "RECORD.DUPLICATE_VARIANT"
    case orderContig = "ORDER.CONTIG"
    case orderPosition = "ORDER.POSITION"
    case chrom = "CHROM.SYNTAX"
    case chromColon = "CHROM.COLON"
    case chromColonDeclared = "CHROM.COLON_DECLARED"
    case chromUndeclared = "CHROM.UNDECLARED"
    case position = "POS.NUMBER"
    case positionBeyond = "POS.BEYOND_CONTIG"
    case id = "ID.SYNTAX"
    case idDuplicate = "ID.DUPLICATE"
    case idComma = "ID.COMMA"
    case reference = "REF.BASES"
    case referenceAmbiguous = "REF.AMBIGUITY_CODE"
    case alt = "ALT.SYNTAX"
    case altMissing = "ALT.MISSING_COMBINED"
    case altAmbiguous = "ALT.AMBIGUITY_CODE"
    case altSlash = "ALT.SLASH"
    case altReferenceSV = "ALT.REF_WITH_SVTYPE"
    case altDuplicate = "ALT.DUPLICATE"
    case altReference = "ALT.EQUALS_REF"
    case altSymbol = "ALT.SYMBOL"
    case altOwnType = "ALT.OWN_TYPE"
    case altUndeclared = "ALT.UNDECLARED"
    case quality = "QUAL.NUMBER"
    case qualityNegative = "QUAL.NEGATIVE"
    case filter = "FILTER.SYNTAX"
    case filterZero = "FILTER.ZERO"
    case filterMissing = "FILTER.MISSING_COMBINED"
    case filterPass = "FILTER.PASS_COMBINED"
    case filterDuplicate = "FILTER.DUPLICATE"
    case filterUndeclared = "FILTER.UNDECLARED"
    // INFO
    case infoSyntax = "INFO.SYNTAX"
    case infoTrailing = "INFO.TRAILING_SEMICOLON"
    case infoMissing = "INFO.MISSING_COMBINED"
    case infoKey = "INFO.KEY"
    case infoKeyTolerated = "INFO.KEY_UNUSUAL"
    case infoWhitespace = "INFO.WHITESPACE"
    case infoEquals = "INFO.EQUALS_SIGN"
    case infoDuplicate = "INFO.DUPLICATE_KEY"
    case infoUndeclared = "INFO.UNDECLARED"
    case infoNoValue = "INFO.NO_VALUE"
    case infoFlag = "INFO.FLAG"
    case infoFlagTolerated = "INFO.FLAG_0_OR_1"
    case infoType = "INFO.TYPE"
    case infoIdentifier = "INFO.IDENTIFIER"
    case infoIntegerForm = "INFO.INTEGER_FORM"
    case infoNumber = "INFO.NUMBER"
    case infoStringNumber = "INFO.STRING_NUMBER"
    case infoRange = "INFO.INTEGER_RANGE"
    case infoNegative = "INFO.NEGATIVE"
    case infoFraction = "INFO.FRACTION"
    case infoAncestral = "INFO.AA"
    case infoCigar = "INFO.CIGAR"
    case infoEnd = "INFO.END"
    case infoSVType = "INFO.SVTYPE"
    case infoSVLength = "INFO.SVLEN"
    case infoConfidence = "INFO.CONFIDENCE_INTERVAL"
    // FORMAT and samples
    case formatSyntax = "FORMAT.SYNTAX"
    case formatKey = "FORMAT.KEY"
    case formatKeyTolerated = "FORMAT.KEY_UNUSUAL"
    case formatMissing = "FORMAT.MISSING"
    case formatGenotypeFirst = "FORMAT.GT_FIRST"
    case formatDuplicate = "FORMAT.DUPLICATE_KEY"
    case formatUndeclared = "FORMAT.UNDECLARED"
    case sampleCount = "SAMPLE.VALUES"
    case sampleEmpty = "SAMPLE.EMPTY_VALUE"
    case sampleWhitespace = "SAMPLE.WHITESPACE"
    case sampleGenotype = "SAMPLE.GT"
    case sampleAllele = "SAMPLE.GT_ALLELE"
    case sampleAlleleNoAlt = "SAMPLE.GT_WITHOUT_ALT"
    case sampleType = "SAMPLE.TYPE"
    case sampleIntegerForm = "SAMPLE.INTEGER_FORM"
    case sampleNumber = "SAMPLE.NUMBER"
    case sampleNumberTolerated = "SAMPLE.NUMBER_TOLERATED"
    case sampleStringNumber = "SAMPLE.STRING_NUMBER"
    case sampleRange = "SAMPLE.INTEGER_RANGE"
    case sampleNegative = "SAMPLE.NEGATIVE"
    case sampleProbability = "SAMPLE.PROBABILITY"

    /// How much a broken rule matters.
    public enum Severity: String, Hashable, Sendable {
        /// A meaning is lost or open.
        case error
        /// Common and understood the same way by every reader.
        case warning
    }

    /// The id: `INFO.TYPE`.
    public var id: String { rawValue }

    /// The severity in files of a version.
    public func severity(in version: SpecificationVersion) -> Severity {
        switch self {
        case .fileLastLineEnd, .idDuplicate, .filterDuplicate, .infoDuplicate, .formatDuplicate, .infoRange,
            .sampleRange:
            version >= .v43 ? .error : .warning
        case .metaOrder: version >= .v44 ? .warning : .error
        case .sampleProbability: version >= .v43 ? .error : .warning
        case _ where Self.tolerated.contains(self): .warning
        default: .error
        }
    }

    /// The rules that are warnings in every version: the tolerances.
    public static let tolerated: Set<SpecificationRule> = [
        .fileEncoding, .fileformatOther, .metaOther, .metaGenericID, .metaDuplicate, .metaIDTolerated,
        .metaNumberVersion, .metaFlagNumber, .metaReservedTolerated, .metaAltTolerated, .metaContigTolerated,
        .metaSampleTolerated, .recordBlankEnd, .recordDuplicate, .orderContig, .orderPosition,
        .chromColonDeclared,
        .chromUndeclared, .positionBeyond, .idComma, .referenceAmbiguous, .altAmbiguous, .altSlash,
        .altReferenceSV,
        .altOwnType, .altUndeclared, .filterPass, .filterUndeclared, .infoTrailing, .infoKeyTolerated,
        .infoWhitespace, .infoEquals, .infoUndeclared, .infoFlagTolerated, .infoIdentifier, .infoIntegerForm,
        .infoStringNumber, .infoEnd, .infoSVType, .infoSVLength, .infoConfidence, .formatKeyTolerated,
        .formatMissing, .formatUndeclared, .sampleAlleleNoAlt, .sampleIntegerForm, .sampleNumberTolerated,
        .sampleStringNumber,
    ]

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .chromUndeclared, .altUndeclared, .filterUndeclared, .infoUndeclared, .formatUndeclared:
            "Nothing is needed; declare it to be exact."
        case .orderContig, .orderPosition: "Sort with `bcftools sort` for an index."
        case .recordDuplicate:
            "If it should count once, remove the other with `bcftools norm --rm-dup exact`."
        case .fileLastLineEnd: "Compare the file's size with its source, then end the last line."
        case .fileEncoding, .fileByteOrderMark, .fileControlCharacter: "Save the file as plain UTF-8."
        case .fileLineLength: "Is this a VCF? Make the file again."
        case .positionBeyond: "Compare the assembly with the header's contigs."
        case .metaReserved, .metaConflict, .metaNumber, .metaType:
            "Correct the declaration with `bcftools reheader`, or rename the tag."
        case .infoType, .infoNumber, .infoNoValue, .infoFlag, .infoRange, .sampleType, .sampleNumber,
            .sampleRange:
            "Correct the value, or the header line that declares it."
        case .sampleProbability: "Nothing is needed if no program takes it for the other scale."
        case _ where Self.tolerated.contains(self): "Nothing is needed; the rest is read as it stands."
        case _
        where rawValue.hasPrefix("META.") || rawValue.hasPrefix("FILEFORMAT.")
            || rawValue.hasPrefix("HEADER."):
            "Correct the header with `bcftools reheader`, or make the file again."
        default: "Correct the line or make the file again."
        }
    }

    /// The section of the specification that states the rule.
    public func section(in version: SpecificationVersion) -> String {
        let isOld = version <= .v42
        return switch String(rawValue.prefix(while: { $0 != "." })) {
        case "FILE": isOld ? "1" : "1.2"
        case "FILEFORMAT", "META": isOld ? "1.2" : "1.4"
        case "HEADER": isOld ? "1.3" : "1.5"
        case "FORMAT", "SAMPLE": isOld ? "1.4.2" : "1.6.2"
        default:
            switch self {
            case .infoSVType, .infoSVLength, .infoConfidence: "3"
            case .infoType, .infoRange, .infoIntegerForm: isOld ? "1.4.1" : "1.3"
            default: isOld ? "1.4.1" : "1.6.1"
            }
        }
    }
}
