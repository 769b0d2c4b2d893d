// INFO: grammar, keys, and values against Number, Type and the reserved keys.

extension SpecificationCheck {
    mutating func checkInfo(_ column: ArraySlice<UInt8>, _ facts: RecordFacts) {
        if column.isDot { return }
        let entries = column.pieces(by: UInt8(ascii: ";"))
        infoKeys.start()
        for (index, entry) in entries.enumerated() {
            guard !entry.isEmpty else {
                if index == entries.count - 1 {
                    found(.infoTrailing, "INFO ends with ;")
                } else {
                    found(.infoSyntax, "INFO has two ; with nothing between them")
                }
                continue
            }
            let equals = entry.firstIndex(of: UInt8(ascii: "="))
            let key = entry[..<(equals ?? entry.endIndex)]
            let value = equals.map { entry[($0 + 1)...] }
            if key.isDot, value == nil {
                found(.infoMissing, "INFO has . beside other keys")
                continue
            }
            let (place, isRepeated) = infoKeys.next(key, declared.info)
            if isRepeated {
                found(.infoDuplicate, subject: key, "INFO has \(quoted(key)) more than once")
            }
            let known = infoKeys.known[place]
            if known.isClean {
                if let value { checkInfoText(key, value) }
                if let tag = known.tag { checkInfoValue(tag, key, value, facts) }
            } else {
                checkNewInfo(place, known.tag, key, value, facts)
            }
        }
    }

    /// Checks an entry whose key broke a rule before, or was not seen yet.
    private mutating func checkNewInfo(
        _ place: Int, _ tag: DeclaredTags.Tag?, _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>?,
        _ facts: RecordFacts
    ) {
        let isSound = checkInfoKey(key)
        if let value { checkInfoText(key, value) }
        if let tag { checkInfoValue(tag, key, value, facts) }
        guard tag?.isDeclared == true else {
            return found(.infoUndeclared, subject: key, "the header has no ##INFO line for \(quoted(key))")
        }
        if isSound { infoKeys.setClean(place) }
    }

    /// Checks a key and returns whether it breaks no rule.
    private mutating func checkInfoKey(_ key: ArraySlice<UInt8>) -> Bool {
        if Self.isKey(key) || key.elementsEqual("1000G".utf8) { return true }
        if key.contains(where: ValueGrammar.isSpace) || key.contains(UInt8(ascii: ","))
            || !key.contains(where: { ValueGrammar.isAlphanumeric($0) || $0 >= 0x80 })
            || (version >= .v43
                && !key.allSatisfy { ValueGrammar.isAlphanumeric($0) || "_.-+".utf8.contains($0) })
        {
            found(
                .infoKey, subject: key,
                "INFO key is \(quoted(key)), a name without white space and comma was expected")
        } else if version >= .v43 || !key.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            found(
                .infoKeyTolerated, subject: key,
                "INFO key is \(quoted(key)), a letter or underscore and then letters, digits, dot and underscore were expected"
            )
        }
        return false
    }

    private mutating func checkInfoText(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        let version = version
        if version <= .v42, value.contains(where: ValueGrammar.isSpace) {
            found(
                .infoWhitespace, subject: key,
                "INFO \(named(key)) is \(quoted(value)); VCF \(version.name) allows no white space")
        }
        if value.contains(UInt8(ascii: "=")) {
            found(.infoEquals, subject: key, "INFO \(named(key)) has = within its value, %3D was expected")
        }
    }

    // MARK: Values

    private mutating func checkInfoValue(
        _ tag: DeclaredTags.Tag, _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>?, _ facts: RecordFacts
    ) {
        if tag.type == .flag { return checkFlag(tag, key, value) }
        guard let value, !value.isEmpty else {
            if tag.isDeclared, tag.type == .string || tag.type == .character || tag.type == nil,
                tag.reserved == nil
            {
                if let number = tag.number, number != .unknown {
                    found(
                        .infoStringNumber, subject: key,
                        "INFO \(tag.key) has no value, Number=\(number.text) was declared")
                }
                return
            }
            return found(
                .infoNoValue, subject: key,
                "INFO \(tag.key) has no value, \(tag.type?.rawValue ?? "one") was expected")
        }
        if value.isDot { return }
        let values = value.pieces(by: UInt8(ascii: ","))
        let isFreeText = value.contains(UInt8(ascii: "="))
        if let number = tag.number, !isFreeText {
            checkInfoNumber(tag, number, key, values.count, facts)
        }
        var areTyped = true
        for value in values where !value.isDot {
            if !checkType(tag, value, in: .info) { areTyped = false }
        }
        if areTyped { checkReserved(tag, key, values, facts) }
    }

    private mutating func checkFlag(
        _ tag: DeclaredTags.Tag, _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>?
    ) {
        guard let value else { return }
        if value.elementsEqual("0".utf8) || value.elementsEqual("1".utf8) {
            found(
                .infoFlagTolerated, subject: key,
                "INFO \(tag.key) is a Flag and has the value \(quoted(value))")
        } else {
            found(.infoFlag, subject: key, "INFO \(tag.key) is \(quoted(value)); a Flag has no value")
        }
    }

    private mutating func checkInfoNumber(
        _ tag: DeclaredTags.Tag, _ number: ValueCount, _ key: ArraySlice<UInt8>, _ count: Int,
        _ facts: RecordFacts
    ) {
        let expected: Int
        switch number {
        case .count(let fixed): expected = fixed
        case .perAlternate: expected = facts.alternateCount
        case .perAllele: expected = facts.alternateCount + 1
        // Genotypes have no order in INFO where the ploidy is not told.
        case .perGenotype, .perGenotypeAllele, .local, .unknown: return
        }
        if count == expected || expected == 0 && count == 1 { return }
        // `.` in ALT may be counted as one allele.
        if facts.isMissing, count == expected + 1 { return }
        let rule: SpecificationRule =
            tag.type == .string || tag.reserved?.isStructural == true ? .infoStringNumber : .infoNumber
        found(
            rule, subject: key,
            "INFO \(tag.key) has \(count) value\(count == 1 ? "" : "s"), \(expected) \(expected == 1 ? "was" : "were") expected "
                + "by Number=\(number.text)")
    }

    // MARK: Reserved keys

    private mutating func checkReserved(
        _ tag: DeclaredTags.Tag, _ key: ArraySlice<UInt8>, _ values: [ArraySlice<UInt8>], _ facts: RecordFacts
    ) {
        guard tag.reserved != nil else { return }
        switch tag.key {
        case "AF":
            for value in values {
                if let number = ValueGrammar.float(value), number < 0 || number > 1 {
                    found(.infoFraction, "INFO AF is \(quoted(value)), a fraction from 0 to 1 was expected")
                }
            }
        case "AA":
            if values.contains(where: { $0.isEmpty }) { found(.infoAncestral, "INFO AA is empty") }
        case "CIGAR":
            for value in values where !value.elementsEqual(".".utf8) && !ValueGrammar.isCigar(value) {
                found(.infoCigar, "INFO CIGAR is \(quoted(value)), operations such as 1M3I were expected")
            }
        case "END": checkEnd(values[0], facts)
        case "SVTYPE":
            if !["DEL", "INS", "DUP", "INV", "CNV", "BND"].contains(where: {
                values[0].elementsEqual($0.utf8)
            }) {
                found(
                    .infoSVType, subject: values[0],
                    "INFO SVTYPE is \(quoted(values[0])), DEL, INS, DUP, INV, CNV or BND was expected")
            }
        case "SVLEN": checkLength(values, facts)
        case "CIPOS", "CIEND", "CILEN", "CICN": checkInterval(tag, key, values)
        default: break
        }
    }

    private mutating func checkEnd(_ value: ArraySlice<UInt8>, _ facts: RecordFacts) {
        guard let end = VCFRecord.integer(value), let position = facts.position else { return }
        let last = position + max(facts.reference.count, 1) - 1
        checkLast(end, "INFO END is", facts)
        if end < position {
            found(.infoEnd, "INFO END is \(end), before POS \(position)")
        } else if !facts.kinds.isEmpty, facts.kinds.allSatisfy({ $0 == .bases }), end != last {
            found(.infoEnd, "INFO END is \(end), the last base of REF is at \(last)")
        }
    }

    private mutating func checkLength(_ values: [ArraySlice<UInt8>], _ facts: RecordFacts) {
        guard values.count == facts.alternates.count else {
            if !facts.isMissing {
                found(
                    .infoSVLength,
                    "INFO SVLEN has \(values.count) values for \(facts.alternates.count) ALT alleles")
            }
            return
        }
        for (index, value) in values.enumerated() {
            guard let length = VCFRecord.integer(value) else { continue }
            let allele = facts.alternates[index]
            let change = allele.count - facts.reference.count
            switch facts.kinds[index] {
            case .bases where version <= .v43 && length != change:
                found(.infoSVLength, "INFO SVLEN is \(length), ALT is \(change) bases longer than REF")
            case .symbolic where allele.starts(with: "<DEL".utf8) && version <= .v43 && length > 0:
                found(.infoSVLength, "INFO SVLEN is \(length) for <DEL>, a negative number was expected")
            case .symbolic
            where (allele.starts(with: "<INS".utf8) || allele.starts(with: "<DUP".utf8)) && length < 0:
                found(
                    .infoSVLength,
                    "INFO SVLEN is \(length) for \(quoted(allele)), a positive number was expected")
            default: break
            }
        }
    }

    private mutating func checkInterval(
        _ tag: DeclaredTags.Tag, _ key: ArraySlice<UInt8>, _ values: [ArraySlice<UInt8>]
    ) {
        guard values.count == 2, let low = ValueGrammar.float(values[0]),
            let high = ValueGrammar.float(values[1]),
            low > 0 || high < 0
        else { return }
        found(
            .infoConfidence, subject: key,
            "INFO \(tag.key) is \(quoted(values[0])) to \(quoted(values[1])); it begins at or below 0 and ends at or above"
        )
    }
}
