internal import Variants

/// Says in words why a line is no VCF record.
enum LineFault {
    static func describe(_ record: VCFRecord, _ header: VCFHeader) -> String {
        let expected = header.samples.isEmpty ? 8 : 9 + header.samples.count
        let columns = record.columnCount
        if let place = record.bytes.firstIndex(of: 0) {
            return "the line has a NUL byte at byte \(place + 1), text was expected"
        }
        if columns < 8 { return "\(columns) columns, at least 8 were expected (are they separated by tabs?)" }
        if !record.isWellFormed {
            return "POS is \"\(short(record.text(record.column(1))))\", a number was expected"
        }
        if columns != expected, !(header.samples.isEmpty && columns >= 8) {
            return "\(columns) columns, the header has \(expected)"
        }
        if record.reference.isEmpty { return "REF is empty" }
        let quality = record.text(record.column(5))
        if quality != ".", Double(quality) == nil {
            return "QUAL is \"\(short(quality))\", a number or . was expected"
        }
        if record.alternateCount > 65_534 {
            return "\(record.alternateCount) ALT alleles, htslib reads 65534"
        }
        let infoCount = record.split(record.column(7), by: UInt8(ascii: ";")).count
        if infoCount > 65_535 { return "INFO has \(infoCount) keys, htslib reads 65535" }
        if record.formatKeys.count > LineScanner.mostFields {
            return "FORMAT has \(record.formatKeys.count) keys, htslib reads \(LineScanner.mostFields)"
        }
        for (sample, name) in header.samples.enumerated() {
            let keys = record.formatKeys
            let values = record.text(record.column(9 + sample)).split(
                separator: ":", omittingEmptySubsequences: false)
            if values.count > keys.count {
                return
                    "column \(10 + sample) (sample \"\(short(name))\") has \(values.count) values, FORMAT names \(keys.count)"
            }
            if keys.first == "GT", let value = values.first, let fault = genotypeFault(value, header) {
                return
                    "column \(10 + sample) (sample \"\(short(name))\"): GT is \"\(short(String(value)))\", \(fault)"
            }
            for (key, value) in zip(keys, values) where header.format[key]?.type == "Integer" {
                guard let bad = value.split(separator: ",").first(where: { $0 != "." && Int($0) == nil })
                else { continue }
                return
                    "column \(10 + sample) (sample \"\(short(name))\"): \(key) is \"\(short(String(bad)))\", "
                    + "an integer was expected"
            }
        }
        return
            "htslib cannot read the record \(short(record.key)); a value may not have the type that the header declares"
    }

    private static func genotypeFault(_ value: Substring, _ header: VCFHeader) -> String? {
        guard !value.isEmpty else { return nil }
        if Genotype(text: value) == nil { return "numbers of alleles or . joined by / or | were expected" }
        let isLeading = value.first == "/" || value.first == "|"
        return isLeading && !header.allowsLeadingPhase
            ? "which begins with a phase, as VCF 4.4 and later allow; ##fileformat names another version"
            : nil
    }

    private static func short(_ text: String) -> String {
        text.count <= 60 ? text : String(text.prefix(57)) + "..."
    }
}
