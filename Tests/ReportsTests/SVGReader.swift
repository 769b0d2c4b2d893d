/// Reads an SVG file strictly: tags must be balanced, attributes quoted and given once, signs escaped.
struct SVGReader {
    struct Element {
        let tag: String
        let attributes: [String: String]
        /// The text right within it.
        var text = ""
        /// The text of its child `title`.
        var title = ""

        func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? .nan }
    }

    struct Fault: Error {
        let problem: String
    }

    /// All elements, in the order in which they begin.
    private(set) var elements: [Element] = []

    init(_ svg: String) throws {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        guard svg.hasPrefix(declaration) else { throw Fault(problem: "no declaration") }
        var open: [Int] = []
        var rest = svg.dropFirst(declaration.count)
        while let first = rest.first {
            guard first == "<" else {
                let text = rest.prefix { $0 != "<" }
                rest = rest.dropFirst(text.count)
                let plain = try Self.plain(String(text))
                if let last = open.last {
                    elements[last].text += plain
                } else if plain.contains(where: { !$0.isWhitespace }) {
                    throw Fault(problem: "text outside")
                }
                continue
            }
            let content = rest.dropFirst().prefix { $0 != ">" }
            rest = rest.dropFirst(content.count + 2)
            if content.hasPrefix("/") {
                guard let last = open.popLast(), elements[last].tag == content.dropFirst() else {
                    throw Fault(problem: "</\(content.dropFirst())> closes another element")
                }
                if elements[last].tag == "title", let parent = open.last {
                    elements[parent].title = elements[last].text
                }
                continue
            }
            guard elements.isEmpty || !open.isEmpty else { throw Fault(problem: "a second root") }
            let isClosed = content.hasSuffix("/")
            elements.append(try Self.element(isClosed ? content.dropLast() : content))
            if !isClosed { open.append(elements.count - 1) }
        }
        guard open.isEmpty, !elements.isEmpty else { throw Fault(problem: "an element stays open") }
    }

    /// The elements of a class.
    func all(_ kind: String) -> [Element] { elements.filter { $0.attributes["class"] == kind } }

    /// The first element with a tag.
    func first(_ tag: String) -> Element? { elements.first { $0.tag == tag } }

    private static func element(_ content: Substring) throws -> Element {
        let tag = content.prefix { $0.isLetter }
        var attributes: [String: String] = [:]
        var rest = content.dropFirst(tag.count)
        while !rest.isEmpty {
            guard rest.first == " " else { throw Fault(problem: "no blank before an attribute") }
            let name = rest.dropFirst().prefix { $0 != "=" }
            rest = rest.dropFirst(name.count + 2)
            guard rest.first == "\"" else { throw Fault(problem: "\(name) is not quoted") }
            let value = rest.dropFirst().prefix { $0 != "\"" }
            rest = rest.dropFirst(value.count + 2)
            guard !name.isEmpty, attributes.updateValue(try plain(String(value)), forKey: String(name)) == nil
            else { throw Fault(problem: "\(name) stands twice") }
        }
        return Element(tag: String(tag), attributes: attributes)
    }

    private static func plain(_ text: String) throws -> String {
        var plain = ""
        var rest = text[...]
        while let first = rest.first {
            guard first == "&" else {
                plain.append(first)
                rest = rest.dropFirst()
                continue
            }
            let name = rest.prefix { $0 != ";" }
            let signs = ["&amp": "&", "&lt": "<", "&gt": ">", "&quot": "\"", "&#39": "'"]
            guard let sign = signs[String(name)] else { throw Fault(problem: "\(name) is no sign") }
            plain += sign
            rest = rest.dropFirst(name.count + 1)
        }
        return plain
    }
}
