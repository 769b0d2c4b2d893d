import Cases

/// A case in as few words as a test needs.
func smallCase(
    _ id: String, patient: String? = nil, indication: String = "sarcoma", findings: [Finding] = [],
    isAssessable: Bool = true, germline: Bool = false, burden: String? = nil, panelBurden: String? = nil
) -> CaseSummary {
    let none = "not computed in tests"
    var summary = CaseSummary(
        case: .init(
            id: id, patient: patient ?? id, tumorType: .init(code: "SARCNOS", name: "Sarcoma", path: []),
            indication: indication, assembly: "GRCh38"),
        samples: .init(tumor: "T", normal: "N", decidedBy: "stated"),
        counts: .init(somatic: .init(), germline: germline ? .init() : nil),
        biomarkers: .init(
            tmb: [], msi: .init(reason: none), hrd: .init(reason: none),
            signatures: .init { _ in .init(reason: none) },
            hypermutation: .init(isHypermutated: false, cause: "", evidence: [])),
        findings: findings, nearMisses: [], warnings: [],
        assessment: .init(isAssessable: isAssessable, reasons: isAssessable ? [] : ["no somatic input"]),
        provenance: .init(program: "", htslib: "", command: "", inputs: [], sources: []))
    for (id, classification) in [("tmb_genome_hmf", burden), ("tmb_panel_like", panelBurden)] {
        summary.biomarkers.tmb.append(
            .init(
                id: id, status: classification == nil ? .notComputable : .ok, statusReason: "",
                value: classification == nil ? nil : 1, unit: "mutations/Mb", variants: 1, megabases: nil,
                interval95: nil, classification: classification, isBorderline: false, filter: "",
                dropped: [:],
                denominatorSource: nil))
    }
    return summary
}

/// An item of evidence.
func item(
    access: String, label: String = "on", civic: String = "A", direction: String = "sensitive",
    therapies: [String] = ["Imatinib"], granularity: Int = 8, isContradicted: Bool = false
) -> Finding.Evidence {
    Finding.Evidence(
        source: "test 1", id: "E1", therapies: therapies, direction: direction,
        levels: .init(civic: civic, amp: "", escat: "", oncokb: "", oxford: ""), tumorType: "",
        relation: "same",
        label: label, access: access, granularity: granularity, isVerified: true, citations: [],
        criterion: "",
        path: "", isContradicted: isContradicted, note: "", approvals: [], nationalDecisions: [])
}

/// A finding with its items; targetable by the rule of the items.
func finding(
    _ gene: String, _ evidence: [Finding.Evidence] = [], kind: Finding.Kind = .smallVariant,
    origin: Finding.Origin = .somatic, alteration: String = "p.V1E", tier: Finding.Tier = .three,
    isDriver: Bool = false, class pathogenicity: Int? = nil
) -> Finding {
    var finding = Finding(
        id: "\(origin)-\(gene)-\(alteration)", kind: kind, origin: origin, gene: gene, alteration: alteration,
        locus: "")
    finding.evidence = evidence
    finding.tier = tier
    finding.isDriver = isDriver
    finding.class = pathogenicity
    finding.targetable = evidence.contains(where: \.isTargetable)
    return finding
}
