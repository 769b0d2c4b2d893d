/// The grammar of numbers in VCF, on bytes.
///
/// Source: VCF 4.3 specification, section 1.3 (data types).
enum ValueGrammar {
    /// What bytes are as an integer.
    enum IntegerForm: Hashable {
        /// Digits with a sign or none.
        case integer(Int)
        /// A number too long for 32 bits, or one of the eight values that BCF reserves.
        case outOfRange
        /// An integer with a fraction of zero: `12.0`.
        case withFraction
        /// Anything else.
        case other
    }

    /// Reads an integer.
    static func integer(_ bytes: ArraySlice<UInt8>) -> IntegerForm {
        if let value = VCFRecord.integer(bytes) {
            return value > Int(Int32.max) || value < Int(Int32.min) + 8 ? .outOfRange : .integer(value)
        }
        let digits =
            bytes.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
            ? bytes.dropFirst() : bytes
        if !digits.isEmpty, digits.allSatisfy(isDigit) { return .outOfRange }
        if let point = digits.firstIndex(of: UInt8(ascii: ".")), point > digits.startIndex,
            point + 1 < digits.endIndex,
            digits[..<point].allSatisfy(isDigit), digits[(point + 1)...].allSatisfy({ $0 == 0x30 })
        {
            return .withFraction
        }
        return .other
    }

    /// Whether bytes match `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?` or `[-+]?(INF|INFINITY|NAN)`, in any case.
    static func isFloat(_ bytes: ArraySlice<UInt8>) -> Bool {
        if isPlainNumber(bytes) { return true }
        var rest = dropSign(bytes)
        let word = rest.prefix(9).map { $0 | 0x20 }
        if ["inf", "infinity", "nan"].contains(where: { word.elementsEqual($0.utf8) }) { return true }
        let whole = rest.prefix(while: isDigit)
        rest = rest[whole.endIndex...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            let fraction = rest.prefix(while: isDigit)
            guard !fraction.isEmpty else { return false }
            rest = rest[fraction.endIndex...]
        } else if whole.isEmpty {
            return false
        }
        guard let exponent = rest.first else { return true }
        guard exponent | 0x20 == UInt8(ascii: "e") else { return false }
        let digits = dropSign(rest.dropFirst())
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    /// Whether bytes are digits, perhaps with a sign before and a point among them: what nearly all numbers are.
    private static func isPlainNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        let span = bytes.span
        guard span.count > 0, isDigit(span[span.count - 1]) else { return false }
        var points = 0
        for index in (span[0] == UInt8(ascii: "-") ? 1 : 0)..<span.count where !isDigit(span[index]) {
            guard span[index] == UInt8(ascii: ".") else { return false }
            points += 1
        }
        return points <= 1
    }

    /// The value of a float that ``isFloat(_:)`` accepts.
    static func float(_ bytes: ArraySlice<UInt8>) -> Double? {
        isFloat(bytes) ? Double(String(decoding: bytes, as: UTF8.self)) : nil
    }

    /// Whether bytes are operations of a CIGAR, such as `1M3I`.
    static func isCigar(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        guard !rest.isEmpty else { return false }
        while !rest.isEmpty {
            let length = rest.prefix(while: isDigit)
            rest = rest[length.endIndex...]
            guard !length.isEmpty, let operation = rest.popFirst(), "MIDNSHPX=".utf8.contains(operation)
            else {
                return false
            }
        }
        return true
    }

    /// Whether a byte is `0`…`9`.
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Whether a byte is a letter or digit of ASCII.
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    /// Whether a byte is a letter of ASCII.
    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// Whether a byte is white space; tabs end columns and do not occur within one.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    /// Whether a byte is A, C, G, T or N in either case.
    static func isBase(_ byte: UInt8) -> Bool {
        switch byte & 0xDF {
        case 0x41, 0x43, 0x47, 0x54, 0x4E: byte >= 0x41
        default: false
        }
    }

    /// Whether a byte is an IUPAC code for several bases (or U), in either case.
    static func isAmbiguityCode(_ byte: UInt8) -> Bool {
        isLetter(byte) && "RYSWKMBDHVU".utf8.contains(byte & 0xDF)
    }

    private static func dropSign(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes
    }
}
