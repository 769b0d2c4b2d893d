// Meta-information lines: grammar, required keys, and what the values may be.

extension SpecificationCheck {
    /// The keys whose lines are structured, with the pairs that they must have.
    private static let required: [String: [String]] = [
        "INFO": ["ID", "Number", "Type", "Description"],
        "FORMAT": ["ID", "Number", "Type", "Description"],
        "FILTER": ["ID", "Description"],
        "ALT": ["ID", "Description"],
        "contig": ["ID"],
        "META": ["ID"],
        "SAMPLE": ["ID"],
        "PEDIGREE": [],
    ]

    mutating func addMeta(_ text: String) {
        let meta = MetaLine(text)
        if meta.faults.first == .noKey {
            return found(.metaSyntax, "\(quoted(text)) is no ##key=value line")
        }
        if meta.key == "fileformat", line > 1 {
            return found(.fileformatDuplicate, "fileformat stands again, one at the top was expected")
        }
        // A URL may stand in angle brackets and is no list of pairs then.
        let isURL = meta.key == "assembly" || meta.key == "pedigreeDB"
        guard let required = Self.required[meta.key] else {
            if meta.faults.contains(.emptyValue) {
                report(.emptyValue, meta)
            } else if !isURL, !meta.faults.isEmpty {
                found(
                    .metaOther, of: meta.key,
                    "##\(meta.key.prefix(40)) is no list of key=value pairs, as its < says")
            }
            return checkOther(meta)
        }
        for fault in meta.faults { report(fault, meta) }
        guard meta.isStructured else {
            if !meta.value.isEmpty {
                found(
                    .metaStructure, of: meta.key,
                    "##\(meta.key) is \(quoted(meta.value)), <key=value,...> was expected")
            }
            return
        }
        checkKeys(meta, required)
        checkUnique(meta)
        switch meta.key {
        case "INFO", "FORMAT": checkTag(meta)
        case "FILTER": checkFilter(meta)
        case "ALT": checkAlternate(meta)
        case "contig": checkContig(meta)
        case "SAMPLE": checkSample(meta)
        case "PEDIGREE": checkPedigree(meta)
        default: checkMeta(meta)
        }
    }

    private mutating func report(_ fault: MetaLine.Fault, _ meta: MetaLine) {
        let name = Self.name(meta)
        switch fault {
        case .noKey: break
        case .emptyValue: found(.metaEmpty, of: meta.key, "##\(meta.key.prefix(40))= has no value")
        case .unclosed: found(.metaStructure, of: meta.key, "\(name) does not end with >")
        case .quote(let key):
            found(
                .metaQuotes, of: meta.key,
                "\(name): the quotes around \(key.isEmpty ? "the value" : key.prefix(40)) are not one pair; "
                    + "a quote within is written \\\"")
        case .noPair(let text):
            found(.metaStructure, of: meta.key, "\(name): \(quoted(text)) is no key=value pair")
        case .fieldKey(let key):
            found(
                .metaStructure, of: meta.key,
                "\(name): the key \(quoted(key)) has other characters than letters, digits, dot, dash and underscore"
            )
        case .emptyField(let key): found(.metaEmpty, of: meta.key, "\(name): \(key.prefix(40)) has no value")
        }
    }

    static func name(_ meta: MetaLine) -> String {
        meta["ID"].map { "##\(meta.key) \($0.value.prefix(40))" } ?? "##\(meta.key)"
    }

    /// The first keys, for a message.
    static func list(_ keys: [String]) -> String {
        keys.prefix(8).map { String($0.prefix(20)) }.joined(separator: ", ") + (keys.count > 8 ? ", ..." : "")
    }

    // MARK: All structured lines

    private mutating func checkKeys(_ meta: MetaLine, _ required: [String]) {
        // A line that is broken up to its quotes lacks keys for that reason only.
        guard meta.faults.isEmpty else { return }
        let keys = meta.fields.map(\.key)
        var seen: Set<String> = []
        if let missing = required.first(where: { !keys.contains($0) }) {
            return found(.metaRequired, of: meta.key, "\(Self.name(meta)) has no \(missing)")
        }
        if let twice = keys.first(where: { !seen.insert($0).inserted }) {
            found(.metaRepeatedKey, of: meta.key, "\(Self.name(meta)) has \(twice.prefix(40)) more than once")
        }
        guard ["INFO", "FORMAT", "FILTER", "ALT"].contains(meta.key) else {
            if required == ["ID"], keys.first != "ID" {
                found(
                    .metaOrder, of: meta.key,
                    "\(Self.name(meta)) begins with \(quoted(keys.first ?? "")), ID was expected first")
            }
            return
        }
        if Array(keys.prefix(required.count)) != required {
            found(
                .metaOrder, of: meta.key,
                "\(Self.name(meta)) has the keys \(Self.list(keys)); \(required.joined(separator: ", ")) "
                    + "were expected first")
        }
        if meta["Description"]?.isQuoted == false {
            found(.metaQuotes, of: meta.key, "\(Self.name(meta)): Description is not in double quotes")
        }
        // IDX is what htslib writes for the index of a tag in BCF.
        for field in meta.fields where !required.contains(field.key) && !field.isQuoted && field.key != "IDX"
        {
            found(
                .metaOptionalQuotes, of: meta.key,
                "\(Self.name(meta)): the value of \(field.key.prefix(40)) is not in double quotes")
        }
        if ["ID", "Number", "Type"].contains(where: { meta[$0]?.isQuoted == true }) {
            found(.metaQuotes, of: meta.key, "\(Self.name(meta)): ID, Number and Type stand without quotes")
        }
    }

    private mutating func checkUnique(_ meta: MetaLine) {
        guard let id = meta["ID"]?.value else { return }
        guard let first = seenIDs[meta.key, default: [:]][id] else {
            seenIDs[meta.key, default: [:]][id] = meta
            return
        }
        let isTag = meta.key == "INFO" || meta.key == "FORMAT"
        if isTag,
            first["Number"]?.value != meta["Number"]?.value || first["Type"]?.value != meta["Type"]?.value
        {
            found(
                .metaConflict, of: meta.key + id,
                "##\(meta.key) \(id.prefix(40)) is declared again with another Number or Type")
        } else {
            found(.metaDuplicate, of: meta.key, "##\(meta.key) \(id.prefix(40)) is declared more than once")
        }
    }

    mutating func checkID(_ id: String, of meta: MetaLine, isKey: Bool) {
        let utf8 = Array(id.utf8)
        if utf8.contains(where: {
            ValueGrammar.isSpace($0) || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "=")
        })
            || !utf8.contains(where: { ValueGrammar.isAlphanumeric($0) || $0 >= 0x80 })
        {
            found(
                .metaID, of: meta.key,
                "##\(meta.key) ID is \(quoted(id)), a name without white space, semicolon and equals sign was expected"
            )
        } else if !utf8.allSatisfy({ ValueGrammar.isAlphanumeric($0) || "._-".utf8.contains($0) }) {
            // dbNSFP's GERP++ and FILTER names that spell their condition are in wide use.
            let isTolerated =
                !isKey || utf8.allSatisfy { ValueGrammar.isAlphanumeric($0) || "._-+".utf8.contains($0) }
            found(
                isTolerated ? .metaIDTolerated : .metaID, of: meta.key,
                "##\(meta.key) ID is \(quoted(id)), letters, digits, dot and underscore were expected")
        } else if isKey, version >= .v43, id != "1000G", !Self.isKey(utf8[...]) {
            found(
                .metaIDTolerated, of: meta.key,
                "##\(meta.key) ID is \(quoted(id)); it should begin with a letter or underscore and have no dash"
            )
        }
    }

    /// Whether bytes match `[A-Za-z_][0-9A-Za-z_.]*`.
    static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, ValueGrammar.isLetter(first) || first == UInt8(ascii: "_") else {
            return false
        }
        return bytes.allSatisfy {
            ValueGrammar.isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
    }
}
