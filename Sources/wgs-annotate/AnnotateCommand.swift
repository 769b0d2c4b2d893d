import ArgumentParser
import Cases
import Foundation
import Genome
import Pipeline
import Reports

struct AnnotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate", abstract: "Take one case from its calls to a case folder.",
        discussion: "wgs-annotate annotate case.yaml -o results/C-0001")

    @OptionGroup(title: "The case") var options: CaseOptions
    @OptionGroup(title: "Reading") var reading: ReadingOptions
    @Option(name: [.customShort("o"), .long], help: "Folder for the results.") var output: String
    @Flag(help: "Read and write the whole germline file, not only reportable genes.") var germlineAll = false
    @Flag(name: .customLong("no-vcf"), help: "Write no annotated VCF files.") var noVCF = false

    func run() async throws {
        let file = try options.caseFile()
        var request = try CaseRequest(file, date: reading.date)
        reading.apply(to: &request)
        request.readsAllGermline = germlineAll
        let knowledge = try KnowledgeSource.load(
            request.knowledgeBases, usesCache: request.usesCache)
        let watch = InputWatch(request)
        let streams = try KeptStreams(&request)
        defer { streams.remove() }
        let messages = Messages(format: reading.logFormat, progress: reading.progress)
        let pipeline = CasePipeline(
            request, knowledge: knowledge, program: "wgs-annotate \(WGSAnnotate.version)",
            progress: messages.progress())
        let result = try await pipeline.run(threads: reading.threads)
        try watch.check()
        let summary = try CaseWriter.write(
            result, to: output, writesVCF: !noVCF, threads: reading.threads, created: Clock.timestamp,
            beforeCommit: watch.check)
        summary.warnings.forEach(messages.warn)
        messages.info("\(summary.case.id): \(HTMLReport.headline(summary)); \(output)/report.html")
    }
}

struct BiomarkersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "biomarkers", abstract: "Print the biomarkers of a case as JSON, nothing else.",
        discussion: "wgs-annotate biomarkers --somatic somatic.vcf.gz")

    @OptionGroup(title: "The case") var options: CaseOptions
    @OptionGroup(title: "Reading") var reading: ReadingOptions

    func run() async throws {
        var request = try CaseRequest(try options.caseFile(), date: reading.date, needsIdentity: false)
        reading.apply(to: &request)
        let knowledge = try KnowledgeSource.load(
            request.knowledgeBases, usesCache: request.usesCache)
        let watch = InputWatch(request)
        let streams = try KeptStreams(&request)
        defer { streams.remove() }
        let messages = Messages(format: reading.logFormat, progress: reading.progress)
        let pipeline = CasePipeline(
            request, knowledge: knowledge, program: "wgs-annotate \(WGSAnnotate.version)",
            progress: messages.progress())
        let result = try await pipeline.run(threads: reading.threads)
        try watch.check()
        result.summary.warnings.forEach(messages.warn)
        try Console.write(try JSONReport.text(result.summary.biomarkers), to: nil)
    }
}
