internal import Genome
internal import Variants

// A row as bytes in a compiled index. What was checked when the table was read is not checked again.
extension EvidenceRow {
    /// The row as bytes.
    func encode(into out: inout ByteWriter) {
        out.put([
            id, source, gene, criterion.description, civic, amp, escat, oncokb, oxford, transcript,
            cnsPenetrant, note, validFrom, validTo,
        ])
        for list in [tumorTypes, excludedTumorTypes, therapies, citations] { out.put(list) }
        for decisions in [approvals, nationalDecisions] {
            out.put(decisions.flatMap { [$0.body, $0.status, $0.date] })
        }
        out.put(direction.rawValue)
        out.put(UInt8(isVerified ? 1 : 0))
        for assembly in Assembly.allCases {
            let alleles = alleles[assembly] ?? []
            out.put(UInt32(alleles.count))
            for allele in alleles {
                out.put(allele.contig.name)
                out.put(Int64(allele.position))
                out.put(allele.reference)
                out.put(allele.alternate)
            }
        }
    }

    /// The row that ``encode(into:)`` wrote.
    init(_ input: inout ByteReader) throws(ByteReader.Damage) {
        let texts = try input.texts()
        guard texts.count == 14 else { throw ByteReader.Damage() }
        let criterion: Criterion
        do {
            criterion = try Criterion(parsing: texts[3])
        } catch {
            throw ByteReader.Damage()
        }
        var lists: [[String]] = []
        for _ in 0..<4 { lists.append(try input.texts()) }
        let approvals = try Self.decisions(&input)
        let nationalDecisions = try Self.decisions(&input)
        guard let direction = Direction(rawValue: try input.text()) else { throw ByteReader.Damage() }
        let isVerified = try input.number(UInt8.self) == 1
        var alleles: [Assembly: [Variant]] = [:]
        for assembly in Assembly.allCases {
            var found: [Variant] = []
            for _ in 0..<(try input.number(UInt32.self)) {
                found.append(
                    Variant(
                        contig: Contig(try input.text()), position: Int(try input.number(Int64.self)),
                        reference: try input.text(), alternate: try input.text()))
            }
            alleles[assembly] = found
        }
        self.init(
            id: texts[0], source: texts[1], gene: texts[2], criterion: criterion, tumorTypes: lists[0],
            excludedTumorTypes: lists[1], therapies: lists[2], direction: direction, civic: texts[4],
            amp: texts[5], escat: texts[6], oncokb: texts[7], oxford: texts[8], approvals: approvals,
            nationalDecisions: nationalDecisions, transcript: texts[9], alleles: alleles,
            cnsPenetrant: texts[10], citations: lists[3], isVerified: isVerified, note: texts[11],
            validFrom: texts[12], validTo: texts[13])
    }

    private static func decisions(_ input: inout ByteReader) throws(ByteReader.Damage) -> [Decision] {
        let texts = try input.texts()
        guard texts.count.isMultiple(of: 3) else { throw ByteReader.Damage() }
        return stride(from: 0, to: texts.count, by: 3).map {
            Decision(body: texts[$0], status: texts[$0 + 1], date: texts[$0 + 2])
        }
    }
}
