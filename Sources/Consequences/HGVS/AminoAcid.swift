/// The letters of protein names: one-letter residues as bytes, `*` for a stop, `X` for an unknown one.
///
/// Source: IUPAC-IUB, as used by HGVS nomenclature 21.
enum AminoAcid {
    /// The stop, `*`.
    static let stop = UInt8(ascii: "*")
    /// An unknown residue, `X`.
    static let unknown = UInt8(ascii: "X")

    /// `Val` for `V`, `Ter` for `*`; `Xaa` for what is no residue.
    static func threeLetters(_ letter: UInt8) -> String { names[letter] ?? "Xaa" }

    /// `V` for `Val`, `*` for `Ter`, or nil.
    static func letter(_ name: String) -> UInt8? { letters[name] }

    /// Whether a byte is a one-letter residue or a stop.
    static func isResidue(_ letter: UInt8) -> Bool { names[letter] != nil }

    private static let names: [UInt8: String] = Dictionary(
        uniqueKeysWithValues: [
            ("A", "Ala"), ("B", "Asx"), ("C", "Cys"), ("D", "Asp"), ("E", "Glu"), ("F", "Phe"), ("G", "Gly"),
            ("H", "His"), ("I", "Ile"), ("K", "Lys"), ("L", "Leu"), ("M", "Met"), ("N", "Asn"), ("O", "Pyl"),
            ("P", "Pro"), ("Q", "Gln"), ("R", "Arg"), ("S", "Ser"), ("T", "Thr"), ("U", "Sec"), ("V", "Val"),
            ("W", "Trp"), ("X", "Xaa"), ("Y", "Tyr"), ("Z", "Glx"), ("*", "Ter"),
        ].map { (letter(ofText: $0.0), $0.1) })

    private static let letters = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })

    private static func letter(ofText text: String) -> UInt8 { text.utf8.first ?? unknown }
}
