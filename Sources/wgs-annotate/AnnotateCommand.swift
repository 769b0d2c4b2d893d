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
        let knowledge = try KnowledgeSource.load(request.knowledgeBases)
        let spool = try StandardInput.spool(&request)
        defer { spool?.remove() }
        let messages = Messages(format: reading.logFormat, progress: reading.progress)
        let pipeline = CasePipeline(
            request, knowledge: knowledge, program: "wgs-annotate \(WGSAnnotate.version)",
            progress: messages.progress())
        let result = try await pipeline.run(threads: reading.threads)
        let summary = try CaseWriter.write(
            result, to: output, writesVCF: !noVCF, threads: reading.threads, created: Clock.timestamp)
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
        let knowledge = try KnowledgeSource.load(request.knowledgeBases)
        let spool = try StandardInput.spool(&request)
        defer { spool?.remove() }
        let messages = Messages(format: reading.logFormat, progress: reading.progress)
        let pipeline = CasePipeline(
            request, knowledge: knowledge, program: "wgs-annotate \(WGSAnnotate.version)",
            progress: messages.progress())
        let result = try await pipeline.run(threads: reading.threads)
        result.summary.warnings.forEach(messages.warn)
        try Console.write(try JSONReport.text(result.summary.biomarkers), to: nil)
    }
}

/// Standard input kept in a file of a fixed name (which stands in outputs) in a folder of the run's own, since the somatic calls are read more than once.
struct StandardInput {
    private let folder: URL

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Copies standard input to a temporary file if the somatic calls come from there.
    static func spool(_ request: inout CaseRequest) throws(InputError) -> StandardInput? {
        guard request.somatic == "-" || request.germline == "-" else { return nil }
        guard request.somatic != request.germline else {
            throw InputError(
                file: "-", problem: "both inputs come from standard input",
                remedy: "Give one of them as a file.", kind: .usage)
        }
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "wgs-annotate-\(UUID().uuidString)")
        let path = folder.appending(path: "standard-input").path
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else {
            throw InputError(
                file: path, problem: "a temporary file cannot be made", remedy: "Check $TMPDIR.",
                kind: .output)
        }
        do {
            while let piece = try FileHandle.standardInput.read(upToCount: 1 << 20), !piece.isEmpty {
                try handle.write(contentsOf: piece)
            }
            try handle.close()
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw InputError(
                file: "-", problem: "standard input cannot be kept: \(error.localizedDescription)",
                remedy: "Give the calls as a file.",
                kind: .io)
        }
        if request.somatic == "-" { request.somatic = path }
        if request.germline == "-" { request.germline = path }
        return StandardInput(folder: folder)
    }
}
