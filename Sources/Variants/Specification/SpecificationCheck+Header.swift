// The first line, the other lines of the header by kind, and the #CHROM line.

extension SpecificationCheck {
    static let fixedColumns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]

    mutating func addFirst(_ bytes: ArraySlice<UInt8>) {
        let prefix = "##fileformat="
        guard bytes.starts(with: prefix.utf8) else {
            found(.fileformatFirst, "the first line is \(quoted(bytes)), ##fileformat=VCFv4.x was expected")
            declared.reserve(version)
            return addHeader(bytes)
        }
        let value = String(decoding: bytes.dropFirst(prefix.utf8.count), as: UTF8.self)
        if let named = SpecificationVersion(fileformat: value) {
            version = named
        } else if value == "VCFv4.0" || (value.hasPrefix("VCFv4.") && Int(value.dropFirst(6)) ?? 0 > 5) {
            let version: SpecificationVersion = value == "VCFv4.0" ? .v41 : .v45
            self.version = version
            found(
                .fileformatOther, "fileformat is \(quoted(value)); it is read by the rules of \(version.name)"
            )
        } else {
            found(.fileformatVersion, "fileformat is \(quoted(value)), VCFv4.1 to VCFv4.5 was expected")
        }
        declared.reserve(version)
    }

    mutating func addHeader(_ bytes: ArraySlice<UInt8>) {
        if bytes.isEmpty {
            found(.metaBlank, "a blank line within the header")
        } else if bytes.starts(with: "##".utf8) {
            addMeta(String(decoding: bytes, as: UTF8.self))
        } else if bytes.starts(with: "#CHROM".utf8) {
            addColumns(bytes)
            stage = .records
        } else if bytes.first != UInt8(ascii: "#"), Self.looksLikeRecord(bytes) {
            found(.headerMissing, "a record before the #CHROM line")
            stage = .records
            addRecord(bytes)
        } else if bytes.first == UInt8(ascii: "#"), bytes.contains(0x09) {
            found(
                .headerColumns,
                "the header line begins with \(quoted(bytes.prefix { $0 != 0x09 })), #CHROM was expected")
            stage = .records
        } else {
            found(.metaSyntax, "\(quoted(bytes)) is no ##key=value line")
        }
    }

    private static func looksLikeRecord(_ bytes: ArraySlice<UInt8>) -> Bool {
        let columns = bytes.split(separator: 0x09, maxSplits: 8, omittingEmptySubsequences: false)
        return columns.count >= 8 && VCFRecord.integer(columns[1]) != nil
    }

    private mutating func addColumns(_ bytes: ArraySlice<UInt8>) {
        guard bytes.contains(0x09) else {
            return found(.headerTabs, "the columns of the header line are not separated by tabs")
        }
        let names = bytes.split(separator: 0x09, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        for (index, expected) in Self.fixedColumns.enumerated() {
            let name = index < names.count ? names[index] : "(none)"
            if name != expected {
                found(.headerColumns, "column \(index + 1) is \(quoted(name)), \(expected) was expected")
                return
            }
        }
        guard names.count > 8 else {
            sampleColumns = 0
            return
        }
        hasFormatColumn = names[8] == "FORMAT"
        if !hasFormatColumn {
            if names.count == 9, names[8].isEmpty {
                found(.headerTabs, "a tab at the end of the header line")
                sampleColumns = nil
                return
            }
            found(.headerFormat, "column 9 is \(quoted(names[8])), FORMAT was expected before samples")
        }
        let samples = names.dropFirst(9)
        sampleColumns = samples.count
        if samples.isEmpty { found(.headerFormat, "FORMAT stands in the header line without a sample") }
        checkSamples(samples)
    }

    private mutating func checkSamples(_ samples: ArraySlice<String>) {
        var columns: [String: Int] = [:]
        for (index, name) in zip(samples.indices, samples) {
            if name.isEmpty {
                found(.headerSampleEmpty, "column \(index + 1) has no sample name")
            } else if let first = columns.updateValue(index, forKey: name) {
                found(
                    .headerSampleDuplicate, "columns \(first + 1) and \(index + 1) have the same sample name")
            }
        }
    }
}
