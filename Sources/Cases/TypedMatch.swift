internal import Consequences
public import Genome
public import Knowledge
internal import Variants

/// Evidence for alterations that somebody typed, such as `EGFR p.L858R`, `EML4::ALK`, `TMB-H`.
public enum TypedMatch {
    /// One finding for each alteration, with what matches it; other typed alterations count beside it.
    ///
    /// - Throws: `InputError` of kind `.usage` for text that names no single alteration.
    public static func findings(
        _ typed: [String], knowledge: KnowledgeBase, view: EvidenceView
    ) throws(InputError) -> [Finding] {
        var profile = MolecularProfile(assembly: .grch38, alterations: [])
        var findings: [Finding] = []
        var alterationOf: [Int: Int] = [:]
        var measureOf: [Criterion.BiomarkerName: Int] = [:]
        var wildtypeOf: [String: Int] = [:]
        for (index, text) in typed.enumerated() {
            let criterion: Criterion
            do {
                criterion = try Criterion(parsing: text)
            } catch {
                throw fault(text, error.description)
            }
            var finding = Finding(
                id: "typed-\(index + 1)", kind: .smallVariant, origin: .somatic,
                gene: criterion.genes.first ?? "",
                alteration: text, locus: "")
            if case .biomarker(let name, nil, nil) = criterion {
                finding.kind = .biomarker
                profile.states[name] = .yes
                measureOf[name] = index
            } else if case .wildtype(let gene) = criterion {
                finding.kind = .biomarker
                profile.assessableGenes.insert(gene)
                wildtypeOf[gene] = index
            } else {
                var leaf = criterion
                if case .origin(let origin, let inner) = criterion {
                    leaf = inner
                    finding.origin = origin == .germline ? .germline : .somatic
                }
                let (gene, event, kind) = try event(leaf, text)
                finding.kind = kind
                if kind == .pharmacogenetic { finding.origin = .germline }
                if finding.origin == .germline { profile.hasGermline = true }
                alterationOf[profile.alterations.count] = index
                var isAnnotated = true
                if case .smallVariant(_, let consequences) = event, consequences.isEmpty {
                    isAnnotated = false
                }
                if case .genomic(let assembly, _) = leaf { profile.assembly = assembly }
                profile.alterations.append(
                    .init(
                        id: profile.alterations.count, gene: gene, event: event,
                        isGermline: finding.origin == .germline, isAnnotated: isAnnotated))
            }
            findings.append(finding)
        }
        for match in try EvidenceMatcher(knowledge, date: view.date).match(profile).matches {
            guard let item = try view.shown(match) else { continue }
            var owners = Set(match.alterations.compactMap { alterationOf[$0] })
            if match.alterations.isEmpty {
                for (name, index) in measureOf where match.row.criterion.description.hasPrefix(name.rawValue)
                { owners.insert(index) }
                owners.formUnion(match.row.criterion.genes.compactMap { wildtypeOf[$0] })
            }
            for index in owners { findings[index].evidence.append(item) }
        }
        return FindingBuilder.concluded(findings)
    }

    private static func fault(_ text: String, _ problem: String) -> InputError {
        InputError(
            file: "alteration", place: .record(text), problem: problem,
            remedy: "Write for example \"EGFR p.L858R\", \"EML4::ALK\", \"ERBB2 amplification\" or TMB-H.",
            kind: .usage)
    }

    private static func event(
        _ criterion: Criterion, _ text: String
    ) throws(InputError) -> (gene: String, event: MolecularProfile.Alteration.Event, kind: Finding.Kind) {
        switch criterion {
        case .protein(let gene, let change):
            let consequence = Consequence(
                gene: gene, transcript: "", terms: [term(of: change)], proteinName: change.threeLetterName,
                proteinChange: change, isMANESelect: true)
            return (gene, .smallVariant(nil, [consequence]), .smallVariant)
        case .effect(let gene, let kind, _):
            let terms: [AlterationClass: SequenceOntologyTerm] = [
                .missense: .missenseVariant, .nonsense: .stopGained, .frameshift: .frameshiftVariant,
                .splice: .spliceDonorVariant, .startLost: .startLost, .stopLost: .stopLost,
                .inframeInsertion: .inframeInsertion, .inframeDeletion: .inframeDeletion,
                .promoter: .upstreamGeneVariant,
                .lossOfFunction: .stopGained, .inframeDelins: .proteinAlteringVariant,
            ]
            let consequence = Consequence(
                gene: gene, transcript: "", terms: [terms[kind] ?? .sequenceVariant], isMANESelect: true)
            return (gene, .smallVariant(nil, [consequence]), .smallVariant)
        case .dosage(let gene, let event): return (gene, .dosage(event), .copyNumber)
        case .metabolizer(let gene, let phenotype):
            return (gene, .metabolizer(phenotype, isComplete: true), .pharmacogenetic)
        case .fusion(let five, let three):
            return ("", .fusion(fivePrime: five ?? "", threePrime: three ?? ""), .fusion)
        case .genomic(_, let variant):
            return ("", .smallVariant(variant.trimmed(keepingAnchor: false), []), .smallVariant)
        default: throw fault(text, "this names a group of alterations, one alteration was expected")
        }
    }

    private static func term(of change: ProteinChange) -> SequenceOntologyTerm {
        switch change.kind {
        case .missense: .missenseVariant
        case .inframeInsertion: .inframeInsertion
        case .inframeDeletion: .inframeDeletion
        case .inframeDelins: .proteinAlteringVariant
        case .nonsense: .stopGained
        case .frameshift: .frameshiftVariant
        case .startLost: .startLost
        case .stopLost: .stopLost
        case .synonymous: .synonymousVariant
        }
    }
}
