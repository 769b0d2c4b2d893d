/// The shape of YAML that a case file may have: keys are words, and brackets are nested a few times at most.
///
/// Keys that are lists of lists are compared by the YAML library in time that doubles with each level, so a small file could keep
/// it busy for years. Looked at before it is parsed, as text; quotation marks are not regarded.
enum YAMLShape {
    /// How deep brackets may be nested.
    private static let deepest = 8

    /// The first line that breaks the shape (1-based) and what is wrong with it; nil for a good file.
    static func fault(_ bytes: [UInt8]) -> (line: Int, problem: String)? {
        var (line, depth, mayBeginKey) = (1, 0, true)
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "?")
            where mayBeginKey && isBlank(place + 1 < bytes.count ? bytes[place + 1] : 0x0A):
                return (line, "a key that begins with ? is none of a case file")
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            default: break
            }
            if depth > deepest { return (line, "brackets are nested more than \(deepest) times") }
            if byte == 0x0A { line += 1 }
            // A key begins on a new line, behind spaces and `- `; some line ends have several bytes.
            mayBeginKey =
                isBlank(byte)
                ? mayBeginKey || byte == 0x0A || byte == 0x0D : byte == UInt8(ascii: "-") && mayBeginKey
            if byte >= 0x80 { mayBeginKey = true }
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte >= 0x80
    }
}
