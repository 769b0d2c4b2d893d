import HTS
import Variants

/// Reads files as the pipeline does, with FILTER and the last sample's AD of each record, and nothing else.
///
///     scan [--decoder scanner|htslib] FILE...
@main
enum Scan {
    static func main() throws {
        var files = Array(CommandLine.arguments.dropFirst())
        var decoder = VariantReader.Decoder.scanner
        if files.first == "--decoder", files.count > 1 {
            decoder = VariantReader.Decoder(rawValue: files[1]) ?? .scanner
            files.removeFirst(2)
        }
        var records = 0, passed = 0, alternateReads = 0
        for file in files {
            let reader = try VariantReader(
                path: file, fields: .chosen(info: [], format: ["AD"]), decoder: decoder)
            let sample = reader.header.samples.count - 1
            let depths = ReadDepthDecoder(header: reader.header)
            var record = VCFRecord()
            while try reader.next(into: &record) {
                records += 1
                if record.isPass { passed += 1 }
                alternateReads += depths.call(record, alleleIndex: 1, sample: sample).alternateDepth ?? 0
            }
        }
        print("\(records) records, \(passed) PASS, \(alternateReads) alternate reads")
    }
}
