internal import Genome

/// Reads the rows of a BEDPE table; what the strands mean is decided when all are there.
struct BEDPEReader: Sendable {
    private struct Row: Sendable {
        var facts: RecordFacts
        /// Breakends whose sides are the strands as written, `+` where there are none.
        var one: Breakend
        /// Nil where the other side is not known.
        var other: Breakend?
        var hasStrands: Bool
        var inserted: String?
    }

    private let file: String
    private var layout: BEDPELayout?
    private var lineNumber = 0
    private var rows: [Row] = []
    private var tally = StructuralTally()
    private var filterUse = FilterUse()
    private(set) var contigStyles = ContigStyles()

    init(file: String) { self.file = file }

    mutating func read(_ line: some Collection<UInt8>) throws(InputError) {
        lineNumber += 1
        var cells = SegmentReader.cells(line, isFirst: lineNumber == 1)
        if cells.isEmpty { return }
        guard let layout else {
            let isComment = cells[0].hasPrefix("#")
            if isComment { cells[0] = String(cells[0].drop { $0 == "#" || $0 == " " }) }
            layout = BEDPELayout(columns: cells)
            if layout != nil || isComment { return }
            guard let found = BEDPELayout(row: cells) else {
                throw InputError(
                    file: file, place: .line(lineNumber),
                    problem: "the columns are those of no BEDPE table: \(Self.shortened(cells))",
                    remedy:
                        "Name the columns chrom1, start1, end1, chrom2, start2, end2, strand1, strand2, or order them so."
                )
            }
            layout = found
            add(cells, found)
            return
        }
        if !cells[0].hasPrefix("#") { add(cells, layout) }
    }

    private static func shortened(_ cells: [String]) -> String {
        let text = cells.joined(separator: ", ")
        return text.count <= 200 ? text : text.prefix(200) + " …"
    }

    private mutating func add(_ cells: [String], _ layout: BEDPELayout) {
        tally.records += 1
        let places = [0, 1].map { place(cells, layout, $0) }
        guard let one = places[0] ?? nil, let other = places[1] else {
            tally.add(.malformed, Self.shortened(cells), line: lineNumber)
            return
        }
        contigStyles.add(cells[layout.contigs[0]])
        if other != nil { contigStyles.add(cells[layout.contigs[1]]) }
        func cell(_ column: Int?) -> String { Self.cell(cells, column) }
        var facts = RecordFacts()
        (facts.id, facts.statedType, facts.sample) = (
            cell(layout.name), cell(layout.type), cell(layout.sample)
        )
        // As in VCF, see ``PassRule``; a table without the column has what passed.
        let filters = cell(layout.filter)
        facts.filters = filters.split(separator: ";").map(String.init).filter { $0 != "PASS" }
        facts.isPass = layout.filter == nil || filters == "PASS"
        filterUse.add(facts.isPass ? .passed : filters.isEmpty ? .unfiltered : .failed)
        facts.isImprecise = one.isWide || other?.isWide ?? false
        facts.lineNumber = lineNumber
        let inserted = cell(layout.inserted)
        let isSequence = !inserted.isEmpty && inserted.utf8.allSatisfy(Bases.isCode)
        rows.append(
            Row(
                facts: facts, one: one.end, other: other?.end,
                hasStrands: one.isStranded && other?.isStranded ?? true,
                inserted: isSequence ? inserted.uppercased() : nil))
    }

    private static func cell(_ cells: [String], _ column: Int?) -> String {
        guard let column, column < cells.count, !["", ".", "NA"].contains(cells[column]) else { return "" }
        return cells[column]
    }

    private struct Place {
        var end: Breakend
        var isStranded: Bool
        var isWide: Bool
    }

    /// One side of a row; the inner nil is a side that is not known (`.` and -1), the outer one a damaged row.
    private func place(_ cells: [String], _ layout: BEDPELayout, _ side: Int) -> Place?? {
        func cell(_ column: Int?) -> String { Self.cell(cells, column) }
        let contig = cell(layout.contigs[side])
        let start = SegmentRow.whole(cell(layout.starts[side]))
        if contig.isEmpty {
            let isThere = max(layout.contigs[side], layout.starts[side]) < cells.count
            return isThere && start == nil || start == -1 ? .some(nil) : .none
        }
        let bounds = 0...Int(Int32.max)
        guard let start, bounds.contains(start), let end = SegmentRow.whole(cell(layout.ends[side])),
            bounds.contains(end)
        else { return .none }
        let strand = Breakend.Orientation(rawValue: cell(layout.strands?[side]))
        return Place(
            end: Breakend(contig: Contig(contig), position: start, orientation: strand ?? .plus),
            isStranded: strand != nil, isWide: abs(end - start) > 1)
    }

    // MARK: Strands

    func finish(stated: StrandConvention?, unfilteredIsPass: Bool) throws(InputError) -> (
        calls: StructuralCalls, convention: StrandConvention?, decidedBy: String
    ) {
        guard let layout else {
            throw InputError(
                file: file, problem: "the table is empty",
                remedy: "A BEDPE table names its columns, such as chrom1, start1, end1, chrom2, start2, end2."
            )
        }
        guard layout.strands != nil || layout.type != nil else {
            throw InputError(
                file: file, problem: "the table has no strands and no types",
                remedy: "Add the columns strand1 and strand2.")
        }
        let (convention, decidedBy) = convention(layout, stated)
        var tally = tally
        var variants: [StructuralVariant] = []
        tally.filterWarning = filterUse.warning(unfilteredIsPass: unfilteredIsPass)
        let acceptsUnfiltered = filterUse.rule(unfilteredIsPass: unfilteredIsPass).acceptsUnfiltered
        for row in rows {
            guard var variant = variant(row, convention) else {
                tally.add(.noOrientation, "\(row.one)", line: row.facts.lineNumber)
                continue
            }
            if let type = BEDPEType.kind(variant.statedType)?.kind, type != variant.kind {
                tally.otherTypes += 1
            }
            if acceptsUnfiltered, variant.filters.isEmpty { variant.isPass = true }
            variants.append(variant)
        }
        return (
            StructuralCalls(variants: variants, tally: tally), layout.strands == nil ? nil : convention,
            decidedBy
        )
    }

    private func variant(_ row: Row, _ convention: StrandConvention) -> StructuralVariant? {
        var one = row.one
        var other = row.other
        if var second = other {
            guard
                let sides = row.hasStrands
                    ? convention.sides(one.orientation, second.orientation) : typeSides(row, second)
            else { return nil }
            (one.orientation, second.orientation) = sides
            other = second
        } else if !row.hasStrands {
            return nil
        }
        return row.facts.applied(to: StructuralVariant(one, other, inserted: row.inserted))
    }

    /// The sides that a type alone tells.
    private func typeSides(
        _ row: Row, _ other: Breakend
    ) -> (Breakend.Orientation, Breakend.Orientation)? {
        guard row.one.contig == other.contig, let type = BEDPEType.kind(row.facts.statedType) else {
            return nil
        }
        let isOrdered = row.one.position <= other.position
        switch type.kind {
        case .deletion, .insertion: return isOrdered ? (.plus, .minus) : (.minus, .plus)
        case .duplication: return isOrdered ? (.minus, .plus) : (.plus, .minus)
        case .inversion: return type.sides.map { ($0, $0) }
        case .translocation, .single: return nil
        }
    }

    private func convention(
        _ layout: BEDPELayout, _ stated: StrandConvention?
    ) -> (StrandConvention, String) {
        if layout.strands == nil { return (.sides, "there are no strands; the types tell the sides") }
        if let stated { return (stated, "as was said") }
        let votes = StrandConvention.allCases.map { convention in
            rows.count { row in
                guard row.hasStrands, let type = BEDPEType.kind(row.facts.statedType)?.kind else {
                    return false
                }
                return [.deletion, .duplication, .inversion].contains(type)
                    && variant(row, convention)?.kind == type
            }
        }
        if votes[0] != votes[1] {
            let best = votes[0] > votes[1] ? 0 : 1
            return (
                StrandConvention.allCases[best],
                "the types agree in \(votes[best]) rows, the other way in \(votes[1 - best])"
            )
        }
        return layout.isOfBRASS
            ? (.reads, "the columns are those of BRASS") : (.sides, "no column says otherwise")
    }
}
