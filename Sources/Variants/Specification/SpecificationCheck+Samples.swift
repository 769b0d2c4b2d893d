// FORMAT and the sample columns. Messages name a column by its number: genotypes and sample names stay out of them.

/// FORMAT of the last record, since most records have the same.
struct FormatColumn: Sendable {
    var bytes: ArraySlice<UInt8> = []
    var keys: [ArraySlice<UInt8>] = []
    var tags: [DeclaredTags.Tag?] = []
    var isClean = false
}

extension SpecificationCheck {
    mutating func checkSamples(_ columns: [ArraySlice<UInt8>], _ facts: RecordFacts) {
        let column = columns[8]
        if !(format.isClean && column == format.bytes) { checkFormat(column) }
        for index in columns.indices.dropFirst(9) where !columns[index].isEmpty {
            checkSample(columns[index], column: index + 1, facts)
        }
    }

    private mutating func checkFormat(_ column: ArraySlice<UInt8>) {
        let before = report.violations.count
        let keys = column.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        format = FormatColumn(bytes: ArraySlice(Array(column)), keys: keys.map { ArraySlice(Array($0)) })
        format.tags = keys.map { declared.format[$0] }
        var hasFault = false
        if column.elementsEqual(".".utf8) {
            return found(.formatMissing, "FORMAT is ., keys such as GT were expected")
        }
        for (index, key) in keys.enumerated() {
            if key.isEmpty {
                found(.formatSyntax, "FORMAT is \(quoted(column)), which has an empty key")
                hasFault = true
                continue
            }
            if !Self.isKey(key) {
                hasFault = true
                let isBroken =
                    !key.allSatisfy { ValueGrammar.isAlphanumeric($0) || "_.-+%".utf8.contains($0) }
                    || !key.contains(where: ValueGrammar.isAlphanumeric)
                found(
                    isBroken ? .formatKey : .formatKeyTolerated, subject: key,
                    "FORMAT key is \(quoted(key)), a letter or underscore and then letters, digits, dot and underscore were expected"
                )
            }
            if index > 0, key.elementsEqual("GT".utf8) {
                found(.formatGenotypeFirst, "FORMAT is \(quoted(column)); GT comes first")
                hasFault = true
            }
            if format.tags[index]?.isDeclared != true {
                found(.formatUndeclared, subject: key, "the header has no ##FORMAT line for \(quoted(key))")
                hasFault = true
            }
        }
        if Set(keys).count < keys.count {
            found(.formatDuplicate, "FORMAT is \(quoted(column)), which has a key twice")
            hasFault = true
        }
        format.isClean = !hasFault && report.violations.count == before
    }

    private mutating func checkSample(_ sample: ArraySlice<UInt8>, column: Int, _ facts: RecordFacts) {
        let keys = format.keys
        var ploidy: ClosedRange<Int>? = 2...2
        var index = 0
        var start = sample.startIndex
        while true {
            let end = sample[start...].firstIndex(of: UInt8(ascii: ":")) ?? sample.endIndex
            let value = sample[start..<end]
            guard index < keys.count else {
                let count = sample.reduce(1) { $0 + ($1 == UInt8(ascii: ":") ? 1 : 0) }
                return found(
                    .sampleCount, "column \(column) has \(count) values, FORMAT names \(keys.count)")
            }
            if value.contains(where: ValueGrammar.isSpace) {
                found(
                    .sampleWhitespace, subject: keys[index],
                    "column \(column): \(named(keys[index])) has white space")
            }
            if index == 0, keys[0].elementsEqual("GT".utf8) {
                ploidy = checkGenotype(value, column: column, facts)
            } else if value.isEmpty {
                if version < .v45 {
                    found(
                        .sampleEmpty, subject: keys[index],
                        "column \(column): \(named(keys[index])) is empty, . was expected for a missing value"
                    )
                }
            } else if let tag = format.tags[index] {
                checkSampleValue(tag, value, column: column, ploidy: ploidy, facts)
            }
            guard end < sample.endIndex else { return }
            start = end + 1
            index += 1
        }
    }

    // MARK: GT

    /// Checks a genotype and returns the ploidy that it may stand for; nil if it cannot be read.
    private mutating func checkGenotype(
        _ value: ArraySlice<UInt8>, column: Int, _ facts: RecordFacts
    ) -> ClosedRange<Int>? {
        // A single `.` is a missing genotype of any ploidy.
        if value.isDot { return 1...2 }
        var rest = value
        if version >= .v44, let first = rest.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "|") {
            rest = rest.dropFirst()
        }
        let alleles = rest.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "|")
        }
        for allele in alleles where !allele.isDot {
            guard !allele.isEmpty, allele.allSatisfy(ValueGrammar.isDigit) else {
                found(
                    .sampleGenotype,
                    "column \(column): GT has \(allele.isEmpty ? "an empty allele" : "an allele that is no number"); "
                        + "numbers or . joined by / or | were expected")
                return nil
            }
            let index = VCFRecord.integer(allele)
            if index == 1, facts.isMissing {
                found(.sampleAlleleNoAlt, "column \(column): GT names allele 1, and ALT is .")
            } else if index.map({ $0 > facts.alternateCount }) ?? true {
                found(
                    .sampleAllele,
                    "column \(column): GT names an allele beyond the \(facts.alternateCount) of ALT")
            }
        }
        return alleles.count...alleles.count
    }

    // MARK: Other keys

    private mutating func checkSampleValue(
        _ tag: DeclaredTags.Tag, _ value: ArraySlice<UInt8>, column: Int, ploidy: ClosedRange<Int>?,
        _ facts: RecordFacts
    ) {
        if value.isDot || tag.key == "GT" { return }
        var count = 0
        var start = value.startIndex
        var isTyped = true
        while true {
            let end = value[start...].firstIndex(of: UInt8(ascii: ",")) ?? value.endIndex
            count += 1
            let part = value[start..<end]
            if !part.isDot, isTyped { isTyped = checkSampleType(tag, part, column: column) }
            guard end < value.endIndex else { break }
            start = end + 1
        }
        if let number = tag.number {
            checkSampleNumber(tag, number, count, column: column, ploidy: ploidy, facts)
        }
    }

    private mutating func checkSampleType(_ tag: DeclaredTags.Tag, _ value: ArraySlice<UInt8>, column: Int)
        -> Bool
    {
        guard checkType(tag, value, in: .sample(column: column)) else { return false }
        if tag.type == .float, tag.reserved != nil, tag.key == "GP" || tag.key == "CNP",
            let number = ValueGrammar.float(value), number < 0 || number > 1
        {
            found(
                .sampleProbability, subject: DeclaredTags.bytes(tag.key),
                "column \(column): \(tag.key) is \(quoted(value)), a probability from 0 to 1 was expected")
        }
        return true
    }

    private mutating func checkSampleNumber(
        _ tag: DeclaredTags.Tag, _ number: ValueCount, _ count: Int, column: Int, ploidy: ClosedRange<Int>?,
        _ facts: RecordFacts
    ) {
        guard let ploidy else { return }
        let alternates = facts.alternateCount
        switch number {
        case .count(let fixed) where fixed == count: return
        case .perAlternate where count == alternates: return
        case .perAllele where count == alternates + 1: return
        default: break
        }
        var allowed: [Int]
        switch number {
        case .count(let fixed): allowed = [fixed]
        case .perAlternate: allowed = [alternates]
        case .perAllele: allowed = [alternates + 1]
        case .perGenotype: allowed = ploidy.compactMap { Self.genotypes(alleles: alternates + 1, ploidy: $0) }
        case .perGenotypeAllele: allowed = Array(ploidy)
        case .local, .unknown: return
        }
        // `.` in ALT may be counted as one allele.
        if facts.isMissing {
            switch number {
            case .perAlternate: allowed.append(1)
            case .perAllele: allowed.append(2)
            case .perGenotype: allowed += ploidy.compactMap { Self.genotypes(alleles: 2, ploidy: $0) }
            default: break
            }
        }
        if allowed.contains(count) || allowed.contains(0) { return }
        let rule: SpecificationRule =
            tag.type == .string
            ? .sampleStringNumber
            : ["AD", "ADF", "ADR"].contains(tag.key) ? .sampleNumberTolerated : .sampleNumber
        found(
            rule, subject: DeclaredTags.bytes(tag.key),
            "column \(column): \(tag.key) has \(count) value\(count == 1 ? "" : "s"), \(allowed.first ?? 0) "
                + "\(allowed.first == 1 ? "was" : "were") expected by Number=\(number.text)")
    }

    /// The number of unordered genotypes; nil beyond a million.
    static func genotypes(alleles: Int, ploidy: Int) -> Int? {
        var product = 1
        for step in 1...max(ploidy, 1) {
            let (scaled, overflow) = product.multipliedReportingOverflow(by: alleles + step - 1)
            guard !overflow else { return nil }
            product = scaled / step
            guard product <= 1_000_000 else { return nil }
        }
        return product
    }
}
