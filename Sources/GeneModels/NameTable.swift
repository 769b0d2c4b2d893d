internal import Genome

/// Where a name lies in the blob of names of a ``GeneModel``; empty where there is none.
public struct NameReference: Hashable, Sendable {
    /// The first byte.
    public var offset: Int32
    /// The number of bytes.
    public var length: Int32

    /// No name.
    public static let none = NameReference(offset: 0, length: 0)

    /// Whether there is no name.
    public var isEmpty: Bool { length == 0 }
}

/// Names, each stored once in one run of bytes; a name is known by its number.
///
/// Open addressing with linear probing; names are compared in full, so equal hashes do no harm.
struct NameTable {
    private(set) var bytes: [UInt8] = []
    private(set) var references: [NameReference] = []
    private var slots: [Int32] = Array(repeating: -1, count: 1024)

    /// The number of a name, which is stored if it is new.
    mutating func number(of name: some Collection<UInt8>) -> Int {
        if references.count * 2 >= slots.count { grow() }
        var slot = Int(truncatingIfNeeded: Self.hash(name)) & (slots.count - 1)
        while slots[slot] >= 0 {
            if self[Int(slots[slot])].elementsEqual(name) { return Int(slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(references.count)
        references.append(NameReference(offset: Int32(bytes.count), length: Int32(name.count)))
        bytes.append(contentsOf: name)
        return references.count - 1
    }

    /// The place of a name, which is stored if it is new; empty names take no place.
    mutating func reference(to name: some Collection<UInt8>) -> NameReference {
        name.isEmpty ? .none : references[number(of: name)]
    }

    /// The place of a name that will be printed into a VCF, with what has a meaning there encoded.
    mutating func printable(_ name: some Collection<UInt8>) -> NameReference {
        if InfoText.isPlain(name) { return reference(to: name) }
        var text: [UInt8] = []
        InfoText.append(name, to: &text)
        return reference(to: text)
    }

    /// The bytes of a name.
    subscript(number: Int) -> ArraySlice<UInt8> {
        let reference = references[number]
        return bytes[Int(reference.offset)..<Int(reference.offset + reference.length)]
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for number in references.indices {
            var slot = Int(truncatingIfNeeded: Self.hash(self[number])) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    /// FNV-1a, folded.
    private static func hash(_ name: some Collection<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 32
    }
}
