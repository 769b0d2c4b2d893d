public import Cases
internal import Foundation
internal import Genome
public import Knowledge
internal import Reports
internal import Variants

/// Writes a case folder from a summary: every file is made from it, or marked by it.
public enum CaseWriter {
    /// Writes all files and puts the folder in place.
    ///
    /// - Returns: the summary as written, with a warning added where a VCF could not be indexed.
    /// - Throws: `InputError`.
    @discardableResult
    public static func write(
        _ output: CasePipeline.Output, to path: String, knowledge: KnowledgeBase, writesAllGermline: Bool,
        created: String
    ) throws -> CaseSummary {
        let folder = try CaseFolder(path: path)
        var summary = output.summary
        if let input = output.somaticVCF {
            let isIndexed = try AnnotatedVCF.write(
                input: input, output: folder.file("somatic.annotated.vcf.gz"), marks: output.marks,
                origin: .somatic,
                provenance: summary.provenance, keeps: { _ in true })
            if !isIndexed { summary.warnings.append(unsorted(input.path)) }
        }
        if let input = output.germlineVCF {
            let genes = ReportableGermline(knowledge, assembly: summary.case.assembly)
            let isIndexed = try AnnotatedVCF.write(
                input: input, output: folder.file("germline.annotated.vcf.gz"), marks: output.marks,
                origin: .germline,
                provenance: summary.provenance,
                keeps: { record in
                    writesAllGermline || genes.contains(record)
                        || record.alternates.contains {
                            !output.marks.findings(record, $0, origin: .germline).isEmpty
                        }
                })
            if !isIndexed { summary.warnings.append(unsorted(input.path)) }
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
        try folder.commit()
        return summary
    }

    private static func unsorted(_ input: String) -> CaseSummary.Warning {
        .init(
            code: "not_sorted",
            message:
                "\(CasePipeline.name(input)): records are not in order of contig and position, so the annotated "
                + "file has no index.")
    }
}

/// The content of provenance.json: the provenance, the date, and the checksum of every other file.
struct ProvenanceFile: Codable {
    let provenance: Provenance
    let created: String
    let files: [String: String]
}

/// Which germline records are written by default: those in genes of predisposition or with evidence rows.
struct ReportableGermline {
    private var intervals: [Contig: [Range<Int>]] = [:]

    init(_ knowledge: KnowledgeBase, assembly: String) {
        // The gene table is on GRCh38; on another assembly the findings alone are written.
        guard assembly == Assembly.grch38.rawValue else { return }
        let names = knowledge.predisposition.union(knowledge.rows.map(\.gene))
        for name in names {
            guard let gene = knowledge.genes[name] else { continue }
            let range = gene.interval.range
            intervals[gene.interval.contig, default: []].append(
                max(0, range.lowerBound - 5000)..<(range.upperBound + 5000))
        }
    }

    func contains(_ record: VCFRecord) -> Bool {
        guard let ranges = intervals[Contig(record.contigName)] else { return false }
        return ranges.contains { $0.contains(record.position) }
    }
}
