import Cases
import Consequences
import Genome
import Knowledge
import Testing
import Variants

/// A patient made of a criterion: with just the events and measures that meet it, everything else measured and not there.
struct SyntheticPatient {
    private(set) var profile = MolecularProfile(
        assembly: .grch37, alterations: [], hasCopyNumber: true, hasFusions: true)
    private let knowledge: KnowledgeBase

    init(meeting criterion: Criterion, _ knowledge: KnowledgeBase) throws {
        self.knowledge = knowledge
        profile.hasGermline = true
        try meet(criterion)
        for name in Criterion.BiomarkerName.allCases where profile.states[name] == nil {
            profile.states[name] = .no
        }
    }

    /// What the patient is shown of one row, if it matches.
    func item(_ id: String, tumorType: String, country: KnowledgeBase.Country) throws -> Finding.Evidence? {
        let view = EvidenceView(knowledge, country: country, date: Self.today, tumorType: tumorType)
        let match = try EvidenceMatcher(knowledge, date: Self.today).match(profile).matches
            .first { $0.row.id == id }
        return try match.map(view.item)
    }

    /// The day of the reports.
    static let today = "2026-11-01"

    /// Turns each row into the patient made of it: how many match, and how many are off-label in a sibling tumor type; failures are rows
    /// that do not match, are not on-label in their own tumor type, or are not off-label in a sibling.
    static func outcomes(_ rows: [EvidenceRow], _ knowledge: KnowledgeBase) throws -> (
        matched: Int, siblings: Int, failures: [String]
    ) {
        let country = try #require(knowledge.countries["denmark"])
        var (matched, siblings) = (0, 0)
        var failures: [String] = []
        for row in rows {
            let patient = try SyntheticPatient(meeting: row.criterion, knowledge)
            let own = try patient.item(row.id, tumorType: row.tumorTypes[0], country: country)
            if own?.label != "on" { failures.append("\(row.id) \(row.criterion)") }
            if own != nil { matched += 1 }
            guard row.tumorTypes != ["ANY"], row.tumorTypes != ["SOLID"] else { continue }
            let near = try #require(
                Self.sibling(of: row, knowledge.tumorTypes), "\(row.id) \(row.tumorTypes)")
            let other = try patient.item(row.id, tumorType: near, country: country)
            if other?.label != "off" { failures.append("\(row.id) \(near)") }
            siblings += 1
        }
        return (matched, siblings, failures)
    }

    /// A type that is no ancestor and no descendant of a row's types, nor is excluded by it; nil for a row about any tumor.
    static func sibling(of row: EvidenceRow, _ types: TumorTypes) -> String? {
        let parents = row.tumorTypes.compactMap { types.type($0)?.parent }
        let near = types.codes.filter { parents.contains(types.type($0)?.parent ?? "") }
        return (near + ["PAAD", "MEL", "LUAD", "COAD", "AML", "PCM"]).first {
            !["SOLID", "ANY"].contains($0)
                && types.relation(patient: $0, types: row.tumorTypes, excluded: []).relation == .other
                && types.path(of: $0).contains("SOLID") == types.path(of: row.tumorTypes[0]).contains("SOLID")
        }
    }

    private mutating func meet(_ criterion: Criterion) throws {
        switch criterion {
        case .and(let parts): for part in parts { try meet(part) }
        case .or(let parts): try meet(try #require(parts.first))
        case .not: break
        case .wildtype(let gene): profile.assessableGenes.insert(gene)
        case .origin(let origin, let leaf):
            let first = profile.alterations.count
            try meet(leaf)
            for place in first..<profile.alterations.count {
                profile.alterations[place].isGermline = origin == .germline
            }
        case .biomarker(let name, let definition, let minimum):
            profile.states[name] = .yes
            if let definition, let minimum { profile.values[definition] = minimum }
        case .fusion(let five, let three):
            add("", .fusion(fivePrime: five ?? "PARTNER", threePrime: three ?? "PARTNER"))
        case .dosage(let gene, let event): add(gene, .dosage(event))
        case .metabolizer(let gene, let phenotype):
            add(gene, .metabolizer(phenotype, isComplete: true))
            profile.alterations[profile.alterations.count - 1].isGermline = true
        case .exonSkipping(let gene, let exon):
            add(gene, .disruption(isLossOfFunction: false, deletedExons: exon...exon))
        case .genomic(_, let variant): add("", .smallVariant(variant, []))
        case .protein(let gene, let change): add(gene, change, .missenseVariant)
        case .codons(let gene, let codons, let kind):
            add(gene, Self.change(codons[0], kind ?? .missense), .sequenceVariant)
        case .residues(let gene, let range, let kind):
            add(gene, Self.change(range.lowerBound, kind ?? .missense), .sequenceVariant)
        case .exon(let gene, let exon, let kind):
            // Where the base does not know the exon's residues, the annotation's number counts.
            let first = (knowledge.exons[gene]?[exon]?.lowerBound ?? 100) + 3
            add(gene, Self.change(first, kind), .sequenceVariant, exon: exon)
        case .effect(let gene, let kind, let isBiallelic):
            let terms: [AlterationClass: SequenceOntologyTerm] = [
                .missense: .missenseVariant, .nonsense: .stopGained, .frameshift: .frameshiftVariant,
                .splice: .spliceDonorVariant, .lossOfFunction: .stopGained,
                .inframeDeletion: .inframeDeletion, .inframeInsertion: .inframeInsertion,
                .promoter: .upstreamGeneVariant,
            ]
            add(gene, nil, try #require(terms[kind]))
            if isBiallelic { profile.alterations[profile.alterations.count - 1].isBiallelic = .yes }
        case .oncogenic(let gene): add(gene, nil, .missenseVariant, isOncogenic: true)
        case .anyEvent(let gene): add(gene, nil, .missenseVariant)
        }
    }

    /// A change of a class from a residue on.
    private static func change(_ first: Int, _ kind: AlterationClass) -> ProteinChange? {
        let name =
            switch kind {
            case .inframeDeletion: "p.A\(first)_C\(first + 4)del"
            case .inframeInsertion: "p.A\(first)_C\(first + 1)insG"
            case .frameshift: "p.A\(first)fs"
            case .nonsense: "p.A\(first)*"
            default: "p.A\(first)W"
            }
        return ProteinChange(hgvs: name)
    }

    private mutating func add(
        _ gene: String, _ change: ProteinChange?, _ term: SequenceOntologyTerm, exon: Int? = nil,
        isOncogenic: Bool = false
    ) {
        let consequence = Consequence(
            gene: gene, transcript: "", terms: [term], proteinChange: change, exon: exon, isMANESelect: true)
        add(gene, .smallVariant(nil, [consequence]), isOncogenic: isOncogenic)
    }

    private mutating func add(
        _ gene: String, _ event: MolecularProfile.Alteration.Event, isOncogenic: Bool = false
    ) {
        profile.alterations.append(
            .init(
                id: profile.alterations.count, gene: gene, event: event, isLikelyOncogenic: isOncogenic))
    }
}
