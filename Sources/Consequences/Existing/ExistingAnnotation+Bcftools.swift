public import Variants

extension ExistingAnnotation {
    /// The positions (0-based) whose records hold the consequences of this one: bcftools' `@` entries.
    public func backReferences(in record: VCFRecord) -> [Int] {
        guard source == .bcftools else { return [] }
        return Array(Set(allEntries(record).compactMap(Self.backReference))).sorted()
    }

    private static func backReference(_ entry: AnnotationEntry) -> Int? {
        guard let text = entry.values.first, text.hasPrefix("@"), let position = Int(text.dropFirst()),
            position > 0
        else {
            return nil
        }
        return position - 1
    }

    /// The consequences of one ALT among the entries of BCSQ.
    func bcftoolsConsequences(
        _ entries: [AnnotationEntry], of record: VCFRecord, alleleIndex: Int, atPosition: (Int) -> VCFRecord?
    ) -> [Consequence] {
        guard !entries.isEmpty else { return [] }
        let change = "\(record.position + 1)\(record.reference)>\(record.alternates[alleleIndex - 1])"
        return entries.flatMap { entry -> [Consequence] in
            if let position = Self.backReference(entry) {
                guard position != record.position, let other = atPosition(position) else { return [] }
                return allEntries(other).filter { Self.names($0, change) == true }.map(bcftoolsConsequence)
            }
            return Self.names(entry, change) == false ? [] : [bcftoolsConsequence(entry)]
        }
    }

    /// Whether an entry's dna_change (`53592GC>G+53595A>T`) has this change; nil where it names none.
    private static func names(_ entry: AnnotationEntry, _ change: String) -> Bool? {
        entry["dna_change"].map { $0.split(separator: "+").contains { $0 == change } }
    }

    private func bcftoolsConsequence(_ entry: AnnotationEntry) -> Consequence {
        let terms = SequenceOntologyTerm.list(reading: (entry["Consequence"] ?? "").filter { $0 != "*" })
        let change = entry["amino_acid_change"].flatMap { ProteinChange(bcftools: $0, terms: terms) }
        return Consequence(
            gene: entry["gene"] ?? "", transcript: entry["transcript"] ?? "", terms: terms,
            proteinName: change?.threeLetterName ?? "", proteinChange: change,
            isProteinCoding: entry["biotype"].map { $0 == "protein_coding" } ?? (change != nil))
    }
}

extension ProteinChange {
    /// The change that bcftools csq writes: `600V>600E`, `117MAT>117M`, `12*` (unchanged), `25EPP..329>25GAS..94`
    /// (cut short), `459STA…*>459SPP*` (a frameshift with the whole new end); nil where it ends in `?`.
    init?(bcftools text: String, terms: [SequenceOntologyTerm]) {
        let sides = text.split(separator: ">").map(Self.residues)
        guard let old = sides.first ?? nil, let new = sides.last ?? nil, old.first == new.first,
            sides.count <= 2,
            !old.letters.isEmpty
        else { return nil }
        let first = old.first, last = first + old.letters.count - 1
        if terms.contains(.startLost), first == 1 {
            self.init(kind: .startLost, first: 1, last: 1, reference: "M", alternate: "")
        } else if terms.contains(.frameshiftVariant) {
            self.init(shifted: old, new)
        } else if old.isCut || new.isCut {
            return nil
        } else if terms.contains(.stopLost), old.letters == [AminoAcid.stop], new.letters.count > 1 {
            self.init(
                kind: .stopLost, first: first, last: first, reference: "*",
                alternate: String(decoding: new.letters.prefix(1), as: UTF8.self),
                newStop: new.letters.last == AminoAcid.stop ? .after(new.letters.count - 1) : nil)
        } else {
            self = .replacing(old.letters, first: first, last: last, with: new.letters)
        }
    }

    private typealias Residues = (first: Int, letters: [UInt8], isCut: Bool)

    /// Reads `25EPP..329`.
    private static func residues(_ text: Substring) -> Residues? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let letters = text.dropFirst(digits.count).prefix { $0 == "*" || ($0.isASCII && $0.isUppercase) }
        guard digits.count < 10, let first = Int(digits), first > 0 else { return nil }
        return (first, Array(letters.utf8), digits.count + letters.count < text.count)
    }

    /// A frameshift from the old and the new end of the protein: the first residue that differs.
    private init?(shifted old: Residues, _ new: Residues) {
        guard let offset = zip(old.letters, new.letters).enumerated().first(where: { $1.0 != $1.1 })?.offset
        else {
            return nil
        }
        let place = old.first + offset
        if new.letters[offset] == AminoAcid.stop {
            self = .replacing([old.letters[offset]], first: place, last: place, with: [AminoAcid.stop])
            return
        }
        // bcftools does not read into the 3' UTR, so a missing stop says nothing.
        let stop: NewStop? =
            new.letters.last == AminoAcid.stop ? .after(new.letters.count - offset) : nil
        self.init(
            kind: .frameshift, first: place, last: place,
            reference: String(decoding: [old.letters[offset]], as: UTF8.self),
            alternate: String(decoding: [new.letters[offset]], as: UTF8.self), newStop: stop)
    }
}
