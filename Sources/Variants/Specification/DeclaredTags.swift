/// What the header declares, and the reserved tags, looked up by bytes.
struct DeclaredTags: Sendable {
    /// How values of one tag are judged.
    struct Tag: Hashable, Sendable {
        let key: String
        let number: ValueCount?
        let type: ValueType?
        let isDeclared: Bool
        let reserved: ReservedKeys.Entry?
    }

    private(set) var info: [ArraySlice<UInt8>: Tag] = [:]
    private(set) var format: [ArraySlice<UInt8>: Tag] = [:]
    var filters: Set<ArraySlice<UInt8>> = []
    var alts: Set<ArraySlice<UInt8>> = []
    var contigs: [ArraySlice<UInt8>: Int?] = [:]

    /// Fills in the reserved tags of a version.
    mutating func reserve(_ version: SpecificationVersion) {
        for (key, entry) in ReservedKeys.info(version) where info[Self.bytes(key)]?.isDeclared != true {
            info[Self.bytes(key)] = Self.tag(key, entry)
        }
        for (key, entry) in ReservedKeys.format(version) where format[Self.bytes(key)]?.isDeclared != true {
            format[Self.bytes(key)] = Self.tag(key, entry)
        }
    }

    /// Takes a declaration; the first one of a key counts, as in htslib.
    mutating func declare(_ key: String, isFormat: Bool, number: ValueCount?, type: ValueType?) {
        let bytes = Self.bytes(key)
        let old = isFormat ? format[bytes] : info[bytes]
        guard old?.isDeclared != true else { return }
        let tag = Tag(key: key, number: number, type: type, isDeclared: true, reserved: old?.reserved)
        if isFormat { format[bytes] = tag } else { info[bytes] = tag }
    }

    static func bytes(_ text: some StringProtocol) -> ArraySlice<UInt8> { ArraySlice(Array(text.utf8)) }

    private static func tag(_ key: String, _ entry: ReservedKeys.Entry) -> Tag {
        Tag(key: key, number: entry.number, type: entry.type, isDeclared: false, reserved: entry)
    }
}
