internal import CHTS

/// Where the parts of a BCF record's bytes stand.
///
/// Made again for each record; no value is copied. A length is held against the bounds before what it counts is looked at.
///
/// - Source: VCF 4.4 specification, section 6.3.
struct BinaryLayout {
    /// A vector of one type.
    struct Value {
        /// htslib's number of the type.
        var type: UInt8 = 0
        /// Numbers or letters; of FORMAT those of one sample.
        var count = 0
        /// Where the first one stands in its block.
        var start = 0
        /// Bytes of all of them; of FORMAT those of one sample.
        var size: Int { count << BinaryLayout.shift(of: type) }
    }

    /// A field of INFO or FORMAT.
    struct Field {
        var tag: Int32 = 0
        var value = Value()
        /// Where its number stands in its block.
        var start = 0
    }

    private(set) var id = Value()
    private(set) var alleles: [Value] = []
    private(set) var filter = Value()
    private(set) var info: [Field] = []
    private(set) var format: [Field] = []
    /// Whether nothing stands behind the last field, and every number of a tag is a vector of one.
    private(set) var isRegular = false

    /// Finds the parts of a record, INFO and FORMAT only where they are asked for; false if they do not lie within it.
    mutating func read(_ record: UnsafeMutablePointer<bcf1_t>, info hasInfo: Bool, format hasFormat: Bool)
        -> Bool
    {
        isRegular = true
        let shared = unsafe BinaryBlock(record.pointee.shared)
        var place = 0
        guard Self.read(&id, shared, &place, times: 1) else { return false }
        Self.resize(&alleles, to: unsafe Int(chts_allele_count(record)), Value())
        for index in alleles.indices {
            guard Self.read(&alleles[index], shared, &place, times: 1) else { return false }
        }
        guard Self.read(&filter, shared, &place, times: 1) else { return false }
        let infoCount = hasInfo ? unsafe chts_info_count(record) : 0
        guard Self.read(&info, Int(infoCount), shared, &place, times: 1, &isRegular) else { return false }
        if hasInfo, place != shared.count { isRegular = false }
        let individual = unsafe BinaryBlock(record.pointee.indiv)
        place = 0
        let formatCount = hasFormat ? unsafe chts_format_count(record) : 0
        let samples = unsafe Int(chts_sample_count(record))
        guard Self.read(&format, Int(formatCount), individual, &place, times: samples, &isRegular) else {
            return false
        }
        if hasFormat, place != individual.count { isRegular = false }
        return true
    }

    private static func read(
        _ fields: inout [Field], _ count: Int, _ block: BinaryBlock, _ place: inout Int, times: Int,
        _ isRegular: inout Bool
    ) -> Bool {
        resize(&fields, to: count, Field())
        for index in 0..<count {
            var field = Field()
            field.start = place
            guard place < block.count else { return false }
            let head = block.byte(place)
            place += 1
            if head >> 4 != 1 { isRegular = false }
            guard read(&field.tag, block, &place, head & 15), read(&field.value, block, &place, times: times)
            else { return false }
            fields[index] = field
        }
        return true
    }

    /// Most records have as many as the one before.
    private static func resize<Part>(_ parts: inout [Part], to count: Int, _ part: Part) {
        if parts.count > count { parts.removeLast(parts.count - count) }
        while parts.count < count { parts.append(part) }
    }

    /// Reads a type and a count, and steps over `times` as many numbers.
    @inline(__always)
    private static func read(_ value: inout Value, _ block: BinaryBlock, _ place: inout Int, times: Int)
        -> Bool
    {
        guard place < block.count else { return false }
        let head = block.byte(place)
        place += 1
        value.type = head & 15
        value.count = Int(head >> 4)
        if value.count == 15 {
            guard place < block.count else { return false }
            let type = block.byte(place) & 15
            place += 1
            var count: Int32 = 0
            guard read(&count, block, &place, type), count >= 0 else { return false }
            value.count = Int(count)
        }
        value.start = place
        guard isKnown(value.type) else { return false }
        // A count has 31 bits, the number of samples 24.
        let size = value.size * times
        guard size <= block.count - place else { return false }
        place += size
        return true
    }

    @inline(__always)
    private static func read(_ number: inout Int32, _ block: BinaryBlock, _ place: inout Int, _ type: UInt8)
        -> Bool
    {
        let size = 1 << shift(of: type)
        guard type >= 1, type <= 3, size <= block.count - place else { return false }
        number = block.integer(place, type)
        place += size
        return true
    }

    /// None, integers of 8, 16 and 32 bits, numbers with a point, letters.
    @inline(__always)
    private static func isKnown(_ type: UInt8) -> Bool { type <= 3 || type == 5 || type == 7 }

    @inline(__always)
    fileprivate static func shift(of type: UInt8) -> Int { type == 2 ? 1 : type == 3 || type == 5 ? 2 : 0 }
}

/// The bytes of a record's block, which htslib uses again for the next record.
@safe struct BinaryBlock {
    private let bytes: UnsafeRawPointer?
    let count: Int

    /// Borrows the block.
    init(_ block: kstring_t) {
        unsafe bytes = UnsafeRawPointer(block.s)
        count = unsafe bytes == nil ? 0 : block.l
    }

    /// The byte at a place within the block.
    @inline(__always)
    func byte(_ place: Int) -> UInt8 { load(place, as: UInt8.self) }

    /// The integer of a type at a place within the block; what stands for a missing number and for a vector's end is that of
    /// 32 bits.
    @inline(__always)
    func integer(_ place: Int, _ type: UInt8) -> Int32 {
        switch type {
        case 1:
            let number = load(place, as: Int8.self)
            return number < -126 ? Int32(number) - Int32(Int8.min) + Int32.min : Int32(number)
        case 2:
            let number = Int16(littleEndian: load(place, as: Int16.self))
            return number < -32766 ? Int32(number) - Int32(Int16.min) + Int32.min : Int32(number)
        default: return Int32(littleEndian: load(place, as: Int32.self))
        }
    }

    /// A pointer to a range within the block, for htslib.
    @inline(__always)
    func pointer(_ range: Range<Int>) -> UnsafeMutableRawPointer? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range outside the block")
        // SAFETY: the range lies in the block; htslib only reads.
        return unsafe bytes.map { unsafe UnsafeMutableRawPointer(mutating: $0 + range.lowerBound) }
    }

    /// Appends a range of the block to `target`.
    func append(_ range: Range<Int>, to target: inout [UInt8]) {
        // SAFETY: the pointer is to as many bytes.
        unsafe target.append(contentsOf: UnsafeRawBufferPointer(start: pointer(range), count: range.count))
    }

    @inline(__always)
    private func load<Number: FixedWidthInteger & BitwiseCopyable>(_ place: Int, as type: Number.Type)
        -> Number
    {
        precondition(place >= 0 && place + MemoryLayout<Number>.size <= count, "a place outside the block")
        // SAFETY: the bytes lie in the block, and every bit pattern is a number.
        guard let bytes = unsafe bytes else { return 0 }
        return unsafe bytes.loadUnaligned(fromByteOffset: place, as: type)
    }
}
