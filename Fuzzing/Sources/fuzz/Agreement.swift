import Variants

/// Two readings of one line, which must say the same wherever the line spells a value plainly.
///
/// htslib writes its reading anew: it reads a lone sign as 0, cuts `1e3` short in an integer and fills missing values
/// in, so a list is compared only where each of its parts is `.` or a plain number.
struct Agreement {
    let own: VCFRecord, theirs: VCFRecord
    let header: VCFHeader

    func check() {
        // To htslib this control character is a missing letter.
        if own.bytes.contains(0x07) { return }
        // htslib writes no more columns than the header has; a carriage return at the new end is taken for the line's.
        if own.columnCount > 9 + header.samples.count, own.bytes.contains(0x0D) { return }
        claim(own.position == theirs.position, "POS differs")
        claim(own.contigName == theirs.contigName, "CHROM differs")
        claim(own.id == theirs.id || own.id.isEmpty, "ID differs: \(own.id) \(theirs.id)")
        claim(own.reference == theirs.reference || own.reference.isEmpty, "REF differs")
        // An empty allele is written as a missing one.
        let alternates = own.alternates.map { $0.isEmpty ? "." : $0 }
        claim(
            alternates == theirs.alternates || own.column(4).isEmpty,
            "ALT differs: \(alternates) \(theirs.alternates)")
        claim(own.filters == theirs.filters, "FILTER differs: \(own.filters) \(theirs.filters)")
        claim(own.filterState == theirs.filterState, "PASS differs")
        for (key, tag) in header.info {
            claim(own.hasInfo(key) == theirs.hasInfo(key), "INFO \(key) is there for one only")
            guard let range = own.infoRange(key), let other = theirs.infoRange(key) else { continue }
            lists(range, other, tag.type, own.infoNumbers(key), theirs.infoNumbers(key), "INFO \(key)")
        }
        // Which of two fields of one name counts is not said; doctor names the rule.
        guard Set(own.formatKeys).count == own.formatKeys.count else { return }
        for sample in 0..<min(own.sampleCount, header.samples.count) {
            for key in own.formatKeys {
                guard let tag = header.format[key] else { continue }
                if key == "GT" {
                    genotypes(sample)
                    continue
                }
                let range = own.formatRange(key, sample: sample) ?? 0..<0
                let other = theirs.formatRange(key, sample: sample) ?? 0..<0
                if tag.type == "Integer", arePlain(range, Self.isInteger) {
                    let left = own.formatIntegers(key, sample: sample)
                    let right = theirs.formatIntegers(key, sample: sample)
                    claim(left == right || areMissing(left) && areMissing(right), "FORMAT \(key) differs")
                }
                lists(
                    range, other, tag.type, own.formatNumbers(key, sample: sample),
                    theirs.formatNumbers(key, sample: sample), "FORMAT \(key)")
            }
        }
    }

    private func areMissing<Value>(_ values: [Value?]) -> Bool { values.allSatisfy { $0 == nil } }

    private func genotypes(_ sample: Int) {
        guard let left = Genotype(own, sample: sample), let right = Genotype(theirs, sample: sample) else {
            return
        }
        claim(left.alleles == right.alleles, "GT differs: \(left.alleles) \(right.alleles)")
        claim(left.isPhased == right.isPhased, "the phase of GT differs")
    }

    private func lists(
        _ range: Range<Int>, _ other: Range<Int>, _ type: String, _ left: [Double?], _ right: [Double?],
        _ what: String
    ) {
        switch type {
        case "Integer" where arePlain(range, Self.isInteger), "Float" where arePlain(range, Self.isFloat):
            let isEqual = left.count == right.count && zip(left, right).allSatisfy(Self.isNear)
            claim(isEqual || areMissing(left) && areMissing(right), "\(what) differs: \(left) \(right)")
        case "String":
            let one = own.text(range), two = theirs.text(other)
            claim(
                one == two || ["", "."].contains(one) && ["", "."].contains(two),
                "\(what) differs: \(one.debugDescription) \(two.debugDescription)")
        default: break
        }
    }

    /// Whether two numbers are one number of 32 bits, written with six digits by htslib.
    private static func isNear(_ left: Double?, _ right: Double?) -> Bool {
        guard let left else { return right == nil }
        if abs(left) > 3e38 { return true }
        guard let right else { return false }
        return abs(left - right) <= 2e-5 * max(abs(left), abs(right))
            || abs(left) < 1e-37 && abs(right) < 1e-37
    }

    private func arePlain(_ range: Range<Int>, _ isPlain: (ArraySlice<UInt8>) -> Bool) -> Bool {
        own.split(range, by: UInt8(ascii: ",")).allSatisfy { part in
            own.bytes[part].elementsEqual(".".utf8) || isPlain(own.bytes[part])
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isInteger(_ bytes: ArraySlice<UInt8>) -> Bool {
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
        return (1...9).contains(digits.count) && digits.allSatisfy(isDigit)
    }

    /// Such as -12.5e-3.
    private static func isFloat(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop(while: isDigit) }
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                rest = rest.dropFirst()
            }
            guard (1...2).contains(rest.count) else { return false }
            rest = rest.drop(while: isDigit)
        }
        return rest.isEmpty && (1...15).contains(whole.count)
    }
}
