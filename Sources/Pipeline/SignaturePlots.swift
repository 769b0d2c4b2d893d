internal import Biomarkers
internal import Foundation
public import Genome
internal import HTS
internal import Reports
internal import Variants

/// Reads catalogues, exposures and segments and writes a picture of each sample.
public struct SignaturePlots {
    private struct Picture {
        let sample: String
        let file: String
        let svg: String
    }

    /// By the name of the picture's file.
    private var pictures: [String: Picture] = [:]
    /// What the user should know, in the order in which it was found.
    public private(set) var notes: [String] = []

    /// No pictures yet.
    public init() {}

    /// Reads a catalogue, see ``Reports/SpectrumPlot``.
    ///
    /// - Throws: `InputError` for a file that cannot be read, is no catalogue, or has a sample that another one has.
    public mutating func readMatrix(_ path: String) throws(InputError) {
        for plot in try SpectrumPlot.plots(try Self.table(path), file: path) {
            try add(plot.svg, of: plot.sample, ending: plot.types.rawValue, file: path)
        }
    }

    /// Reads exposures, see ``Reports/ExposurePlot``.
    ///
    /// - Throws: `InputError` as ``readMatrix(_:)`` does.
    public mutating func readExposures(_ path: String) throws(InputError) {
        for plot in try ExposurePlot.plots(try Self.table(path), file: path) {
            try add(plot.svg, of: plot.sample, ending: "exposures", file: path)
        }
    }

    /// Reads copy-number segments, see ``Reports/CopyNumberPlot``; without an assembly the one that the ends of the segments show is used.
    ///
    /// - Throws: `InputError` for a file that cannot be read, has no copy numbers, or does not show its assembly.
    public mutating func readSegments(_ path: String, assembly: Assembly?, isFemale: Bool) throws {
        let table = try SegmentInput.table(path)
        if let fault = table.tally.faults.first {
            let faults = table.tally.faults.reduce(0) { $0 + $1.count }
            notes.append("\(faults) rows are left out; \(fault.first.description)")
        }
        guard let assembly = assembly ?? SegmentAssembly(table.segments).assembly else {
            throw InputError(
                file: path, problem: "the segments do not show their assembly",
                remedy: "Give --assembly GRCh37 or GRCh38.", kind: .usage)
        }
        let samples = Dictionary(grouping: table.segments) {
            $0.sample.isEmpty ? CatalogueInput.fileName(path) : $0.sample
        }
        for (sample, segments) in samples.sorted(by: { $0.key < $1.key }) {
            let plot = try CopyNumberPlot(
                sample: sample, segments: segments, assembly: assembly, isFemale: isFemale, file: path)
            if plot.withoutTotal > 0 {
                notes.append("\(sample): \(plot.withoutTotal) segments have no copy number and are left out")
            }
            if plot.otherContigs > 0 {
                notes.append("\(sample): \(plot.otherContigs) segments on other contigs are left out")
            }
            try add(plot.svg, of: sample, ending: "segments", file: path)
        }
    }

    /// Writes a file for each sample and kind of picture into a folder, which is made if need be.
    ///
    /// - Throws: `InputError` of kind `.output` or `.io`.
    public func write(to folder: String) throws(InputError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw InputError(
                file: folder, problem: "the folder cannot be made", remedy: "Check the path and its rights.",
                kind: .output)
        }
        for (name, picture) in pictures.sorted(by: { $0.key < $1.key }) {
            try FileSystem.write(picture.svg, toFile: "\(folder)/\(name)")
        }
    }

    private mutating func add(
        _ svg: String, of sample: String, ending: String, file: String
    ) throws(InputError) {
        let name = "\(Self.fileName(sample)).\(ending).svg"
        if let other = pictures[name] {
            throw InputError(
                file: file,
                problem: other.sample == sample
                    ? "sample \"\(sample)\" stands in \(other.file) too"
                    : "the pictures of samples \"\(other.sample)\" and \"\(sample)\" would both be \(name)",
                remedy: "Give each sample once, or rename it.")
        }
        pictures[name] = Picture(sample: sample, file: file, svg: svg)
    }

    /// A sample's name as a file's: letters, digits, `.`, `_`, `-` and `+` stay, all else is `_`; at most 200 bytes.
    static func fileName(_ sample: String) -> String {
        var name = ""
        for character in sample {
            let isSafe = character.isLetter || character.isNumber || "._-+".contains(character)
            let next = isSafe ? String(character) : "_"
            if name.utf8.count + next.utf8.count > 200 { break }
            name += next
        }
        // A leading point hides a file, a leading dash looks like a flag.
        if name.isEmpty || name.hasPrefix(".") || name.hasPrefix("-") { name = "_" + name }
        return name
    }

    private static func table(_ path: String) throws(InputError) -> LabeledMatrix {
        try LabeledMatrix(text: try LineReader.text(path: path), file: path)
    }
}
