// The eight fixed columns of a record, but for INFO.

extension SpecificationCheck {
    /// What INFO and samples need to know of the record.
    struct RecordFacts {
        var contig: ArraySlice<UInt8> = []
        var position: Int?
        var reference: ArraySlice<UInt8>
        var alternates: [ArraySlice<UInt8>]
        var kinds: [AlleleGrammar]

        /// The number of ALT alleles; 0 for `.`.
        var alternateCount: Int { kinds == [.missing] ? 0 : alternates.count }
        var isMissing: Bool { kinds == [.missing] }
    }

    private static let columnNames = ["CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"]

    mutating func addRecord(_ bytes: ArraySlice<UInt8>) {
        if bytes.isEmpty {
            blankLines.append(line)
            if blankLines.count > 4 { blankLines.removeLast() }
            return
        }
        reportBlankLines()
        if bytes.first == UInt8(ascii: "#") {
            return found(.recordHash, "\(quoted(bytes)) stands among the records")
        }
        let columns = bytes.pieces(by: 0x09)
        let expected = hasFormatColumn ? 9 + (sampleColumns ?? 0) : 8
        let isAllowed =
            columns.count == expected || (sampleColumns == nil && columns.count >= 8)
            || (sampleColumns == 0 && columns.count == 8)
            || (!hasFormatColumn && columns.count == 8 + (sampleColumns ?? 0))
        if !isAllowed {
            let hint = columns.count == 1 && bytes.contains(0x20) ? " (are they separated by spaces?)" : ""
            found(.recordColumns, "\(columns.count) columns, \(expected) were expected\(hint)")
        }
        for (index, column) in columns.enumerated() where column.isEmpty {
            let name = index < 9 ? Self.columnNames[index] : "sample column \(index + 1)"
            found(
                .recordEmpty, of: index < 9 ? name : "samples",
                "\(name) is empty, . was expected for a missing value")
        }
        guard columns.count >= 8 else { return }
        let contig = checkContig(columns[0])
        let position = checkPosition(columns[1], contig)
        checkOrder(contig, position)
        if !columns[2].isDot, !columns[2].isEmpty { checkID(columns[2]) }
        checkReference(columns[3])
        var facts = checkAlternates(
            columns[4], reference: columns[3], position: position, info: columns[7])
        facts.contig = contig
        if let position, columns[3].count > 1 {
            checkLast(position + columns[3].count - 1, "REF ends at", facts)
        }
        checkDuplicates(contig, facts)
        checkQuality(columns[5])
        if !columns[6].isEmpty { checkFilter(columns[6]) }
        if !columns[7].isEmpty { checkInfo(columns[7], facts) }
        if columns.count > 8, !columns[8].isEmpty { checkSamples(columns, facts) }
    }

    private mutating func reportBlankLines() {
        guard let first = blankLines.first else { return }
        let current = line
        line = first
        found(.recordBlank, "a blank line among the records")
        line = current
        blankLines.removeAll()
    }

    // MARK: CHROM and POS

    /// Checks CHROM and returns the contig's name without angle brackets.
    private mutating func checkContig(_ column: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var name = column
        if column.count > 2, column.first == UInt8(ascii: "<"), column.last == UInt8(ascii: ">") {
            name = column.dropFirst().dropLast()
        }
        if order.isCurrent(name) || column.isEmpty { return name }
        let isDeclared = declared.contigs[name] != nil
        let version = version
        switch Self.contigFault(name, version) {
        case .broken:
            found(
                .chrom,
                "CHROM is \(quoted(column)), a name without white space, comma and brackets was expected")
        case .colon:
            found(
                isDeclared ? .chromColonDeclared : .chromColon,
                "CHROM is \(quoted(column)); VCF \(version.name) allows no colon, which breakends use")
        case .unusual, nil: break
        }
        if !isDeclared { found(.chromUndeclared, "the header has no ##contig line for \(quoted(name))") }
        return name
    }

    private mutating func checkPosition(_ column: ArraySlice<UInt8>, _ contig: ArraySlice<UInt8>) -> Int? {
        guard !column.isEmpty else { return nil }
        guard column.first != UInt8(ascii: "+"), let position = VCFRecord.integer(column), position >= 0,
            position <= Int(Int32.max)
        else {
            found(.position, "POS is \(quoted(column)), a number from 0 to 2147483647 was expected")
            return nil
        }
        if let length = declared.contigs[contig] ?? nil, position > length + 1 {
            found(
                .positionBeyond, subject: contig,
                "POS is \(position), \(quoted(contig)) has the length \(length)")
        }
        return position
    }

    /// Checks where a record ends that begins on its contig; `statement` as the message begins.
    mutating func checkLast(_ last: Int, _ statement: String, _ facts: RecordFacts) {
        guard let length = declared.contigs[facts.contig] ?? nil, last > length,
            let position = facts.position, position <= length + 1
        else { return }
        found(
            .positionBeyond, subject: facts.contig,
            "\(statement) \(last), \(quoted(facts.contig)) has the length \(length)")
    }

    private mutating func checkOrder(_ contig: ArraySlice<UInt8>, _ position: Int?) {
        switch order.add(contig, position) {
        case .contig:
            found(.orderContig, subject: contig, "\(quoted(contig)) comes again after another contig")
        case .position(let before):
            found(.orderPosition, "POS \(position ?? 0) comes after \(before)")
        case nil: break
        }
    }

    // MARK: ID, REF, ALT

    private mutating func checkID(_ column: ArraySlice<UInt8>) {
        let parts = column.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        if parts.contains(where: {
            $0.isEmpty || $0.elementsEqual(".".utf8) || $0.contains(where: ValueGrammar.isSpace)
        }) {
            found(.id, "ID is \(quoted(column)), names separated by ; without white space were expected")
        } else if parts.count > 1, Set(parts).count < parts.count {
            found(.idDuplicate, "ID is \(quoted(column)), which has a name twice")
        }
        if column.contains(UInt8(ascii: ",")) {
            found(.idComma, "ID is \(quoted(column)); names are separated by ;")
        }
    }

    private mutating func checkReference(_ column: ArraySlice<UInt8>) {
        guard !column.isEmpty, !column.allSatisfy(ValueGrammar.isBase) else { return }
        if column.allSatisfy({ ValueGrammar.isBase($0) || ValueGrammar.isAmbiguityCode($0) }) {
            found(.referenceAmbiguous, "REF is \(quoted(column)), bases A, C, G, T and N were expected")
        } else {
            found(.reference, "REF is \(quoted(column)), bases A, C, G, T and N were expected")
        }
    }

    private mutating func checkAlternates(
        _ column: ArraySlice<UInt8>, reference: ArraySlice<UInt8>, position: Int?, info: ArraySlice<UInt8>
    ) -> RecordFacts {
        guard !column.isEmpty else {
            return RecordFacts(position: position, reference: reference, alternates: [], kinds: [])
        }
        let alleles = column.pieces(by: UInt8(ascii: ","))
        let kinds = alleles.map { AlleleGrammar($0) }
        for (allele, kind) in zip(alleles, kinds) {
            switch kind {
            case .ambiguous where allele.allSatisfy({ ValueGrammar.isBase($0) || reference.contains($0) }):
                found(.altAmbiguous, "ALT allele is \(quoted(allele)), which has an ambiguity code of REF")
            case .invalid where Self.isSlashed(allele):
                found(.altSlash, "ALT is \(quoted(allele)); alleles are separated by commas")
            case .invalid, .ambiguous:
                found(
                    .alt,
                    "ALT allele is \(quoted(allele)), bases A, C, G, T, N, *, <ID> or a breakend was expected"
                )
            case .symbolic: checkSymbol(allele)
            case .bases where Self.areEqual(allele, reference):
                found(
                    Self.hasKey("SVTYPE=", info) ? .altReferenceSV : .altReference,
                    "ALT allele \(quoted(allele)) is REF itself")
            case .missing where alleles.count > 1:
                found(.altMissing, "ALT is \(quoted(column)); . stands alone")
            default: break
            }
        }
        if alleles.count > 1 {
            var seen: Set<[UInt8]> = []
            for (allele, kind) in zip(alleles, kinds) {
                let key = kind == .bases ? allele.map { $0 & 0xDF } : Array(allele)
                if !seen.insert(key).inserted { found(.altDuplicate, "ALT has \(quoted(allele)) twice") }
            }
        }
        return RecordFacts(position: position, reference: reference, alternates: alleles, kinds: kinds)
    }

    /// Bases joined by slashes, as VarScan writes two alleles.
    private static func isSlashed(_ allele: ArraySlice<UInt8>) -> Bool {
        let parts = allele.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(ValueGrammar.isBase) }
    }

    /// Whether an INFO column has an entry that begins so.
    private static func hasKey(_ start: String, _ column: ArraySlice<UInt8>) -> Bool {
        column.split(separator: UInt8(ascii: ";")).contains { $0.starts(with: start.utf8) }
    }

    private static func areEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { $0 & 0xDF == $1 & 0xDF }
    }

    private mutating func checkSymbol(_ allele: ArraySlice<UInt8>) {
        let id = allele.dropFirst().dropLast()
        if declared.alts.contains(id) || id.elementsEqual("*".utf8) { return }
        let text = String(decoding: id, as: UTF8.self)
        if let rule = Self.symbolRule(text, version, colon: .altSymbol, own: .altOwnType) {
            found(
                rule, subject: id,
                "ALT allele is \(quoted(allele)), <DEL>, <INS>, <DUP>, <INV> or <CNV> was expected")
        } else {
            found(.altUndeclared, subject: id, "the header has no ##ALT line for \(quoted(allele))")
        }
    }

    private mutating func checkDuplicates(_ contig: ArraySlice<UInt8>, _ facts: RecordFacts) {
        guard let position = facts.position, facts.reference.allSatisfy(ValueGrammar.isBase) else { return }
        for (allele, kind) in zip(facts.alternates, facts.kinds) where kind == .bases {
            if let first = duplicates.add(
                contig: contig, position: position, reference: facts.reference, alternate: allele, line: line)
            {
                found(
                    .recordDuplicate,
                    "\(String(decoding: contig.prefix(40), as: UTF8.self)):\(position) \(quoted(facts.reference))>\(quoted(allele)) "
                        + "is the variant of line \(first)")
            }
        }
    }

    // MARK: QUAL and FILTER

    private mutating func checkQuality(_ column: ArraySlice<UInt8>) {
        guard !column.isEmpty, !column.isDot else { return }
        guard let value = ValueGrammar.float(column) else {
            return found(.quality, "QUAL is \(quoted(column)), a number or . was expected")
        }
        if value < 0 { found(.qualityNegative, "QUAL is \(quoted(column)), no negative number was expected") }
    }

    private mutating func checkFilter(_ column: ArraySlice<UInt8>) {
        if column.elementsEqual("PASS".utf8) || column.isDot { return }
        let names = column.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        for name in names {
            if name.elementsEqual(".".utf8) {
                found(.filterMissing, "FILTER is \(quoted(column)); . stands alone")
            } else if name.elementsEqual("PASS".utf8) {
                found(.filterPass, "FILTER is \(quoted(column)); PASS stands alone")
            } else if name.elementsEqual("0".utf8) {
                found(.filterZero, "FILTER is \(quoted(column)); 0 is reserved")
            } else if !name.contains(where: { ValueGrammar.isAlphanumeric($0) || $0 >= 0x80 })
                || name.contains(where: ValueGrammar.isSpace)
            {
                found(
                    .filter,
                    "FILTER is \(quoted(column)), names separated by ; without white space were expected")
            } else if !declared.filters.contains(name) {
                found(.filterUndeclared, subject: name, "the header has no ##FILTER line for \(quoted(name))")
            }
        }
        if names.count > 1, Set(names).count < names.count {
            found(.filterDuplicate, "FILTER is \(quoted(column)), which has a name twice")
        }
    }
}
