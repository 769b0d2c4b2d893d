internal import Genome

/// What a codon stands for.
///
/// A codon is the number of its three base codes, `16 a + 4 b + c` with A 0, C 1, G 2, T 3.
///
/// - Source: NCBI genetic codes, tables 1 (standard) and 2 (vertebrate mitochondrial).
public struct GeneticCode: Sendable {
    private let table: InlineArray<64, UInt8>

    /// The code of nuclear genes.
    public static let standard = GeneticCode(
        "KNKNTTTTRSRSIIMIQHQHPPPPRRRRLLLLEDEDAAAAGGGGVVVV*Y*YSSSS*CWCLFLF")
    /// The code of vertebrate mitochondria: AGA and AGG stop, ATA is Met, TGA is Trp.
    public static let mitochondrial = GeneticCode(
        "KNKNTTTT*S*SMIMIQHQHPPPPRRRRLLLLEDEDAAAAGGGGVVVV*Y*YSSSSWCWCLFLF")

    private init(_ letters: StaticString) {
        let letters = Array(letters.description.utf8)
        table = InlineArray { letters[$0] }
    }

    /// The one-letter residue of a codon, `*` for a stop, `X` where a base is unknown.
    @inline(__always)
    func residue(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8 {
        guard first | second | third < 4 else { return AminoAcid.unknown }
        return table[Int(first &<< 4 | second &<< 2 | third)]
    }

    /// Whether TGA is no stop, as in mitochondria.
    var readsTGA: Bool { residue(3, 2, 0) != AminoAcid.stop }

    /// The residue of three letters, in either case.
    public func residue(ofCodon letters: some Collection<UInt8>) -> UInt8 {
        let codes = letters.map(BaseCode.code)
        return codes.count == 3 ? residue(codes[0], codes[1], codes[2]) : AminoAcid.unknown
    }
}
