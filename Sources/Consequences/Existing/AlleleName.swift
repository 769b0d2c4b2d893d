/// The names that VEP gives to an ALT allele of a record.
///
/// VEP drops the first base of REF and of every ALT when an allele differs in length from REF and all of them
/// start with the same base (`*` is not asked); an empty allele is `-`. With `--minimal` it trims each ALT against
/// REF. A record that was split or aligned after VEP ran keeps the names of the record that VEP saw.
enum AlleleName {
    /// The names to look for, best first: as VEP writes it, trimmed alone, as in the file.
    static func candidates(reference: String, alternates: [String], index: Int) -> [String] {
        let alternate = alternates[index]
        var names = [vepName(reference, alternates, alternate)]
        let trimmed = minimal(reference, alternate)
        for name in [trimmed, alternate] where !names.contains(name) { names.append(name) }
        return names
    }

    private static func vepName(_ reference: String, _ alternates: [String], _ alternate: String) -> String {
        guard !alternate.hasPrefix("<"), alternate != "*" else { return alternate }
        let isIndel = alternates.contains { $0.utf8.count != reference.utf8.count }
        let firsts = Set(([reference] + alternates.filter { $0 != "*" }).map { $0.utf8.first })
        guard isIndel, firsts.count == 1 else { return alternate }
        return alternate.utf8.count == 1 ? "-" : String(alternate.dropFirst())
    }

    private static func minimal(_ reference: String, _ alternate: String) -> String {
        var old = Substring(reference), new = Substring(alternate)
        while let base = old.first, base == new.first {
            old.removeFirst()
            new.removeFirst()
        }
        while let base = old.last, base == new.last {
            old.removeLast()
            new.removeLast()
        }
        return new.isEmpty ? "-" : String(new)
    }
}
