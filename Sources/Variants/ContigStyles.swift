public import Genome

/// The naming styles of contigs that a file uses (`chr7`, `7`, `NC_000007.14`).
///
/// Styles are mapped to one name by ``Genome/Contig``; a file that mixes them may hold one chromosome twice, so it is
/// refused unless the user says which style counts.
public struct ContigStyles: Hashable, Sendable {
    /// A name seen first in each style.
    public private(set) var examples: [Contig.Style: String] = [:]
    private var last = ""

    /// No names yet.
    public init() {}

    /// Notes a contig name; names of no human chromosome have no style.
    public mutating func add(_ name: String) {
        if name == last { return }
        last = name
        let style = Contig.style(of: name)
        if style != .other, examples[style] == nil { examples[style] = name }
    }

    /// The style, if there is exactly one.
    public var style: Contig.Style? { examples.count == 1 ? examples.first?.key : nil }

    /// Returns a note on the style, or nil where no human chromosome was seen.
    ///
    /// - Shape: `stated` the value of `--contig-style`.
    /// - Throws: `InputError` if the file mixes styles and none is stated.
    public func note(file: String, stated: Contig.Style? = nil) throws(InputError) -> String? {
        let found = Contig.Style.allCases.compactMap { style in examples[style].map { (style, $0) } }
        let text = found.map { "\($0.1) (\($0.0.rawValue))" }.joined(separator: " and ")
        if found.isEmpty { return nil }
        if found.count == 1 { return "contigs are named as \(text)" }
        guard let stated else {
            let styles = found.map(\.0.rawValue).joined(separator: " or ")
            throw InputError(
                file: file, problem: "contigs are named in \(found.count) styles: \(text)",
                remedy: "Say which counts with --contig-style: \(styles).")
        }
        return "contigs are named as \(text); only \(stated.rawValue) names count"
    }

    /// Whether records on a contig of this name count: every name, or with a stated style its names and those of no
    /// style.
    public static func counts(_ name: String, stated: Contig.Style?) -> Bool {
        guard let stated else { return true }
        let style = Contig.style(of: name)
        return style == stated || style == .other
    }
}
