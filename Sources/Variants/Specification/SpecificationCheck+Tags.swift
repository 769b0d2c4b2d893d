// Declarations of INFO and FORMAT tags: Number, Type, and the tags that the specification reserves.

extension SpecificationCheck {
    mutating func checkTag(_ meta: MetaLine) {
        guard let id = meta["ID"]?.value else { return }
        let isFormat = meta.key == "FORMAT"
        checkID(id, of: meta, isKey: true)
        let number = meta["Number"].flatMap { $0.value == "-1" ? .unknown : ValueCount($0.value) }
        let type = meta["Type"].flatMap { ValueType(rawValue: $0.value) }
        defer { declared.declare(id, isFormat: isFormat, number: number, type: type) }
        if let text = meta["Number"]?.value {
            checkNumber(text, number, id: id, meta)
        }
        if let text = meta["Type"]?.value, type == nil || (isFormat && type == .flag) {
            let types =
                isFormat ? "Integer, Float, Character or String" : "Integer, Float, Flag, Character or String"
            found(
                .metaType, of: meta.key + id,
                "\(Self.name(meta)): Type is \(quoted(text)), \(types) was expected")
        }
        guard let number, let type else { return }
        if let entry = (isFormat ? declared.format : declared.info)[DeclaredTags.bytes(id)]?.reserved,
            (entry.number != nil && entry.number != .unknown && entry.number != number)
                || (entry.type != nil && entry.type != type)
        {
            let isTolerated = ReservedKeys.isTolerated(
                id, isFormat: isFormat, number: number, type: type, entry)
            found(
                isTolerated ? .metaReservedTolerated : .metaReserved, of: meta.key + id,
                "\(Self.name(meta)) has Number=\(number.text),Type=\(type.rawValue); the specification reserves it as "
                    + "Number=\(entry.number?.text ?? "any"),Type=\(entry.type?.rawValue ?? "any")")
        } else if !isFormat, (type == .flag) != (number == .count(0)) {
            found(
                .metaFlagNumber, of: meta.key + id,
                "\(Self.name(meta)) has Number=\(number.text),Type=\(type.rawValue); a Flag has Number=0, and nothing else has"
            )
        }
    }

    private mutating func checkNumber(_ text: String, _ number: ValueCount?, id: String, _ meta: MetaLine) {
        let isFormat = meta.key == "FORMAT"
        if text == "-1" {
            return found(
                .metaNumberVersion, of: meta.key + id,
                "\(Self.name(meta)): Number=-1 is the . of versions before 4.1")
        }
        let isKnown =
            switch number {
            case nil: false
            case .local, .perGenotypeAllele: isFormat
            default: true
            }
        guard isKnown, let number else {
            let extra = isFormat && version >= .v44 ? version >= .v45 ? ", P, LA, LR, LG, M" : ", P" : ""
            return found(
                .metaNumber, of: meta.key + id,
                "\(Self.name(meta)): Number is \(quoted(text)), a count, A, R, G\(extra) or . was expected")
        }
        let version = version
        if version < number.firstVersion {
            let isLate = number.firstVersion >= .v44
            found(
                isLate ? .metaNumber : .metaNumberVersion, of: meta.key + id,
                "\(Self.name(meta)): Number=\(text) came with VCF \(number.firstVersion.name), the file is VCF \(version.name)"
            )
        }
    }
}
