/// A molecular profile of CIViC's present releases: variants joined by AND, OR, NOT and parentheses.
///
/// A variant is written with its gene in front (`BRAF V600E`, `EML4::ALK Fusion`).
struct CIViCProfile {
    private let criteria: CIViCCriteria
    private var words: [String]
    private var depth = 0

    init(_ text: String, _ criteria: CIViCCriteria) {
        self.criteria = criteria
        // A parenthesis within a word belongs to a variant's name, such as `R200W (c.598C>T)`.
        var words: [String] = []
        for word in text.split(separator: " ").map(String.init) {
            var word = word
            while word.hasPrefix("("), !word.hasPrefix("(c.") {
                words.append("(")
                word.removeFirst()
            }
            var closing = 0
            while word.hasSuffix(")"), !word.contains("(") {
                closing += 1
                word.removeLast()
            }
            if !word.isEmpty { words.append(word) }
            words += Array(repeating: ")", count: closing)
        }
        self.words = words
    }

    /// The criterion.
    ///
    /// - Throws: ``NotExpressed`` with a reason.
    static func criterion(_ text: String, _ criteria: CIViCCriteria) throws(NotExpressed) -> Criterion {
        var profile = CIViCProfile(text, criteria)
        let found = try profile.alternatives()
        guard profile.words.isEmpty else { throw NotExpressed("a molecular profile that cannot be read") }
        return found
    }

    private mutating func take(_ word: String) -> Bool {
        guard words.first == word else { return false }
        words.removeFirst()
        return true
    }

    private mutating func alternatives() throws(NotExpressed) -> Criterion {
        var parts = [try conjunction()]
        while take("OR") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(NotExpressed) -> Criterion {
        var parts = [try term()]
        while take("AND") { parts.append(try term()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func term() throws(NotExpressed) -> Criterion {
        depth += 1
        defer { depth -= 1 }
        guard depth < 16 else { throw NotExpressed("a molecular profile that cannot be read") }
        if take("NOT") { return .not(try term()) }
        if take("(") {
            let inner = try alternatives()
            guard take(")") else { throw NotExpressed("a molecular profile that cannot be read") }
            return inner
        }
        var name: [String] = []
        while let word = words.first, !["AND", "OR", "NOT", ")", "("].contains(word) {
            name.append(words.removeFirst())
        }
        guard let gene = name.first else { throw NotExpressed("a molecular profile that cannot be read") }
        guard gene.contains("::") else {
            return try criteria.criterion(name.dropFirst().joined(separator: " "), gene: gene)
        }
        let partner = gene.split(separator: ":").map(String.init).last { $0 != "v" && $0 != "?" }
        return try criteria.criterion(name.joined(separator: " "), gene: partner ?? "")
    }
}
