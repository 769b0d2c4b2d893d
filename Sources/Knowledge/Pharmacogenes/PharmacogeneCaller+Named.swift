// Genes without a score: a copy has the named allele whose changes are exactly those that were seen on it.
//
// Without phase every way to lay the variants on two copies is tried, and the one with the most reference copies is told: variants
// that are often inherited together are one allele rather than two (TPMT *1/*3A rather than *3B/*3C). The others are named in a note.

extension PharmacogeneCaller {
    /// A variant at a position, on some copies.
    private struct Seen {
        let position: Int
        let allele: Int
        let copies: [Bool]
        let block: Block
    }

    func name(_ observed: [PharmacogeneObservation], _ call: inout PharmacogeneCall) {
        var seen: [Seen] = []
        for (index, observation) in observed.enumerated() {
            let alleles = Set(observation.copies.compactMap(\.self)).subtracting([0])
            for allele in alleles.sorted() {
                let copies = observation.carries(allele)
                let block: Block =
                    copies.allSatisfy(\.self)
                    ? .fixed : observation.isPhased ? .set(observation.phaseSet ?? "") : .alone(index)
                seen.append(Seen(position: index, allele: allele, copies: copies, block: block))
            }
            if observation.hasVariant, !observation.isComplete {
                call.notes.append(
                    "\(gene.positions[index].name): one copy has a variant, the other was not seen; it counts as reference."
                )
            }
        }
        let free = Set(seen.map(\.block)).subtracting([.fixed]).sorted().prefix(12)
        // Exchanging all blocks at once changes nothing, so that the first keeps its place.
        var ways: [[[Int]]] = []
        for way in 0..<(1 << max(free.count - 1, 0)) {
            let flipped = Set(
                free.dropFirst().enumerated().filter { way >> $0.offset & 1 == 1 }.map(\.element))
            let copies = (0...1).map { copy in
                alleles(seen.filter { $0.copies[flipped.contains($0.block) ? 1 - copy : copy] })
            }
            if !ways.contains(where: { diplotype($0) == diplotype(copies) }) { ways.append(copies) }
        }
        let weights = ways.map { way in (-way.count { $0 == [0] }, way.reduce(0) { $0 + $1.count }) }
        guard let chosen = ways.indices.min(by: { weights[$0] < weights[$1] }) else { return }
        let copies = ways[chosen]
        call.diplotypes = [diplotype(copies)]
        call.phenotype = phenotype(copies)
        let counts = Dictionary(copies.joined().filter { $0 > 0 }.map { ($0, 1) }, uniquingKeysWith: +)
        call.alleles = counts.keys.sorted().map { shown($0, copies: counts[$0] ?? 0) }
        let others = ways.indices.filter { $0 != chosen }
        if !others.isEmpty {
            let names = others.map { "\(diplotype(ways[$0])) (\(phenotype(ways[$0])))" }
            call.notes.append(
                "The variants are not phased; the alleles that are often inherited together were taken. Not ruled out: "
                    + names.joined(separator: ", ") + ".")
        }
        for copy in copies where copy.count > 1 {
            call.notes.append("\(diplotype([copy])) is no named allele; it counts by its worst part.")
        }
    }

    /// The named alleles of one copy: one that has exactly these changes, else those that together have them.
    private func alleles(_ seen: [Seen]) -> [Int] {
        var left = Dictionary(seen.map { ($0.position, $0.allele) }, uniquingKeysWith: { first, _ in first })
        var found: [Int] = []
        while !left.isEmpty {
            let fitting = gene.alleles.indices.filter { number in
                let changes = gene.alleles[number].changes
                return !changes.isEmpty && changes.allSatisfy { left[$0.key] == $0.value }
            }
            guard
                let best = fitting.min(by: {
                    (-gene.alleles[$0].changes.count, $0) < (-gene.alleles[$1].changes.count, $1)
                })
            else { break }
            found.append(best)
            for position in gene.alleles[best].changes.keys { left[position] = nil }
        }
        return found.isEmpty ? [0] : found.sorted()
    }

    /// The phenotype of two copies; `Indeterminate` where CPIC gives none.
    private func phenotype(_ copies: [[Int]]) -> String {
        let functions = copies.map { alleles in
            alleles.map { gene.alleles[$0].function }.min { Self.severity($0) < Self.severity($1) } ?? ""
        }
        return gene.phenotypes[functions.sorted().joined(separator: " + ")] ?? "Indeterminate"
    }

    private static func severity(_ function: String) -> Int {
        let order = [
            "No function", "Decreased function", "Uncertain function", "Unknown function", "",
            "Increased function", "Normal function",
        ]
        return order.firstIndex(of: function) ?? order.count
    }
}
