public import Genome
internal import HTS
internal import Knowledge

extension KnowledgeImport {
    /// Imports CIViC's evidence items, of a present release's `ClinicalEvidenceSummaries.tsv` or the table of 2020.
    ///
    /// The version is taken from `--release`, else from the table's checksum, as it tells none.
    ///
    /// - Throws: `InputError` for a file that is neither.
    public func civic(_ input: String, to output: String) throws(InputError) -> Written {
        let bytes = try FileSystem.bytes(of: input)
        guard let table = CIViCTable(bytes) else {
            throw InputError(
                file: input, problem: "the header is none of CIViC's evidence items",
                remedy:
                    "Give a release's ClinicalEvidenceSummaries.tsv, with molecular_profile and evidence_id.")
        }
        let sum = SHA256.hexadecimal(bytes)
        return try write(
            table.evidence(tumorTypes: knowledge.tumorTypes) { knowledge.genes[$0] },
            Origin(
                source: "civic", title: "CIViC: predictive evidence items", origin: "https://civicdb.org",
                licence: "CC0-1.0", version: String(sum.prefix(12))),
            inputs: [Self.name(of: input): sum], to: output)
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
