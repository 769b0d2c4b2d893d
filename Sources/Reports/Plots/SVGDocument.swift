/// An SVG picture that is made element by element; it stands alone, with no fonts, styles or scripts from outside.
///
/// - Unit: pixels from the upper left corner; written with at most two digits behind the point.
/// - Source: W3C, Scalable Vector Graphics (SVG) 1.1; SVG Accessibility API Mappings for `role`, `title`, `desc`.
struct SVGDocument {
    /// Which part of a text stands at its x.
    enum Anchor: String {
        case start, middle, end
    }

    private static let ink = "#222222"
    private let width: Double
    private let head: String
    private var elements: [String] = []

    /// An empty white picture; screen readers say its title and its description.
    init(width: Double, height: Double, title: String, description: String) {
        self.width = width
        let (w, h) = (Self.number(width), Self.number(height))
        head = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" role="img" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" \
            font-family="Helvetica, Arial, sans-serif">
            <title>\(Self.escaped(title))</title>
            <desc>\(Self.escaped(description))</desc>
            <rect class="background" width="\(w)" height="\(h)" fill="#FFFFFF"/>

            """
    }

    /// The whole file.
    var text: String { head + elements.map { $0 + "\n" }.joined() + "</svg>\n" }

    /// A rectangle; `title` shows where a pointer rests on it.
    mutating func rect(
        _ kind: String, x: Double, y: Double, width: Double, height: Double, fill: String,
        stroke: String? = nil, title: String? = nil
    ) {
        var element = "<rect class=\"\(kind)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        element += " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" fill=\"\(fill)\""
        if let stroke { element += " stroke=\"\(stroke)\" stroke-width=\"0.5\"" }
        elements.append(element + Self.end("rect", title))
    }

    /// A straight line.
    mutating func line(
        _ kind: String, from: (x: Double, y: Double), to: (x: Double, y: Double), stroke: String,
        width: Double = 1, isDashed: Bool = false
    ) {
        var element = "<line class=\"\(kind)\" x1=\"\(Self.number(from.x))\" y1=\"\(Self.number(from.y))\""
        element += " x2=\"\(Self.number(to.x))\" y2=\"\(Self.number(to.y))\" stroke=\"\(stroke)\""
        element += " stroke-width=\"\(Self.number(width))\"" + (isDashed ? " stroke-dasharray=\"3 3\"" : "")
        elements.append(element + "/>")
    }

    /// A triangle that points up, its tip at `x`, `y`.
    mutating func triangle(_ kind: String, x: Double, y: Double, size: Double, fill: String, title: String) {
        let corners = [(x, y), (x - size / 2, y + size), (x + size / 2, y + size)]
        let points = corners.map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
        elements.append(
            "<polygon class=\"\(kind)\" points=\"\(points)\" fill=\"\(fill)\"" + Self.end("polygon", title))
    }

    /// One line of text; `y` is its base line. With `isUpright` it runs from below to above.
    mutating func text(
        _ text: String, x: Double, y: Double, size: Double = 11, anchor: Anchor = .start,
        isBold: Bool = false, isUpright: Bool = false, fill: String = SVGDocument.ink
    ) {
        let (left, top) = (Self.number(x), Self.number(y))
        var element = "<text x=\"\(left)\" y=\"\(top)\" font-size=\"\(Self.number(size))\" fill=\"\(fill)\""
        if anchor != .start { element += " text-anchor=\"\(anchor.rawValue)\"" }
        if isBold { element += " font-weight=\"bold\"" }
        if isUpright { element += " transform=\"rotate(-90 \(left) \(top))\"" }
        elements.append(element + ">\(Self.escaped(text))</text>")
    }

    /// The line above the picture, in smaller letters where it is long; a name that is too long even so is cut.
    mutating func heading(_ name: String, _ rest: String) {
        let left = 20.0, room = width - 2 * left
        let size = min(16, max(9, 16 * room / Self.width(of: name + rest, size: 16)))
        let kept = Self.cut(name, to: room - Self.width(of: rest, size: size), size: size)
        text(kept + rest, x: left, y: 26, size: size, isBold: true)
    }

    // MARK: Text

    private static func end(_ tag: String, _ title: String?) -> String {
        title.map { "><title>\(escaped($0))</title></\(tag)>" } ?? "/>"
    }

    /// Text as it may stand in an element or attribute; what XML 1.0 has no character for becomes U+FFFD.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// About how wide a text is; which font shows it is not known.
    static func width(of text: String, size: Double) -> Double {
        max(text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 0.6 : 1) } * size, 1)
    }

    /// The text, or its beginning and `…` where it is wider than the room.
    static func cut(_ text: String, to room: Double, size: Double) -> String {
        guard width(of: text, size: size) > room else { return text }
        var kept = ""
        for character in text {
            guard width(of: kept + String(character) + "…", size: size) <= room else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// Black or white, whichever reads better on a color such as `#03BDEE`.
    static func ink(on color: String) -> String {
        let value = Int(color.dropFirst(), radix: 16) ?? 0xFFFFFF
        let luma = 299 * (value >> 16) + 587 * (value >> 8 & 255) + 114 * (value & 255)
        return luma > 128_000 ? "#000000" : "#FFFFFF"
    }

    // MARK: Numbers

    /// A coordinate with at most two digits behind the point.
    static func number(_ value: Double) -> String {
        precondition(abs(value) < 1e9, "a coordinate lies within the picture")
        let hundredths = Int((value * 100).rounded())
        let fraction = abs(hundredths) % 100
        var text = (hundredths < 0 ? "-" : "") + String(abs(hundredths) / 100)
        if fraction > 0 {
            text += "." + (fraction < 10 ? "0" : "") + String(fraction % 10 == 0 ? fraction / 10 : fraction)
        }
        return text
    }
}
