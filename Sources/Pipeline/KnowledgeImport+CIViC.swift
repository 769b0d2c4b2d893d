public import Genome
internal import HTS
internal import Knowledge

extension KnowledgeImport {
    /// Imports CIViC's evidence items, of a present release's `ClinicalEvidenceSummaries.tsv` or the table of 2020.
    ///
    /// - Shape: `inputs` may hold a present release's `VariantSummaries.tsv` and `MolecularProfileSummaries.tsv` too.
    /// - Throws: `InputError` for a file that is none of them.
    public func civic(_ inputs: [String], to output: String) throws(InputError) -> Written {
        let files = try Files(inputs)
        return try write(
            try CIViCTable(files.contents).evidence(tumorTypes: knowledge.tumorTypes) { knowledge.genes[$0] },
            Origin(
                source: "civic", title: "CIViC: predictive evidence items", origin: "https://civicdb.org",
                licence: "CC0-1.0", version: files.version),
            inputs: files.sums, to: output)
    }
}
