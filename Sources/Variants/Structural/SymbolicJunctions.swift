internal import Genome

/// The junctions that an allele of bases or a symbol stands for.
///
/// POS is the base before the event and END its last base (p and e, 1-based):
///
///     <DEL>  p+ , (e+1)-        <INS>  p+ , (p+1)-
///     <DUP>  (p+1)- , e+        <INV>  p+ , e+  and  (p+1)- , (e+1)-
///
/// Of an inversion one junction alone stands in the record where it says so: Manta's flags `INV3` and `INV5`, Delly's `CT`, Lumpy's
/// `STRANDS`. Delly's older `<TRA>` has its other end in CHR2 and END. A symbol that says how many copies there are and not what is
/// joined (`<CNV>`, `SVCLAIM=D`) has no junction.
///
/// - Source: VCF 4.4 specification, sections 1.6.1 and 5; Manta user guide; Delly and Lumpy README.
struct SymbolicJunctions {
    let record: VCFRecord
    let allele: Int

    /// The junctions of an ALT that is no breakend, or why there are none.
    func read(_ alternate: ArraySlice<UInt8>) -> Result<[StructuralVariant], StructuralTally.Obstacle> {
        switch AlleleGrammar(alternate) {
        case .bases, .ambiguous: return explicit(String(decoding: alternate, as: UTF8.self))
        case .symbolic: return symbolic(String(decoding: alternate.dropFirst().dropLast(), as: UTF8.self))
        case .overlapped, .missing: return .failure(.noJunction)
        case .breakend, .invalid: return .failure(.unreadableAllele)
        }
    }

    /// From this change of length on an allele of bases is a structural variant without being called so.
    private static let shortest = 50

    private var contig: Contig { Contig(record.contigName) }

    private func side(_ position: Int, _ orientation: Breakend.Orientation, on other: Contig? = nil)
        -> Breakend
    {
        Breakend(contig: other ?? contig, position: position, orientation: orientation)
    }

    // MARK: Bases

    private func explicit(_ alternate: String) -> Result<[StructuralVariant], StructuralTally.Obstacle> {
        let change = Variant(
            contig: contig, position: record.position, reference: record.reference.uppercased(),
            alternate: alternate.uppercased()
        ).trimmed(keepingAnchor: false)
        let (removed, added) = (change.reference.utf8.count, change.alternate.utf8.count)
        guard removed != added, record.hasInfo("SVTYPE") || abs(added - removed) >= Self.shortest else {
            return .failure(.smallVariant)
        }
        let position = change.position
        return .success([
            StructuralVariant(
                side(position - 1, .plus), side(position + removed, .minus), inserted: change.alternate)
        ])
    }

    // MARK: Symbols

    private func symbolic(_ name: String) -> Result<[StructuralVariant], StructuralTally.Obstacle> {
        if record.info("SVCLAIM") == "D" { return .failure(.depthOnly) }
        let parts = name.split(separator: ":")
        let position = record.position
        switch parts.first {
        case "INS": return .success([insertion(position)])
        case "TRA": return translocation(position)
        case "DUP" where parts.count > 1 && parts[1] != "TANDEM": return .failure(.noJunction)
        case "DEL", "DUP", "INV": break
        default: return .failure(.noJunction)
        }
        guard let end else { return .failure(.noEnd) }
        guard end > position + 1 else { return .failure(.endBeforeStart) }
        let (sequence, count) = (record.info("SVINSSEQ")?.uppercased(), insertedLength)
        let isExact = !record.hasInfo("IMPRECISE")
        func junction(_ one: Breakend, _ other: Breakend) -> StructuralVariant {
            StructuralVariant(
                one, other, inserted: sequence ?? (isExact && count ?? 0 == 0 ? "" : nil),
                insertedLength: sequence == nil ? count : nil)
        }
        switch parts[0] {
        case "DEL": return .success([junction(side(position, .plus), side(end, .minus))])
        case "DUP": return .success([junction(side(position + 1, .minus), side(end - 1, .plus))])
        default:
            let left = junction(side(position, .plus), side(end - 1, .plus))
            var right = junction(side(position + 1, .minus), side(end, .minus))
            switch inversionSides {
            case (true, false): return .success([left])
            case (false, true): return .success([right])
            default:
                right.isReciprocal = true
                return .success([left, right])
            }
        }
    }

    /// Which junctions of an inversion the record holds: the one of the left sides, the one of the right sides.
    private var inversionSides: (left: Bool, right: Bool) {
        if record.hasInfo("INV3") || record.hasInfo("INV5") {
            return (record.hasInfo("INV3"), record.hasInfo("INV5"))
        }
        switch record.info("CT") {
        case "3to3": return (true, false)
        case "5to5": return (false, true)
        default: break
        }
        let strands = record.infoList("STRANDS").map { $0.split(separator: ":") }
        func supports(_ sides: String) -> Bool {
            strands.contains { $0.first.map { $0 == sides } == true && ($0.count < 2 || $0[1] != "0") }
        }
        return (supports("++"), supports("--"))
    }

    private func insertion(_ position: Int) -> StructuralVariant {
        let sequence = record.info("SVINSSEQ")?.uppercased()
        let count = insertedLength ?? length.map(abs) ?? integer("INSLEN").flatMap { $0 > 0 ? $0 : nil }
        return StructuralVariant(
            side(position, .plus), side(position + 1, .minus), inserted: sequence,
            insertedLength: sequence == nil ? count : nil)
    }

    private func translocation(_ position: Int) -> Result<[StructuralVariant], StructuralTally.Obstacle> {
        guard let name = record.info("CHR2"), let end = integer("POS2") ?? integer("END"), end >= 0 else {
            return .failure(.noEnd)
        }
        let sides: (Breakend.Orientation, Breakend.Orientation)
        switch record.info("CT") {
        case "3to5": sides = (.plus, .minus)
        case "5to3": sides = (.minus, .plus)
        case "3to3": sides = (.plus, .plus)
        case "5to5": sides = (.minus, .minus)
        default: return .failure(.noOrientation)
        }
        return .success([
            StructuralVariant(
                side(position, sides.0), side(end - 1, sides.1, on: Contig(name)),
                inserted: record.hasInfo("IMPRECISE") ? nil : "")
        ])
    }

    // MARK: Fields

    /// The first base behind the event, 0-based: END, or POS and SVLEN. Of several ALTs END is that of the longest, and SVLEN has a
    /// value for each.
    private var end: Int? {
        let hasOwnLength = record.infoList("SVLEN").count == record.alternateCount
        let stated = integer("END")
        if let stated, record.alternateCount == 1 || !hasOwnLength { return stated }
        guard record.alternateCount == 1 || hasOwnLength, let length else { return stated }
        return record.position + 1 + abs(length)
    }

    private var length: Int? {
        let values = record.infoNumbers("SVLEN")
        let value =
            values.count > 1 ? (allele <= values.count ? values[allele - 1] : nil) : values.first ?? nil
        return value.flatMap(Int32.init(exactly:)).map(Int.init)
    }

    private var insertedLength: Int? { integer("SVINSLEN").flatMap { $0 >= 0 ? $0 : nil } }

    private func integer(_ key: String) -> Int? {
        record.infoNumbers(key).first.flatMap { $0 }.flatMap(Int32.init(exactly:)).map(Int.init)
    }
}
