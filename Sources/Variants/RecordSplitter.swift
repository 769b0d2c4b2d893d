// One line per ALT, as `bcftools norm -m -` writes them.
//
//     ALT C,G  AC=2,1  GT:AD:PL 1/2:5,9,7:…   ─▶   ALT C  AC=2  GT:AD:PL 1/0:5,9:…
//                                                  ALT G  AC=1  GT:AD:PL 0/1:5,7:…
//
// Only the declared Number decides: `A` keeps the ALT's value, `R` REF's and the ALT's, `G` the genotypes of REF and
// the ALT; a tag declared otherwise, or not at all, is copied. A list of the wrong length becomes `.`.
//
// Not done: merging lines, `--keep-sum`, atomizing.

/// Splits multi-allelic lines.
///
/// - Source: bcftools 1.16 and later, `norm -m -`; VCF 4.4 specification, section 1.6.2 for the order of `G`.
public struct RecordSplitter: Sendable {
    /// What stands in GT for the ALTs of the other lines.
    public enum OtherAlternates: Sendable {
        /// `0`, bcftools' default.
        case reference
        /// `.`, bcftools' `--multi-overlaps .`.
        case missing
    }

    private enum Number { case alternates, alleles, genotypes }

    private let info: [String: Number]
    private let format: [String: Number]
    private let other: UInt8

    /// A splitter for the records below `header`.
    public init(header: VCFHeader, otherAlternates: OtherAlternates = .reference) {
        func perAllele(_ tags: [String: VCFHeader.Tag]) -> [String: Number] {
            tags.compactMapValues { tag in
                switch tag.number {
                case "A": .alternates
                case "R": .alleles
                case "G": .genotypes
                default: nil
                }
            }
        }
        info = perAllele(header.info)
        format = perAllele(header.format)
        other = otherAlternates == .reference ? UInt8(ascii: "0") : UInt8(ascii: ".")
    }

    /// Returns the text of one line per ALT, without line ends; the line itself if it has at most one ALT.
    public func splitLine(_ record: VCFRecord) -> [[UInt8]] {
        let count = record.alternateCount
        guard count > 1 else { return [record.bytes] }
        let alternates = record.split(record.column(4), by: UInt8(ascii: ","))
        let formats = record.columnCount > 8 ? record.split(record.column(8), by: UInt8(ascii: ":")) : []
        let keys = formats.map(record.text)
        return (1...count).map { allele in
            var line = Array(record.bytes[..<record.column(4).lowerBound])
            line += record.bytes[alternates[allele - 1]]
            line += record.bytes[record.column(4).upperBound..<record.column(7).lowerBound]
            line += splitInfo(record, allele: allele, count: count)
            guard record.columnCount > 8 else { return line }
            line.append(0x09)
            line += record.bytes[record.column(8)]
            for sample in 0..<record.sampleCount {
                line.append(0x09)
                line += splitSample(
                    record, record.column(9 + sample), keys: keys, allele: allele, count: count)
            }
            return line
        }
    }

    private func splitInfo(_ record: VCFRecord, allele: Int, count: Int) -> [UInt8] {
        var text: [UInt8] = []
        for (index, part) in record.split(record.column(7), by: UInt8(ascii: ";")).enumerated() {
            if index > 0 { text.append(UInt8(ascii: ";")) }
            let equals = record.bytes[part].firstIndex(of: UInt8(ascii: "="))
            guard let equals, let number = info[record.text(part.lowerBound..<equals)] else {
                text += record.bytes[part]
                continue
            }
            text += record.bytes[part.lowerBound...equals]
            text += subset(record, (equals + 1)..<part.upperBound, number, allele: allele, count: count)
        }
        return text
    }

    private func splitSample(
        _ record: VCFRecord, _ column: Range<Int>, keys: [String], allele: Int, count: Int
    ) -> [UInt8] {
        var text: [UInt8] = []
        for (index, part) in record.split(column, by: UInt8(ascii: ":")).enumerated() {
            if index > 0 { text.append(UInt8(ascii: ":")) }
            guard index < keys.count else {
                text += record.bytes[part]
                continue
            }
            if keys[index] == "GT" {
                text += genotype(record.bytes[part], allele: allele)
            } else if let number = format[keys[index]] {
                text += subset(record, part, number, allele: allele, count: count)
            } else {
                text += record.bytes[part]
            }
        }
        return text
    }

    /// GT with the line's ALT as 1 and the other ALTs as 0 (or `.`).
    private func genotype(_ text: ArraySlice<UInt8>, allele: Int) -> [UInt8] {
        var result: [UInt8] = []
        var digits = text.prefix(0)
        func close() {
            if digits.isEmpty { return }
            let number = VCFRecord.integer(digits)
            if number == allele {
                result.append(UInt8(ascii: "1"))
            } else if let number, number > 0 {
                result.append(other)
            } else {
                result += digits
            }
            digits = []
        }
        for byte in text {
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") {
                close()
                result.append(byte)
            } else {
                digits.append(byte)
            }
        }
        close()
        return result
    }

    /// The values of a list that belong to REF and one ALT.
    private func subset(
        _ record: VCFRecord, _ range: Range<Int>, _ number: Number, allele: Int, count: Int
    ) -> [UInt8] {
        let values = record.split(range, by: UInt8(ascii: ","))
        if values.count == 1, record.bytes[range].elementsEqual(".".utf8) { return [UInt8(ascii: ".")] }
        let indices: [Int]
        switch number {
        case .alternates: indices = allele <= values.count ? [allele - 1] : []
        case .alleles: indices = values.count == count + 1 ? [0, allele] : []
        case .genotypes:
            indices = Self.genotypeIndices(allele: allele, alleles: count + 1, values: values.count)
        }
        guard !indices.isEmpty else { return [UInt8(ascii: ".")] }
        return Array(indices.map { Array(record.bytes[values[$0]]) }.joined(separator: [UInt8(ascii: ",")]))
    }

    /// Where the genotypes made of REF and `allele` alone stand in a `Number=G` list; empty if its length fits no
    /// ploidy up to 8.
    ///
    /// The genotype of sorted alleles a₁ … aₚ stands at Σ C(aₘ + m − 1, m).
    static func genotypeIndices(allele: Int, alleles: Int, values: Int) -> [Int] {
        for ploidy in 1...8 where binomial(alleles + ploidy - 1, ploidy) == values {
            return (0...ploidy).map { copies in
                guard copies > 0 else { return 0 }
                return ((ploidy - copies + 1)...ploidy).reduce(0) { $0 + binomial(allele + $1 - 1, $1) }
            }
        }
        return []
    }

    private static func binomial(_ n: Int, _ k: Int) -> Int {
        guard k <= n, n < 1 << 16 else { return 0 }
        return (0..<k).reduce(1) { value, step in
            let (product, overflow) = value.multipliedReportingOverflow(by: n - step)
            return overflow ? 0 : product / (step + 1)
        }
    }
}
