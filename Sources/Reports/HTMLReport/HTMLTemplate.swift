/// A page with gaps, in the part of Mustache (mustache.github.io/mustache.5.html) that reports use.
///
/// `{{name}}` is a value with the characters of HTML escaped, `{{{name}}}` one that is HTML itself, `{{.}}` the value at
/// hand and `{{a.b}}` a value's value. `{{#name}}…{{/name}}` stands once for a value, once for each item of a list, not at
/// all for false or nothing; `{{^name}}…{{/name}}` stands where the other does not. A name is looked for in the value at
/// hand, then in those around it. A line that holds nothing but the tag of a section is left out. There are no comments,
/// partials or other delimiters: none of our pages has one.
struct HTMLTemplate {
    private enum Part {
        case text(String)
        case value(name: [String], isHTML: Bool)
        case section(name: [String], isInverted: Bool, parts: [Part])
    }

    private let parts: [Part]

    /// Reads a template of ours; that it is sound is proved by the tests.
    init(_ text: String) {
        var reader = Reader(bytes: Array(text.utf8))
        parts = reader.parts(of: nil)
    }

    /// The page with its gaps filled.
    func render(_ values: [String: any TemplateValue]) -> String {
        var page = ""
        var stack: [any TemplateValue] = [values]
        Self.render(parts, &stack, &page)
        return page
    }

    private static func render(_ parts: [Part], _ stack: inout [any TemplateValue], _ page: inout String) {
        for part in parts {
            switch part {
            case .text(let text): page += text
            case .value(let name, let isHTML):
                guard let value = find(name, stack) else { continue }
                if isHTML { page += value.text } else { value.text.appendEscaped(to: &page) }
            case .section(let name, let isInverted, let parts):
                let values = find(name, stack)?.repeats ?? []
                if isInverted {
                    if values.isEmpty { render(parts, &stack, &page) }
                    continue
                }
                for value in values {
                    stack.append(value)
                    render(parts, &stack, &page)
                    stack.removeLast()
                }
            }
        }
    }

    private static func find(_ name: [String], _ stack: [any TemplateValue]) -> (any TemplateValue)? {
        guard let first = name.first else { return stack.last }
        for value in stack.reversed() {
            guard var found = value.child(first) else { continue }
            for next in name.dropFirst() {
                guard let child = found.child(next) else { return nil }
                found = child
            }
            return found
        }
        return nil
    }

    /// Reads tags from left to right.
    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        private func isAt(_ text: StaticString, _ place: Int) -> Bool {
            text.description.utf8.enumerated().allSatisfy {
                place + $0.offset < bytes.count && bytes[place + $0.offset] == $0.element
            }
        }

        private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

        /// The parts up to the end of a section, or of the page.
        mutating func parts(of section: String?) -> [Part] {
            var parts: [Part] = []
            var start = place
            func add(_ end: Int) { if end > start { parts.append(.text(text(start..<end))) } }
            while place < bytes.count {
                guard isAt("{{", place) else {
                    place += 1
                    continue
                }
                let tag = place
                let isHTML = isAt("{{{", tag)
                place += isHTML ? 3 : 2
                let sign = bytes[place]
                let isSection = [UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "/")].contains(sign)
                if isSection { place += 1 }
                let first = place
                while !isAt("}}", place) {
                    precondition(place < bytes.count, "a tag of a template has no end")
                    place += 1
                }
                let name = text(first..<place)
                place += isHTML ? 3 : 2
                var end = tag
                if isSection, let line = ownLine(tag..<place) {
                    (end, place) = (line.lowerBound, line.upperBound)
                }
                add(end)
                let words = name == "." ? [] : name.split(separator: ".").map(String.init)
                if sign == UInt8(ascii: "/") {
                    precondition(name == section, "{{/\(name)}} ends no section of this name")
                    return parts
                }
                if isSection {
                    let inner = self.parts(of: name)
                    parts.append(.section(name: words, isInverted: sign == UInt8(ascii: "^"), parts: inner))
                } else {
                    parts.append(.value(name: words, isHTML: isHTML))
                }
                start = place
            }
            precondition(section == nil, "a section of a template has no end")
            add(place)
            return parts
        }

        /// The line of a tag with its end, if nothing else stands in it.
        private func ownLine(_ tag: Range<Int>) -> Range<Int>? {
            func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
            var first = tag.lowerBound, last = tag.upperBound
            while first > 0, isBlank(bytes[first - 1]) { first -= 1 }
            while last < bytes.count, isBlank(bytes[last]) { last += 1 }
            guard first == 0 || bytes[first - 1] == 0x0A, last == bytes.count || bytes[last] == 0x0A else {
                return nil
            }
            return first..<min(last + 1, bytes.count)
        }
    }
}

/// What can stand in a gap of a template.
protocol TemplateValue {
    /// The value as text.
    var text: String { get }
    /// The values for which a section stands.
    var repeats: [any TemplateValue] { get }
    /// The value of a name within this one.
    func child(_ name: String) -> (any TemplateValue)?
}

extension TemplateValue {
    var repeats: [any TemplateValue] { [self] }

    func child(_ name: String) -> (any TemplateValue)? { nil }
}

extension String: TemplateValue {
    var text: String { self }
}

extension Int: TemplateValue {
    var text: String { String(self) }
}

extension Bool: TemplateValue {
    var text: String { String(self) }

    var repeats: [any TemplateValue] { self ? [self] : [] }
}

extension Array: TemplateValue where Element: TemplateValue {
    var text: String { map(\.text).joined(separator: ", ") }

    var repeats: [any TemplateValue] { self }
}

extension Dictionary: TemplateValue where Key == String, Value == any TemplateValue {
    var text: String { "" }

    func child(_ name: String) -> (any TemplateValue)? { self[name] }
}

extension String {
    /// Adds the text with the characters of HTML escaped.
    fileprivate func appendEscaped(to page: inout String) {
        var start = utf8.startIndex
        for place in utf8.indices {
            let escape: String
            switch utf8[place] {
            case UInt8(ascii: "<"): escape = "&lt;"
            case UInt8(ascii: ">"): escape = "&gt;"
            case UInt8(ascii: "&"): escape = "&amp;"
            case UInt8(ascii: "\""): escape = "&quot;"
            case UInt8(ascii: "'"): escape = "&#39;"
            default: continue
            }
            page += self[start..<place]
            page += escape
            start = utf8.index(after: place)
        }
        page += self[start...]
    }
}
