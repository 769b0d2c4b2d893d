public import Variants

extension ExistingAnnotation {
    /// Whether the annotation has allele frequencies of populations at all.
    public var hasPopulationFrequencies: Bool { !frequencyFields.isEmpty || !frequencyTags.isEmpty }

    /// The highest allele frequency of one ALT in any population that the annotation gives; nil if it gives none.
    ///
    /// Asked are the gnomAD and maximum fields of CSQ (`gnomADe_AF`, `gnomADg_NFE_AF`, `MAX_AF`, `…_grpmax`) and
    /// INFO tags of such names; a list of one number per ALT is read at the ALT's place.
    ///
    /// - Unit: fraction of alleles, 0 … 1.
    public func populationFrequency(for record: VCFRecord, alleleIndex: Int) -> Double? {
        guard alleleIndex >= 1 else { return nil }
        var highest: Double?
        func consider(_ value: Double?) {
            guard let value, value >= 0, value <= 1 else { return }
            highest = max(highest ?? 0, value)
        }
        if !frequencyFields.isEmpty {
            for entry in entries(for: record, alleleIndex: alleleIndex) {
                for field in frequencyFields { entry.list(field).forEach { consider(Double($0)) } }
            }
        }
        for tag in frequencyTags {
            let values = record.infoNumbers(tag)
            if values.count == 1 {
                consider(values[0])
            } else if alleleIndex <= values.count {
                consider(values[alleleIndex - 1])
            }
        }
        return highest
    }

    /// ClinVar's significance of one ALT in lower case (`likely_pathogenic`), from CSQ's CLIN_SIG, else INFO CLNSIG.
    public func clinicalSignificance(for record: VCFRecord, alleleIndex: Int) -> [String] {
        let listed = entries(for: record, alleleIndex: alleleIndex).flatMap { $0.list("CLIN_SIG") }
        guard listed.isEmpty else { return unique(listed.map { $0.lowercased() }) }
        let text = record.info("CLNSIG")?.percentDecoded.lowercased() ?? ""
        return unique(text.split { "/|,&".contains($0) }.map { String($0.drop { $0 == "_" }) })
    }

    /// The ids of known variants at one ALT (`rs113488022`, `COSV56056643`): the ID column, then CSQ's.
    public func existingIDs(for record: VCFRecord, alleleIndex: Int) -> [String] {
        let column = record.id.split(separator: ";").map(String.init).filter { $0 != "." }
        return unique(
            column
                + entries(for: record, alleleIndex: alleleIndex).flatMap { $0.list("Existing_variation") })
    }

    /// Whether a field or tag holds the allele frequency of a population.
    static func isFrequency(_ name: String) -> Bool {
        let name = name.lowercased()
        let words = name.split { $0 == "_" || $0 == "." }
        guard !words.contains("pops"), !words.contains("filter") else { return false }
        if ["max_af", "af_popmax", "af_grpmax", "popmax_af", "grpmax_af"].contains(name) { return true }
        let isMaximum = words.last == "grpmax" || words.last == "popmax"
        return name.hasPrefix("gnomad")
            && (words.contains("af")
                || (isMaximum && !words.contains { ["an", "ac", "nhomalt"].contains($0) }))
    }

    private func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}
