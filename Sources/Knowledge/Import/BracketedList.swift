/// Lists whose items may hold the separator within brackets, such as `V600E, Oncogenic Mutations (excluding V600E, V600K)`.
enum BracketedList {
    /// The trimmed items between separators outside of `()`, `[]` and `{}`, without empty ones; nil where the brackets do not close.
    static func items(_ text: String, _ separators: Set<Character>) -> [String]? {
        var items: [String] = []
        var item = ""
        var closing: [Character] = []
        for character in text {
            switch character {
            case "(": closing.append(")")
            case "[": closing.append("]")
            case "{": closing.append("}")
            case ")", "]", "}":
                guard closing.popLast() == character else { return nil }
            case _ where closing.isEmpty && separators.contains(character):
                items.append(item)
                item = ""
                continue
            default: break
            }
            item.append(character)
        }
        guard closing.isEmpty else { return nil }
        return (items + [item]).map { Array($0.utf8)[...].trimmedText }.filter { !$0.isEmpty }
    }

    /// A text and the items of the bracket at its end that begins with `excluding`; nil where that cannot be read.
    static func exclusion(_ text: String) -> (base: String, excluded: [String])? {
        for (open, close) in [("(", ")"), ("{", "}")] where text.hasSuffix(close) {
            let parts = text.parts(around: "\(open)excluding ")
            guard let base = parts.first, parts.count == 2, !base.isEmpty else { continue }
            guard let items = items(String(parts[1].dropLast()), [",", ";"]), !items.isEmpty else {
                return nil
            }
            return (Array(base.utf8)[...].trimmedText, items)
        }
        return text.lowercased().contains("exclud") ? nil : (text, [])
    }
}

extension String {
    /// The text before and after the first place of a word; the text alone where it is not there.
    func parts(around word: String) -> [String] {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(word) {
                return [String(self[..<start]), String(self[start...].dropFirst(word.count))]
            }
            start = index(after: start)
        }
        return [self]
    }
}
