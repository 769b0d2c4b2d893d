internal import Genome

/// Inversions of which a file tells both junctions: the part is turned around in its place, and what lies outside stays in order. One junction
/// alone leads back on the same strand (a fold-back), and what lies behind it is lost.
///
///     ...ACGT|>>>>>>|TTGC...   + +  and  - -   at the same two places
public struct BalancedInversions: Sendable {
    /// The two junctions lie at most about so far apart at either end.
    public static let reach = 1000

    private struct Cell: Hashable {
        let contig: Contig
        let orientation: Breakend.Orientation
        let first: Int
        let second: Int
    }

    private let cells: Set<Cell>

    /// The inversions among junctions that pass.
    public init(_ variants: [StructuralVariant]) {
        cells = Set(variants.lazy.filter(\.isPass).compactMap { Self.cell($0, $0.first.orientation) })
    }

    /// Whether the other junction of an inversion is there; false for all else.
    public func contains(_ variant: StructuralVariant) -> Bool {
        guard let own = Self.cell(variant, variant.first.orientation.reversed) else { return false }
        return (-1...1).contains { first in
            (-1...1).contains { second in
                cells.contains(
                    Cell(
                        contig: own.contig, orientation: own.orientation, first: own.first + first,
                        second: own.second + second))
            }
        }
    }

    /// Whether it is the second junction of an inversion, the one of the right sides: both break the same genes and are told once.
    public func isSecond(_ variant: StructuralVariant) -> Bool {
        variant.isPass && variant.first.orientation == .minus && contains(variant)
    }

    private static func cell(_ variant: StructuralVariant, _ orientation: Breakend.Orientation) -> Cell? {
        guard variant.kind == .inversion, let second = variant.second else { return nil }
        return Cell(
            contig: variant.first.contig, orientation: orientation, first: variant.first.position / reach,
            second: second.position / reach)
    }
}
