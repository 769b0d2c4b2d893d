internal import Consequences

/// Says biomarkers of the Molecular Oncology Almanac in the grammar of criteria.
///
/// What the grammar has no word for (expression, immunohistochemistry, arm-level events, a domain without residues …) is not
/// expressed; nothing is guessed. Rearrangements are said as fusions with any partner on either side, and "deletion"
/// as the loss of both copies, which are the parts of them that the grammar can say.
struct MOAlmanacCriteria {
    typealias Biomarker = MOAlmanacRelease.Biomarker

    /// Gene symbols by the release's ids.
    let genes: [Int: String]

    /// The criterion of one biomarker.
    ///
    /// - Throws: ``NotExpressed`` with a reason.
    func criterion(_ biomarker: Biomarker) throws(NotExpressed) -> Criterion {
        let kind = biomarker.text("biomarker_type") ?? ""
        let found: Criterion
        switch kind {
        case "Somatic Variant": found = try smallVariant(biomarker)
        case "Germline Variant":
            guard biomarker.truth("requires_pathogenic") == true,
                Self.names(no: ["variant_annotation", "protein_change"], biomarker)
            else { throw NotExpressed("a germline variant without a rule of pathogenicity") }
            found = .oncogenic(gene: try gene(biomarker))
        case "Copy Number":
            switch biomarker.text("direction") {
            case "Amplification": found = .dosage(gene: try gene(biomarker), .amplification)
            case "Deletion": found = .dosage(gene: try gene(biomarker), .homozygousDeletion)
            default: throw NotExpressed("a change of copy number of another kind")
            }
        case "Rearrangement": found = try rearrangement(biomarker)
        case "Wild type": found = .wildtype(gene: try gene(biomarker))
        case "Microsatellite Stability":
            guard biomarker.text("status") == "Microsatellite instability-high (MSI-H)" else {
                throw NotExpressed("microsatellites that are stable or of low instability")
            }
            found = .biomarker(.msiHigh, definition: nil, minimum: nil)
        case "Homologous Recombination":
            guard biomarker.text("status") == "Deficient" else {
                throw NotExpressed("proficient homologous recombination")
            }
            found = .biomarker(.hrd, definition: nil, minimum: nil)
        case "Tumor mutational burden":
            guard biomarker.text("classification") == "High",
                let minimum = biomarker.number("minimum_mutations_per_megabase")
            else { throw NotExpressed("a mutational burden without a cut-off") }
            found = .biomarker(.tmbHigh, definition: "tmb_panel_like", minimum: minimum)
        case "Protein expression": throw NotExpressed("protein expression")
        case "Mismatch Repair": throw NotExpressed("mismatch repair by immunohistochemistry")
        case "Copy Number (arm level)": throw NotExpressed("the copy number of a chromosome's arm")
        default: throw NotExpressed("biomarker type \"\(kind)\"")
        }
        switch biomarker.truth("_present") {
        case true?: return found
        case false?: return .not(found)
        case nil: throw NotExpressed("not told whether the biomarker is there or not")
        }
    }

    /// The allele on GRCh37 of a biomarker that names one without gaps.
    static func allele(_ biomarker: Biomarker) -> String? {
        guard let contig = biomarker.text("chromosome"), let start = biomarker.text("start_position"),
            let end = biomarker.text("end_position"), let reference = biomarker.text("reference_allele"),
            let alternate = biomarker.text("alternate_allele"), let first = Int(start), let last = Int(end),
            (reference + alternate).utf8.allSatisfy({ "ACGT".utf8.contains($0) }),
            last - first + 1 == reference.utf8.count
        else { return nil }
        return "\(contig):\(first):\(reference):\(alternate)"
    }

    private static func names(no fields: [String], _ biomarker: Biomarker) -> Bool {
        fields.allSatisfy { biomarker.text($0) == nil }
    }

    private func gene(_ biomarker: Biomarker) throws(NotExpressed) -> String {
        guard let ids = biomarker.genes, ids.count == 1, let gene = genes[ids[0]] else {
            throw NotExpressed("a biomarker without its gene")
        }
        return gene
    }

    private func smallVariant(_ biomarker: Biomarker) throws(NotExpressed) -> Criterion {
        let gene = try gene(biomarker)
        if let change = biomarker.text("protein_change") {
            guard change.hasPrefix("p."),
                let found = CIViCCriteria.residues(change.dropFirst(2).uppercased(), gene)
            else { throw NotExpressed("a protein change that cannot be matched") }
            return found
        }
        let exon = biomarker.text("exon").flatMap { Int($0) }
        guard exon != nil || biomarker.text("exon") == nil else {
            throw NotExpressed("an exon that is no number")
        }
        switch (biomarker.text("variant_annotation"), exon) {
        case (nil, nil):
            if biomarker.name.contains("TKD") {
                throw NotExpressed("a kinase domain whose residues are not told")
            }
            switch biomarker.truth("requires_oncogenic") {
            case true?: return .oncogenic(gene: gene)
            case false?: return .anyEvent(gene: gene)
            case nil: throw NotExpressed("a variant of which nothing is told")
            }
        case (nil, let exon?): return CIViCCriteria.anyChange(gene, exon: exon)
        case ("Activating mutation"?, nil): return .oncogenic(gene: gene)
        case ("Splice Site"?, let exon?): return .exonSkipping(gene: gene, exon: exon)
        // What is meant is the transcript without exon 14, whatever takes it out.
        case ("Deletion"?, 14?) where gene == "MET": return .exonSkipping(gene: gene, exon: 14)
        case ("Deletion"?, let exon?): return .exon(gene: gene, exon: exon, class: .inframeDeletion)
        case ("Insertion"?, let exon?): return .exon(gene: gene, exon: exon, class: .inframeInsertion)
        case ("Missense"?, let exon?): return .exon(gene: gene, exon: exon, class: .missense)
        case ("Nonsense"?, let exon?): return .exon(gene: gene, exon: exon, class: .nonsense)
        case ("Frameshift"?, let exon?): return .exon(gene: gene, exon: exon, class: .frameshift)
        case ("Missense"?, nil): return .effect(gene: gene, class: .missense, isBiallelic: false)
        case ("Nonsense"?, nil): return .effect(gene: gene, class: .nonsense, isBiallelic: false)
        case ("Frameshift"?, nil): return .effect(gene: gene, class: .frameshift, isBiallelic: false)
        case ("Splice Site"?, nil): return .effect(gene: gene, class: .splice, isBiallelic: false)
        case ("Internal Tandem Duplication (ITD)"?, _):
            throw NotExpressed("an internal tandem duplication whose exon is not told")
        default: throw NotExpressed("a class of variants without a word in the grammar")
        }
    }

    private func rearrangement(_ biomarker: Biomarker) throws(NotExpressed) -> Criterion {
        let named = (biomarker.genes ?? []).compactMap { genes[$0] }
        guard !named.isEmpty, named.count == biomarker.genes?.count else {
            throw NotExpressed("a translocation without its genes")
        }
        if biomarker.text("rearrangement_type") == "Fusion" {
            let sides = biomarker.name.split(separator: ":", omittingEmptySubsequences: false).map(
                String.init)
            guard sides.count == 3, sides[1].isEmpty, sides[0] != sides[2],
                [sides[0], sides[2]].allSatisfy({ $0 == "v" || named.contains($0) })
            else { throw NotExpressed("a fusion whose sides are not told") }
            return .fusion(
                fivePrime: sides[0] == "v" ? nil : sides[0], threePrime: sides[2] == "v" ? nil : sides[2])
        }
        guard named.count == 1 else { throw NotExpressed("a rearrangement of several genes") }
        return .or([
            .fusion(fivePrime: named[0], threePrime: nil), .fusion(fivePrime: nil, threePrime: named[0]),
        ])
    }
}
