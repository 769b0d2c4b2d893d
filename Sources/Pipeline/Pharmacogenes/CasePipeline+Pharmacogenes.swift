internal import Cases
internal import Genome
internal import Knowledge
internal import Variants

extension CasePipeline {
    /// The normal's pharmacogenes, and why they are not called or not complete; nil where nothing can be called.
    func pharmacogenes(
        _ somatic: PassResult?, _ germline: PassResult?, callable: RegionSet?
    ) -> (calls: [String: PharmacogeneCall]?, warnings: [CaseSummary.Warning]) {
        guard let germline, let sites = germline.pharmacogenes, let assembly = germline.assembly else {
            return (nil, [])
        }
        let file = Self.name(request.germline ?? "")
        func warning(_ text: String) -> CaseSummary.Warning {
            .init(code: "pharmacogenes", message: "\(file): \(text)")
        }
        if let reason = germline.tumorReason
            ?? (SampleNames.isSame(germline.samples.normal, somatic?.samples.tumor) == true
                ? "it is the tumor of the somatic calls" : nil)
        {
            return (
                nil,
                [
                    warning(
                        "pharmacogenes are not called: \(germline.samples.normal) is a tumor sample (\(reason))."
                    )
                ]
            )
        }
        let found = PharmacogeneInput.calls(knowledge, sites, assembly, callable: callable)
        var warnings = found.mismatches.map {
            warning(
                "REF of \($0.key) is not \($0.expected), which \(assembly.rawValue) has at \($0.position).")
        }
        if let dpyd = found.calls["DPYD"], !dpyd.isComplete {
            let result = dpyd.phenotype.map {
                "\($0), with \(dpyd.notCovered.count) decisive positions not covered"
            }
            warnings.append(
                warning(
                    "DPYD: \(result ?? "not called, no position is known to be covered"). A gVCF or callable regions "
                        + "(--callable) tell reference from not covered; before a fluoropyrimidine is given the gene has to be tested."
                ))
        }
        return (found.calls, warnings)
    }
}
