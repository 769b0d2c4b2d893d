/// Why a tumor has many mutations, named only where the evidence that the specification asks for is there.
///
/// | cause | evidence |
/// |---|---|
/// | POLE | a hotspot of the exonuclease, and its pattern: C>A over 20 %, T>G over 4 %, C>G under 0.6 %, indels under 5 %, over 100 mutations/Mb |
/// | mismatch repair | microsatellite instability, or a fifth of the mutations by its signatures; both copies of a gene are told beside |
/// | temozolomide | SBS11 is the largest signature |
/// | UV, tobacco, APOBEC, platinum | a fifth of the mutations by their signatures, the largest of these groups |
///
/// - Source: specification section 2.5; León-Castillo et al., J Pathol 2020;250:323 (POLE).
public struct HypermutationCause: Sendable {
    /// From this coding burden on a tumor is hypermutated, and ultramutated.
    public static let (cutoff, ultramutated) = (10.0, 100.0)
    /// Hotspots of POLE's exonuclease.
    public static let hotspotsOfPOLE: Set<String> = ["p.P286R", "p.V411L", "p.S297F", "p.A456P", "p.S459F"]
    /// Genes of mismatch repair.
    public static let repairGenes = ["MLH1", "MSH2", "MSH6", "PMS2"]

    private static let share = 0.2
    private static let repairSignatures = ["SBS6", "SBS14", "SBS15", "SBS20", "SBS21", "SBS26", "SBS44"]
    private static let groups: [(cause: String, signatures: [String])] = [
        ("UV light", ["SBS7a", "SBS7b", "SBS7c", "SBS7d", "SBS7"]), ("tobacco", ["SBS4"]),
        ("APOBEC", ["SBS2", "SBS13"]), ("platinum", ["SBS31", "SBS35"]),
    ]

    /// Mutations per Mb by `tmb_coding_all`; nil where not computable.
    public var burden: Double?
    /// Microsatellites, with the genes of mismatch repair.
    public var msi: MicrosatelliteInstability
    /// Somatic hotspots of POLE that were seen, such as `p.P286R`.
    public var hotspots: [String]
    /// Substitutions and indels; nil without a reference.
    public var profile: SomaticProfile?
    /// Signatures of single bases.
    public var signatures: SignatureResult
    /// Whether ``burden`` holds inherited variants too, as without a normal.
    public var isUpperBound: Bool

    /// Creates a value.
    public init(
        burden: Double?, msi: MicrosatelliteInstability, hotspots: [String], profile: SomaticProfile?,
        signatures: SignatureResult, isUpperBound: Bool = false
    ) {
        (self.burden, self.msi, self.hotspots) = (burden, msi, hotspots)
        self.isUpperBound = isUpperBound
        (self.profile, self.signatures) = (profile, signatures)
    }

    /// What can be said.
    public var statement: BiomarkerReport.Hypermutation {
        guard let burden else {
            return .init(
                isHypermutated: false, cause: "", evidence: ["not told: tmb_coding_all is not computable"])
        }
        guard burden >= Self.cutoff else { return .init(isHypermutated: false, cause: "", evidence: []) }
        guard !isUpperBound else {
            return .init(
                isHypermutated: false, cause: "",
                evidence: [
                    "not told: tmb_coding_all \(Self.text(burden)) mutations/Mb is an upper bound without a normal sample"
                ])
        }
        let level = burden >= Self.ultramutated ? "ultramutated: " : ""
        var evidence = ["\(level)tmb_coding_all \(Self.text(burden)) >= \(Int(Self.cutoff)) mutations/Mb"]
        var causes: [String] = []
        for (cause, found) in [pole, repair, temozolomide, exposure] {
            if let cause { causes.append(cause) }
            evidence += found
        }
        evidence += artifact
        if causes.isEmpty {
            var text = "no cause was found"
            if signatures.exposures == nil {
                text += "; signatures were not fitted (\(signatures.statusReason))"
            } else if signatures.status == .lowConfidence {
                text += "; the signatures cannot be relied on (\(signatures.statusReason))"
            }
            evidence.append(text)
        }
        return .init(isHypermutated: true, cause: causes.joined(separator: ", "), evidence: evidence)
    }

    // MARK: Causes

    private var pole: (String?, [String]) {
        guard !hotspots.isEmpty else { return (nil, []) }
        let names = "POLE \(hotspots.joined(separator: ", "))"
        guard let profile, profile.singleBases > 0 else {
            return (nil, ["\(names); the pattern was not assessed"])
        }
        let counts = profile.substitutionCounts
        func part(_ name: String) -> Double { Double(counts[name] ?? 0) / Double(profile.singleBases) }
        let indels = profile.contexts.total + profile.contexts.unknown
        let indelPart = Double(indels) / Double(indels + profile.singleBases)
        let isPattern =
            part("C.A") > 0.2 && part("T.G") > 0.04 && part("C.G") < 0.006 && indelPart < 0.05
            && burden ?? 0 > Self.ultramutated
        let pattern =
            "C>A \(Self.percent(part("C.A"))), T>G \(Self.percent(part("T.G"))), C>G \(Self.percent(part("C.G"))), indels \(Self.percent(indelPart))"
        return isPattern
            ? ("POLE", ["\(names) with its pattern (\(pattern))"])
            : (nil, ["\(names) without its whole pattern (\(pattern); over 100 mutations/Mb are part of it)"])
    }

    private var repair: (String?, [String]) {
        var evidence: [String] = []
        if msi.isUnstable == true, let value = msi.indelsPerMegabase {
            evidence.append("MSI: \(Self.text(value)) indels at repeats/Mb")
        }
        let part = share(of: Self.repairSignatures)
        if part >= Self.share {
            evidence.append(
                "\(Self.percent(part)) of the mutations by signatures of mismatch repair deficiency")
        }
        guard !evidence.isEmpty else { return (nil, []) }
        let hit = (msi.genes ?? []).filter { $0.status == .biallelic }.map(\.gene)
        evidence.append(
            hit.isEmpty
                ? "no gene of mismatch repair is known to be hit on both copies (methylation of MLH1 is not tested)"
                : "both copies of \(hit.joined(separator: ", ")) are hit")
        return ("mismatch repair", evidence)
    }

    private var temozolomide: (String?, [String]) {
        guard let first = trusted.first, first.signature == "SBS11", first.isPresent else { return (nil, []) }
        return ("temozolomide", ["SBS11 is the largest signature (\(Self.percent(first.fraction)))"])
    }

    private var exposure: (String?, [String]) {
        let parts = Self.groups.map { ($0.cause, share(of: $0.signatures)) }
        guard let best = parts.max(by: { $0.1 < $1.1 }), best.1 >= Self.share else { return (nil, []) }
        return (best.0, ["\(Self.percent(best.1)) of the mutations by signatures of \(best.0)"])
    }

    /// A pile-up of one substitution at low fractions of reads.
    private var artifact: [String] {
        guard let profile, profile.singleBases > 0 else { return [] }
        let low = profile.lowSubstitutions.reduce(0, +)
        guard low * 2 > profile.singleBases,
            let best = profile.lowSubstitutions.indices.max(by: {
                profile.lowSubstitutions[$0] < profile.lowSubstitutions[$1]
            }), profile.lowSubstitutions[best] * 5 >= low * 3
        else { return [] }
        let name = SomaticProfile.substitutionNames[best].replacing(".", with: ">")
        let known = ["C>A": " (as by oxidation)", "C>T": " (as in formalin-fixed tissue)"][name] ?? ""
        return [
            "possible artifact: \(Self.percent(Double(low) / Double(profile.singleBases))) of the substitutions have under 10 % of the reads, mostly \(name)\(known)"
        ]
    }

    /// The exposures; none where the signatures make the catalogue badly.
    private var trusted: [SignatureResult.Exposure] {
        signatures.status == .lowConfidence ? [] : signatures.exposures ?? []
    }

    private func share(of names: [String]) -> Double {
        trusted.reduce(0) {
            $0 + (names.contains($1.signature) && $1.isPresent ? $1.fraction : 0)
        }
    }

    private static func text(_ value: Double) -> String { String((value * 100).rounded() / 100) }
    private static func percent(_ value: Double) -> String { "\((value * 1000).rounded() / 10) %" }
}
