/// The transcript on which a source counts residues.
enum RowTranscript {
    /// Transcripts on which residues are not counted as in the names that sources use with them, which are those of MANE Select: `T315I`
    /// is T334I on ABL1's, `R201C` is R844C on GNAS's, and BRAF's has V600 in annotation of GRCh37 and V640 in that of GRCh38.
    private static let otherNumbering: Set<Substring> = [
        "ENST00000288602", "ENST00000371100", "ENST00000372348",
    ]

    /// The source's transcript where it is another than MANE Select's; empty where residues are counted on that.
    static func other(than selected: String?, _ own: String) -> String {
        let bare = own.prefix { $0 != "." }
        guard own.hasPrefix("ENST"), own.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: ",") }),
            !otherNumbering.contains(bare), selected?.prefix(while: { $0 != "." }) != bare
        else { return "" }
        return own
    }
}
