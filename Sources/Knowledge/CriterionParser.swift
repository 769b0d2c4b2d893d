internal import Consequences
internal import Genome
internal import Variants

/// Why a text is no criterion.
public struct CriterionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is there and what was expected.
    public let description: String
    /// Where in the text the word begins that was not understood, in characters from 1; behind the end where one is missing.
    public let position: Int
}

extension Criterion {
    /// Reads a criterion; white space between words is free, keywords are in capitals.
    ///
    /// - Throws: ``CriterionError`` that names the word that was not understood.
    public init(parsing text: String) throws(CriterionError) {
        var parser = CriterionParser(text)
        self = try parser.criterion()
        if let rest = parser.peek {
            throw parser.fault("\"\(rest)\" stands after the end of a criterion in \"\(text)\"", isNext: true)
        }
    }
}

/// Recursive descent over words, parentheses being words of their own; depth is bounded.
private struct CriterionParser {
    private let words: [String]
    /// Where each word begins, and the end of the text, in characters from 1.
    private let positions: [Int]
    private var next = 0
    private var depth = 0
    private static let maximumDepth = 32
    private static let keywords: Set<String> = ["AND", "OR", "NOT", "(", ")"]

    init(_ text: String) {
        // A parenthesis belongs to the word before it in TMB-H(…), WILDTYPE(…) and GERMLINE(…), and stands alone elsewhere.
        var words: [String] = []
        var positions: [Int] = []
        var word = String.UnicodeScalarView()
        var inCall = false
        var position = 0
        func end() {
            if !word.isEmpty {
                words.append(String(word))
                positions.append(position - word.count)
            }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            position += 1
            if inCall {
                word.append(scalar)
                if scalar == ")" { inCall = false }
            } else if scalar == "(", let last = word.last, last != ".", !Self.keywords.contains(String(word))
            {
                word.append(scalar)
                inCall = true
            } else if scalar == "(" || scalar == ")" {
                end()
                words.append(String(scalar))
                positions.append(position)
            } else if scalar.isASCII
                ? scalar == " " || 9...13 ~= scalar.value : scalar.properties.isWhitespace
            {
                end()
            } else {
                word.append(scalar)
            }
        }
        position += 1
        end()
        self.words = words
        self.positions = positions + [position]
    }

    /// A fault of the last word taken, or of the next.
    func fault(_ description: String, isNext: Bool = false) -> CriterionError {
        CriterionError(description: description, position: positions[max(isNext ? next : next - 1, 0)])
    }

    var peek: String? { next < words.count ? words[next] : nil }

    private mutating func take(_ word: String) -> Bool {
        guard peek == word else { return false }
        next += 1
        return true
    }

    private mutating func word(_ expected: String) throws(CriterionError) -> String {
        guard let word = peek, !Self.keywords.contains(word) else {
            throw fault(
                "\(peek.map { "\"\($0)\"" } ?? "the end") stands where \(expected) was expected", isNext: true
            )
        }
        next += 1
        return word
    }

    mutating func criterion() throws(CriterionError) -> Criterion {
        var parts = [try conjunction()]
        while take("OR") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(CriterionError) -> Criterion {
        var parts = [try term()]
        while take("AND") { parts.append(try term()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func term() throws(CriterionError) -> Criterion {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw fault("criteria are nested more than \(Self.maximumDepth) deep", isNext: true)
        }
        if take("NOT") { return .not(try term()) }
        if take("(") {
            let inner = try criterion()
            guard take(")") else { throw fault("a closing parenthesis is missing", isNext: true) }
            return inner
        }
        return try leaf()
    }

    private mutating func leaf() throws(CriterionError) -> Criterion {
        let first = try word("a gene, a fusion or a biomarker")
        if first.hasPrefix("g.") { return try genomic(first) }
        if let partners = try fusion(first) { return partners }
        if first.hasPrefix("WILDTYPE(") {
            guard let gene = Self.argument(of: first, name: "WILDTYPE"), Self.isGene(gene) else {
                throw fault("\"\(first)\" is not WILDTYPE(GENE)")
            }
            return .wildtype(gene: gene)
        }
        for origin in Criterion.Origin.allCases where first.hasPrefix(origin.rawValue + "(") {
            return .origin(origin, try inside(first, origin))
        }
        if let biomarker = try biomarker(first) { return biomarker }
        guard Self.isGene(first) else {
            throw fault("\"\(first)\" is not a gene symbol")
        }
        return try event(of: first)
    }

    /// The leaf in the parentheses of `GERMLINE(BRCA2 loss_of_function)`: an event, not a measure.
    private func inside(_ text: String, _ origin: Criterion.Origin) throws(CriterionError) -> Criterion {
        guard let argument = Self.argument(of: text, name: origin.rawValue) else {
            throw fault("\"\(text)\" has no closing parenthesis")
        }
        let inner: Criterion
        do {
            inner = try Criterion(parsing: argument)
        } catch {
            throw fault(error.description)
        }
        switch inner {
        case .and, .or, .not, .wildtype, .origin, .biomarker:
            throw fault(
                "\"\(text)\": one event was expected in the parentheses, such as \(origin.rawValue)(BRCA2 loss_of_function)"
            )
        case .metabolizer where origin == .somatic:
            throw fault("\"\(text)\": a metabolizer phenotype is inherited, never of the tumor")
        default: return inner
        }
    }

    private mutating func event(of gene: String) throws(CriterionError) -> Criterion {
        let word = try word("an event of \(gene) such as p.V600E, amplification or loss_of_function")
        if word.hasPrefix("p.") {
            guard let change = ProteinChange(hgvs: word), ProteinChange(hgvs: change.shortName) == change
            else {
                throw fault("\"\(word)\" is no protein change that can be matched")
            }
            return .protein(gene: gene, change: change)
        }
        switch word {
        case "codon":
            let list = try self.word("codon numbers")
            let codons = list.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
            guard codons.allSatisfy({ $0 > 0 }) else {
                throw fault("\"\(list)\" is no list of codons")
            }
            return .codons(gene: gene, codons: codons, class: try optionalClass())
        case "exon":
            let text = try self.word("an exon number")
            guard let exon = Int(text), exon > 0 else {
                throw fault("\"\(text)\" is no exon number")
            }
            if take("skipping") { return .exonSkipping(gene: gene, exon: exon) }
            guard let kind = try optionalClass() else {
                throw fault("\(gene) exon \(exon) needs a class such as inframe_deletion, or skipping")
            }
            return .exon(gene: gene, exon: exon, class: kind)
        case "residues":
            let text = try self.word("a range such as 712-979")
            let ends = text.split(separator: "-").map { Int($0) ?? 0 }
            guard ends.count == 2, ends[0] > 0, ends[0] <= ends[1] else {
                throw fault("\"\(text)\" is no range of residues such as 712-979")
            }
            return .residues(gene: gene, range: ends[0]...ends[1], class: try optionalClass())
        case "oncogenic": return .oncogenic(gene: gene)
        case "any": return .anyEvent(gene: gene)
        default:
            if let dosage = Criterion.DosageEvent(rawValue: word) { return .dosage(gene: gene, dosage) }
            if let phenotype = MetabolizerPhenotype(rawValue: word) {
                return .metabolizer(gene: gene, phenotype)
            }
            guard let kind = AlterationClass(rawValue: word) else {
                throw fault(
                    "\"\(word)\" is no event of \(gene); expected p.…, codon, exon, residues, a class, "
                        + "amplification, homozygous_deletion, gain, loss, oncogenic, poor_metabolizer or any"
                )
            }
            return .effect(gene: gene, class: kind, isBiallelic: take("biallelic"))
        }
    }

    private mutating func optionalClass() throws(CriterionError) -> AlterationClass? {
        guard let word = peek, !Self.keywords.contains(word) else { return nil }
        guard let kind = AlterationClass(rawValue: word) else {
            throw fault("\"\(word)\" is no class of alteration", isNext: true)
        }
        next += 1
        return kind
    }

    private func genomic(_ text: String) throws(CriterionError) -> Criterion {
        let parts = String(text.dropFirst(2)).parts(between: UInt8(ascii: ":"))
        guard parts.count == 5, let assembly = Assembly(named: parts[0]),
            let position = Int(parts[2]), position > 0, Self.isSequence(parts[3]), Self.isSequence(parts[4])
        else {
            throw fault("\"\(text)\" is not g.ASSEMBLY:contig:position:ref:alt")
        }
        return .genomic(
            assembly,
            Variant(contig: Contig(parts[1]), oneBased: position, reference: parts[3], alternate: parts[4]))
    }

    private func fusion(_ text: String) throws(CriterionError) -> Criterion? {
        let bytes = text.utf8
        let isColon = { (place: String.Index) in place < bytes.endIndex && bytes[place] == UInt8(ascii: ":") }
        guard let colon = bytes.indices.first(where: { isColon($0) && isColon(bytes.index(after: $0)) })
        else {
            return nil
        }
        let five = String(text[..<colon]), three = String(text[bytes.index(colon, offsetBy: 2)...])
        guard five == "*" || Self.isGene(five), three == "*" || Self.isGene(three),
            !(five == "*" && three == "*")
        else {
            throw fault("\"\(text)\" is no fusion such as EML4::ALK, ALK::* or *::ALK")
        }
        return .fusion(fivePrime: five == "*" ? nil : five, threePrime: three == "*" ? nil : three)
    }

    private func biomarker(_ text: String) throws(CriterionError) -> Criterion? {
        for name in Criterion.BiomarkerName.allCases where text.hasPrefix(name.rawValue) {
            if text == name.rawValue { return .biomarker(name, definition: nil, minimum: nil) }
            guard let argument = Self.argument(of: text, name: name.rawValue) else { continue }
            let parts = argument.split(separator: " ").map(String.init)
            guard parts.count == 3, parts[1] == ">=", let minimum = Double(parts[2]), minimum.isFinite else {
                throw fault("\"\(text)\" is not \(name.rawValue)(definition >= number)")
            }
            return .biomarker(name, definition: parts[0], minimum: minimum)
        }
        return nil
    }

    private static func argument(of text: String, name: String) -> String? {
        guard text.hasPrefix(name + "("), text.hasSuffix(")") else { return nil }
        return String(text.dropFirst(name.count + 1).dropLast())
    }

    private static func isGene(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 32
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    private static func isSequence(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { "ACGT".utf8.contains($0) }
    }
}
