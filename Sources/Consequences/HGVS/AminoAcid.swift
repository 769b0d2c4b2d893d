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

extension AminoAcid {
    /// The three letters of a residue as bytes; `Xaa` for what is no residue.
    static func bytes(_ letter: UInt8) -> (UInt8, UInt8, UInt8) {
        guard letter >= 0x2A, letter <= 0x5A else { return (0x58, 0x61, 0x61) }
        let place = Int(letter - 0x2A) * 3
        return (table[place], table[place + 1], table[place + 2])
    }

    /// Three letters for each byte from `*` to `Z`.
    private static let table: [UInt8] = (0x2A...0x5A).flatMap { Array(threeLetters($0).utf8) }
}
