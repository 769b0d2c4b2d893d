// Declarations of filters, symbolic alleles and contigs; samples, pedigrees, and lines that hold a URL.

extension SpecificationCheck {
    mutating func checkFilter(_ meta: MetaLine) {
        guard let id = meta["ID"]?.value else { return }
        declared.filters.insert(DeclaredTags.bytes(id))
        if id == "0" {
            found(.metaFilterZero, "##FILTER ID is 0, which is reserved")
        } else {
            checkID(id, of: meta, isKey: false)
        }
    }

    mutating func checkAlternate(_ meta: MetaLine) {
        guard let id = meta["ID"]?.value else { return }
        declared.alts.insert(DeclaredTags.bytes(id))
        let utf8 = Array(id.utf8)
        if utf8.contains(where: { ValueGrammar.isSpace($0) || "<>,".utf8.contains($0) })
            || !(utf8.contains(where: ValueGrammar.isAlphanumeric) || id == "*")
        {
            found(
                .metaID, of: "ALT",
                "##ALT ID is \(quoted(id)), a name without white space and angle brackets was expected")
        } else if let rule = Self.symbolRule(id, version, colon: .metaAlt, own: .metaAltTolerated) {
            found(
                rule, of: id,
                "##ALT ID is \(quoted(id)), DEL, INS, DUP, INV or CNV was expected as its first part")
        }
    }

    /// The rule that a symbolic allele's name breaks: names with a subtype begin with a type of the specification;
    /// other names of callers' own are tolerated.
    static func symbolRule(
        _ id: String, _ version: SpecificationVersion, colon: SpecificationRule, own: SpecificationRule
    ) -> SpecificationRule? {
        let parts = id.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let type = String(parts.first ?? "")
        if parts.count > 1, parts[1].isEmpty { return colon }
        if ["DEL", "INS", "DUP", "INV", "CNV"].contains(type) || id == "*" { return nil }
        // Ambiguity codes may be declared as symbols; callers add BND and TRA with or without subtypes.
        if type.utf8.count == 1, parts.count == 1, type.utf8.allSatisfy(ValueGrammar.isAmbiguityCode) {
            return nil
        }
        return parts.count > 1 && !["BND", "TRA", "CTX", "ITX", "SGL"].contains(type) ? colon : own
    }

    mutating func checkContig(_ meta: MetaLine) {
        if let length = meta["length"]?.value,
            VCFRecord.integer(ArraySlice(Array(length.utf8))).map({ $0 < 0 }) ?? true
        {
            found(.metaContigLength, "\(Self.name(meta)): length is \(quoted(length)), a number was expected")
        }
        guard let id = meta["ID"]?.value else { return }
        let version = version
        let bytes = DeclaredTags.bytes(id)
        if declared.contigs[bytes] == nil || declared.contigs[bytes] == .some(nil) {
            declared.contigs[bytes] = .some(meta["length"].flatMap { Int($0.value) })
        }
        switch Self.contigFault(bytes, version) {
        case .broken:
            found(
                .metaContig,
                "##contig ID is \(quoted(id)), a name without white space, comma and brackets was expected")
        case .colon:
            found(.metaContigTolerated, "##contig ID is \(quoted(id)); VCF \(version.name) allows no colon")
        case .unusual:
            found(
                .metaContigTolerated,
                "##contig ID is \(quoted(id)), letters, digits and !#$%&*+./:;=?@^_|~- were expected")
        case nil: break
        }
    }

    enum ContigFault { case broken, colon, unusual }

    /// What is wrong with a contig's name.
    static func contigFault(_ name: ArraySlice<UInt8>, _ version: SpecificationVersion) -> ContigFault? {
        guard let first = name.first, first != UInt8(ascii: "*"), first != UInt8(ascii: "=") else {
            return .broken
        }
        if name.contains(where: { $0 <= 0x20 || $0 == 0x7F || "<>[],".utf8.contains($0) }) { return .broken }
        if !name.contains(where: { ValueGrammar.isAlphanumeric($0) || $0 >= 0x80 }) { return .broken }
        if version <= .v42, name.contains(UInt8(ascii: ":")) { return .colon }
        return name.contains { $0 >= 0x80 || "\\\"'`(){}".utf8.contains($0) } ? .unusual : nil
    }

    mutating func checkSample(_ meta: MetaLine) {
        if let id = meta["ID"]?.value { checkID(id, of: meta, isKey: false) }
        guard version <= .v42, meta.faults.isEmpty else { return }
        for key in ["Genomes", "Mixture"] where meta[key]?.isQuoted == true {
            found(.metaSample, "##SAMPLE: \(key) stands in quotes, a list without quotes was expected")
        }
        let missing = ["Genomes", "Mixture", "Description"].filter { meta[$0] == nil }
        if missing.count == 3 || (missing.count == 2 && meta["Description"] != nil) {
            found(.metaSampleTolerated, "##SAMPLE has other keys than Genomes, Mixture and Description")
        } else if let key = missing.first {
            found(.metaSample, "##SAMPLE has no \(key), ID, Genomes, Mixture and Description were expected")
        } else if meta["Description"]?.isQuoted == false {
            found(.metaSample, "##SAMPLE: Description is not in double quotes")
        }
    }

    mutating func checkPedigree(_ meta: MetaLine) {
        guard meta.faults.isEmpty else { return }
        for field in meta.fields where !Self.isGenomeName(field.value) || field.isQuoted {
            found(
                .metaPedigree,
                "##PEDIGREE: \(field.key.prefix(40)) is \(quoted(field.value)), a name without white space was expected"
            )
        }
        if meta.fields.isEmpty { found(.metaPedigree, "##PEDIGREE names no genome") }
        guard version >= .v43 else { return }
        let keys = meta.fields.map(\.key)
        let rest = keys.dropFirst()
        let isKnown =
            keys.first == "ID"
            && (rest.elementsEqual(["Original"]) || rest.elementsEqual(["Father", "Mother"])
                || rest.elementsEqual(["Mother", "Father"]) || rest.elementsEqual(["Father"])
                || rest.elementsEqual(["Mother"]) || (!rest.isEmpty && rest.allSatisfy(Self.isAncestorKey)))
        if !isKnown {
            found(
                .metaPedigree,
                "##PEDIGREE has the keys \(Self.list(keys)); ID with Original, Father and Mother, or Name_1 ... "
                    + "was expected")
        }
    }

    private static func isGenomeName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                ValueGrammar.isAlphanumeric($0) || "._-".utf8.contains($0) || $0 >= 0x80
            }
            && text.utf8.contains { ValueGrammar.isAlphanumeric($0) || $0 >= 0x80 }
    }

    private static func isAncestorKey(_ key: String) -> Bool {
        key.hasPrefix("Name_") && key.utf8.count > 5 && key.utf8.dropFirst(5).allSatisfy(ValueGrammar.isDigit)
    }

    mutating func checkMeta(_ meta: MetaLine) {
        guard meta.faults.isEmpty, version >= .v43 else { return }
        if let id = meta["ID"]?.value { checkID(id, of: meta, isKey: false) }
        if meta["Number"]?.value != "." {
            found(
                .metaMeta, "##META: Number is \(quoted(meta["Number"]?.value ?? "missing")), . was expected")
        }
        if meta["Type"]?.value != "String" {
            found(
                .metaMeta, "##META: Type is \(quoted(meta["Type"]?.value ?? "missing")), String was expected")
        }
        let values = meta["Values"]?.value ?? ""
        if !values.hasPrefix("[") || !values.hasSuffix("]") || values.utf8.count < 3 {
            found(.metaMeta, "##META: Values is \(quoted(values)), a list in square brackets was expected")
        }
    }

    // MARK: Other lines

    mutating func checkOther(_ meta: MetaLine) {
        switch meta.key {
        case "assembly", "pedigreeDB":
            // VCF 4.1 and 4.2 print the URL of pedigreeDB in angle brackets.
            let url = meta.isStructured ? meta.value.dropFirst().dropLast() : meta.value[...]
            if !meta.value.isEmpty, !Self.isURL(url) {
                found(
                    .metaURL, of: meta.key,
                    "##\(meta.key) is \(quoted(meta.value)), a URL such as https://host/file was expected")
            }
        default:
            if meta.isStructured, meta.faults.isEmpty, version >= .v43, meta["ID"] == nil,
                !meta.value.hasPrefix("<\"")
            {
                found(.metaGenericID, of: meta.key, "##\(meta.key.prefix(40)) is structured and has no ID")
            }
        }
    }

    private static func isURL(_ text: Substring) -> Bool {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return false }
        let scheme = text[..<colon].utf8, rest = text[colon...].dropFirst(3)
        return scheme.count > 1 && scheme.first.map(ValueGrammar.isLetter) == true
            && scheme.allSatisfy { ValueGrammar.isAlphanumeric($0) || "+.-".utf8.contains($0) }
            && rest.utf8.contains(where: ValueGrammar.isAlphanumeric) && !rest.contains(" ")
    }
}
