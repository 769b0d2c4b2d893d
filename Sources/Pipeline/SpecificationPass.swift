internal import Foundation
internal import Genome
internal import HTS
internal import Variants

/// Reads the text of a VCF as it stands in the file, for the rules of the specification.
///
/// htslib mends or drops header lines that it does not understand, so its header text does not show them.
enum SpecificationPass {
    /// How many lines may stand before the first that looks like a VCF's.
    private static let linesToTell = 100

    /// Checks a file; nil for BCF, for a file that can be read only once, and for one that is no VCF at all.
    ///
    /// Damage in compressed data ends the check without a word: the reader of records tells it.
    static func check(_ path: String) throws(InputError) -> SpecificationCheck? {
        guard isRegularFile(path), try looksLikeVCF(path) else { return nil }
        let reader = try RawLineReader(path: path)
        var check = SpecificationCheck()
        var line: [UInt8] = []
        do {
            reading: while true {
                switch try reader.next(into: &line) {
                case .line: check.add(line[...], line: reader.lineNumber)
                case .tooLong: check.addTooLong(line: reader.lineNumber, limit: RawLineReader.maximumLength)
                case .end: break reading
                }
            }
            check.finish(endsWithLineEnd: reader.hasLineEnd)
        } catch {
            return check
        }
        return check
    }

    /// Starts the check of a BCF with the header that htslib gives; its records follow as text.
    static func start(header: String) -> SpecificationCheck {
        var check = SpecificationCheck()
        for (index, line) in header.utf8.split(separator: 0x0A).enumerated() {
            check.add(ArraySlice(Array(line)), line: index + 1)
        }
        return check
    }

    static func isRegularFile(_ path: String) -> Bool {
        guard path != "-" else { return false }
        // A link's own type is not asked for: what it leads to is read.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let type = (try? FileManager.default.attributesOfItem(atPath: target)[.type]) as? FileAttributeType
        return type == .typeRegular
    }

    private static func looksLikeVCF(_ path: String) throws(InputError) -> Bool {
        let reader = try RawLineReader(path: path)
        var line: [UInt8] = []
        do {
            if try reader.begins(with: Array("BCF".utf8)) { return false }
            for _ in 0..<linesToTell {
                guard try reader.next(into: &line, limit: 1 << 20) != .end else { return false }
                let text = line.withoutMark
                if text.starts(with: "##".utf8) || text.starts(with: "#CHROM".utf8)
                    || text.starts(with: "fileformat=".utf8)
                {
                    return true
                }
            }
        } catch {
            return false
        }
        return false
    }
}
