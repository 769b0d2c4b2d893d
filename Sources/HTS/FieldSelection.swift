/// Which INFO and FORMAT fields of a record a reader is asked for.
///
/// Of text every field is there at no cost. Of BCF only the chosen ones are written out, and QUAL is left out, so a
/// record read with a selection must not be written to a file.
public struct FieldSelection: Hashable, Sendable {
    let info: Set<String>
    let format: Set<String>
    let isAll: Bool

    /// Everything.
    public static let all = FieldSelection(info: [], format: [], isAll: true)

    /// CHROM, POS, ID, REF, ALT and FILTER alone.
    public static let none = FieldSelection(info: [], format: [], isAll: false)

    /// The fixed columns without QUAL, and these fields.
    public static func chosen(info: Set<String>, format: Set<String>) -> FieldSelection {
        FieldSelection(info: info, format: format, isAll: false)
    }
}
