internal import Knowledge

extension Finding {
    /// The finding of a pharmacogene: never a driver, never targetable, of no tier but the lowest that says nothing.
    init(_ call: PharmacogeneCall, of gene: String) {
        self.init(
            id: "germline-\(gene)-pharmacogenetic", kind: .pharmacogenetic, origin: .germline, gene: gene,
            alteration: call.diplotypes.joined(separator: " or "), locus: "")
        let copies = call.alleles.map(\.copies)
        zygosity =
            copies == [2] ? "homozygous" : copies == [1] ? "heterozygous" : copies.isEmpty ? nil : "compound"
        locus = call.positions.filter { $0.state == .variant }.compactMap(\.locus).joined(separator: ", ")
        pharmacogene = call.withoutReference
    }
}

extension MolecularProfile.Alteration {
    /// The event on which rows that ask for a phenotype are evaluated; a phenotype that no row can ask for meets none, but keeps its
    /// place.
    init(_ call: PharmacogeneCall, of gene: String, id: Int) {
        let phenotype = call.phenotypeName.flatMap { MetabolizerPhenotype(rawValue: $0) }
        self.init(
            id: id, gene: gene,
            event: .metabolizer(phenotype ?? .normal, isComplete: phenotype != nil && call.isComplete),
            isGermline: true)
    }
}
