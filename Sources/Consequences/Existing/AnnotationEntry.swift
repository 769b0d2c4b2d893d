/// One entry of an annotation: the values between `|`, found by the field names of the header.
struct AnnotationEntry {
    let values: [Substring]
    let columns: [String: Int]

    /// The decoded value of a field; nil if there is no such field, or it is empty or `.`.
    subscript(_ field: String) -> String? {
        guard let index = columns[field], index < values.count else { return nil }
        let value = values[index]
        return value.isEmpty || value == "." ? nil : value.percentDecoded
    }

    /// A value that may hold several joined by `&`, `,` or `/`.
    func list(_ field: String) -> [String] {
        self[field]?.split { $0 == "&" || $0 == "," || $0 == "/" }.map(String.init) ?? []
    }

    /// The first number of `19/28`, `19-20/28` or `19`.
    func ordinal(_ field: String) -> Int? {
        self[field].flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }
    }
}

/// An id and a name joined by a colon: `ENST00000288602.11:c.1799T>A`.
func splitName(_ text: String) -> (id: String, name: String) {
    guard let colon = text.firstIndex(of: ":") else { return ("", text) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
}

/// A protein name as ``Consequence/proteinName`` wants it, and its change.
func readProteinName(_ text: String) -> (name: String, change: ProteinChange?) {
    guard !text.isEmpty else { return ("", nil) }
    if let change = ProteinChange(hgvs: text) { return (change.threeLetterName, change) }
    return (text.replacing("p.(", with: "p.").trimmingSuffix(")"), nil)
}

extension String {
    /// The text without `suffix` at its end, if it is there.
    func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
