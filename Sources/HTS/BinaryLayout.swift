internal import CHTS

/// Where the parts of a BCF record's bytes stand.
///
/// Made again for each record in one walk over its bytes; no value is copied. A length is held against the bounds before what it
/// counts is looked at.
///
/// - Source: VCF 4.4 specification, section 6.3.
struct BinaryLayout: ~Copyable {
    /// A vector of one type.
    struct Value: BitwiseCopyable {
        /// htslib's number of the type.
        fileprivate(set) var type: UInt8 = 0
        fileprivate var length: UInt32 = 0, place: UInt32 = 0

        /// Numbers or letters; of FORMAT those of one sample.
        @inline(__always) var count: Int { Int(length) }
        /// Where the first one stands in its block.
        @inline(__always) var start: Int { Int(place) }
        /// Bytes of all of them; of FORMAT those of one sample.
        @inline(__always) var size: Int { count << BinaryLayout.shift(of: type) }
        @inline(__always) var isInteger: Bool { type >= 1 && type <= 3 }
        @inline(__always) var isText: Bool { type == 7 }
    }

    /// A field of INFO or FORMAT.
    struct Field: BitwiseCopyable {
        fileprivate(set) var tag: Int32 = 0
        fileprivate(set) var value = Value()
        fileprivate var place: UInt32 = 0

        /// Where its number stands in its block.
        var start: Int { Int(place) }
    }

    private(set) var id = Value()
    private(set) var alleles = Scratch(Value())
    private(set) var filter = Value()
    private(set) var info = Scratch(Field())
    private(set) var format = Scratch(Field())
    /// Whether nothing stands behind the last field, and every number of a tag is a vector of one.
    private(set) var isRegular = false

    /// Finds the parts of a record.
    ///
    /// - Returns: false for a record that htslib does not read or write either: parts that do not lie within it, of a type that is
    ///   not theirs, numbers that the header does not give to a contig or tag, or another number of samples than the header's.
    mutating func read(_ record: UnsafeMutablePointer<bcf1_t>, _ names: borrowing HeaderNames) -> Bool {
        let samples = unsafe Int(chts_sample_count(record))
        guard unsafe names.hasContig(record.pointee.rid), samples == names.sampleCount else { return false }
        let shared = unsafe BinaryBlock(record.pointee.shared)
        var cursor = Cursor(block: shared)
        guard cursor.read(&id), id.isText, cursor.pass(id.size) else { return false }
        let alleleCount = unsafe Int(chts_allele_count(record))
        guard alleleCount > 0 else { return false }
        alleles.resize(to: alleleCount)
        for index in 0..<alleleCount {
            var allele = Value()
            guard cursor.read(&allele), allele.isText, cursor.pass(allele.size) else { return false }
            alleles[index] = allele
        }
        guard cursor.read(&filter) else { return false }
        if filter.count > 0 {
            guard filter.isInteger, cursor.pass(filter.size) else { return false }
            for index in 0..<filter.count where !names.hasTag(filterNumber(shared, index)) { return false }
        }
        guard Self.read(&info, unsafe Int(chts_info_count(record)), &cursor, samples: 1, names) else {
            return false
        }
        isRegular = cursor.isRegular && cursor.isAtEnd
        cursor = Cursor(block: unsafe BinaryBlock(record.pointee.indiv))
        guard Self.read(&format, unsafe Int(chts_format_count(record)), &cursor, samples: samples, names)
        else { return false }
        isRegular = isRegular && cursor.isRegular && cursor.isAtEnd
        return true
    }

    @inline(__always)
    private static func read(
        _ fields: inout Scratch<Field>, _ count: Int, _ cursor: inout Cursor, samples: Int,
        _ names: borrowing HeaderNames
    ) -> Bool {
        fields.resize(to: count)
        for index in 0..<count {
            var field = Field()
            field.place = cursor.place32
            guard cursor.readTag(&field.tag), names.hasTag(field.tag), cursor.read(&field.value) else {
                return false
            }
            let type = field.value.type
            // None without numbers, integers of 8, 16 and 32 bits, numbers with a point, letters; a count has 31 bits, the number
            // of samples 24.
            guard 0b1010_1111 as UInt32 >> UInt32(type) & 1 != 0, type > 0 || field.value.count == 0,
                cursor.pass(field.value.size &* samples)
            else { return false }
            fields[index] = field
        }
        return true
    }

    /// The header's number of a filter.
    @inline(__always)
    func filterNumber(_ block: BinaryBlock, _ index: Int) -> Int32 {
        block.integer(filter.start + index << (Int(filter.type) - 1), filter.type)
    }

    /// Of a number of the type, bytes as a power of 2.
    @inline(__always)
    fileprivate static func shift(of type: UInt8) -> Int {
        Int(0x0020_2100 as UInt64 >> (UInt64(type) &* 4) & 3)
    }
}

extension BinaryLayout {
    /// A place in a block, from which one part after the other is read.
    private struct Cursor {
        let block: BinaryBlock
        private var place = 0
        /// Whether every number of a tag was a vector of one.
        private(set) var isRegular = true

        @inline(__always)
        init(block: BinaryBlock) { self.block = block }

        @inline(__always) var isAtEnd: Bool { place == block.count }
        @inline(__always) var place32: UInt32 { UInt32(truncatingIfNeeded: place) }

        /// Reads a type and a count.
        @inline(__always)
        mutating func read(_ value: inout Value) -> Bool {
            guard place < block.count else { return false }
            let head = block.byte(place)
            place &+= 1
            value.type = head & 15
            value.length = UInt32(head >> 4)
            if value.length == 15 {
                let count = Self.longCount(block, place)
                guard count.end > 0 else { return false }
                (value.length, place) = (count.number, count.end)
            }
            value.place = place32
            return true
        }

        /// Reads a tag's number; below 0 where there is none.
        @inline(__always)
        mutating func readTag(_ tag: inout Int32) -> Bool {
            guard place < block.count else { return false }
            let head = block.byte(place)
            if head == 0x11, place &+ 1 < block.count {
                tag = block.integer(place &+ 1, 1)
                place &+= 2
                return true
            }
            let number = Self.number(block, place)
            if head >> 4 != 1 { isRegular = false }
            (tag, place) = (number.value, number.end)
            return number.end > 0
        }

        /// Steps over bytes.
        @inline(__always)
        mutating func pass(_ size: Int) -> Bool {
            guard size <= block.count &- place else { return false }
            place &+= size
            return true
        }

        /// A count that has a number of its own; its end is 0 where there is none.
        @inline(never)
        private static func longCount(_ block: BinaryBlock, _ place: Int) -> (number: UInt32, end: Int) {
            guard place < block.count else { return (0, 0) }
            let count = number(block, place)
            return count.value >= 0 ? (UInt32(count.value), count.end) : (0, 0)
        }

        /// An integer behind its type; its end is 0 where there is none.
        @inline(never)
        private static func number(_ block: BinaryBlock, _ place: Int) -> (value: Int32, end: Int) {
            let type = block.byte(place) & 15
            guard type >= 1, type <= 3 else { return (0, 0) }
            let end = place + 1 + 1 << (Int(type) - 1)
            return end <= block.count ? (block.integer(place + 1, type), end) : (0, 0)
        }
    }
}

/// The bytes of a record's block, which the next record uses again.
@safe struct BinaryBlock {
    private let bytes: UnsafeRawPointer?
    let count: Int

    /// Borrows the block.
    @inline(__always)
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
        precondition(
            place >= 0 && place <= count &- MemoryLayout<Number>.size, "a place outside the block")
        // SAFETY: the bytes lie in the block, which has bytes then, and every bit pattern is a number.
        return unsafe bytes.unsafelyUnwrapped.loadUnaligned(fromByteOffset: place, as: type)
    }
}
