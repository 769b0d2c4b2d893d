public import Cases
internal import Foundation
internal import Genome
internal import Reports

/// Writes a case folder from a summary: every file is made from it, or marked by it.
public enum CaseWriter {
    /// Writes all files and puts the folder in place.
    ///
    /// - Returns: the summary as written, with a warning added where a VCF could not be indexed.
    /// - Throws: `InputError`.
    @discardableResult
    public static func write(
        _ output: CasePipeline.Output, to path: String, writesVCF: Bool = true, threads: Int, created: String,
        beforeCommit: () throws -> Void = {}
    ) throws -> CaseSummary {
        let folder = try CaseFolder(path: path)
        var summary = output.summary
        for (input, name, origin) in [
            (output.somaticVCF, "somatic.annotated.vcf.gz", Finding.Origin.somatic),
            (output.germlineVCF, "germline.annotated.vcf.gz", .germline),
        ] {
            guard let input, writesVCF else { continue }
            summary.warnings += try AnnotatedVCF.write(
                input: input, output: folder.file(name), marks: output.marks, origin: origin,
                provenance: summary.provenance, consequences: output.consequences, threads: threads)
        }
        if writesVCF, let maf = output.somaticVCF?.maf {
            let name = "somatic.maf"
            _ = try maf.write(
                to: folder.file(name), final: folder.path + "/" + name, caseID: summary.case.id,
                consequences: output.consequences)
        }
        try folder.write(try JSONReport.text(summary), to: "case.json")
        try folder.write(FindingsTable.text(summary), to: "findings.tsv")
        try folder.write(HTMLReport.text(summary), to: "report.html")
        var files: [String: String] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.temporary)) ?? [] {
            files[name] = try Checksum.sha256(path: folder.file(name))
        }
        let record = ProvenanceFile(provenance: summary.provenance, created: created, files: files)
        try folder.write(try JSONReport.text(record), to: "provenance.json")
        try beforeCommit()
        try folder.commit()
        return summary
    }
}

/// The content of provenance.json: the provenance, the date, and the checksum of every other file.
struct ProvenanceFile: Codable {
    let provenance: Provenance
    let created: String
    let files: [String: String]
}
