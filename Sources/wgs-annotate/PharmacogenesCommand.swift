import ArgumentParser
import Cases
import Genome
import Knowledge
import Pipeline
import Reports

struct PharmacogenesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pgx",
        abstract: "Diplotypes, activity scores and phenotypes of the normal sample, as JSON.",
        discussion: """
            DPYD, NUDT15, TPMT and UGT1A1. A position that no record tells is reference only where a gVCF or --callable covers it. \
            Doses are for the clinic to decide.

            wgs-annotate pgx germline.vcf.gz --callable callable.bed
            """)

    @Argument(help: "Germline calls: VCF, gVCF or BCF; - is standard input.") var input: String?
    @Option(help: "The same as the argument.") var germline: String?
    @Option(name: [.customShort("s"), .long, .customLong("sample")], help: "Name of the normal sample.")
    var normal: String?
    @Option(help: "Name of the tumor sample, which is never called.") var tumor: String?
    @Option(help: "GRCh37 or GRCh38; default: found.") var assembly: String?
    @Option(name: [.customShort("f"), .long], help: "Reference FASTA: left alignment and REF check.")
    var reference: String?
    @Option(help: "Callable regions of the normal, BED.") var callable: String?
    @Option(help: "Knowledge base folder; may be repeated.") var knowledgeBase: [String] = []
    @Option(help: "Genes to call, by comma; default: all.") var genes: String?
    @Option(name: [.customShort("o"), .long], help: "File for the result; default: standard output.")
    var output: String?
    @Flag(help: "Count . in FILTER as PASS.") var unfilteredIsPass = false
    @Option(help: "Style of contig names that counts in a file that mixes them: ucsc, ensembl, refseq.")
    var contigStyle: String?
    @Option(help: "Threads; the results do not depend on it.") var threads = 1
    @Flag(help: "Do not keep compiled evidence for the next run.") var noCache = false

    func validate() throws {
        guard (input == nil) != (germline == nil) else {
            throw ValidationError("Give one germline file, as the argument or with --germline.")
        }
        if let contigStyle, Contig.Style(rawValue: contigStyle) == nil {
            throw ValidationError("--contig-style is \"\(contigStyle)\"; use ucsc, ensembl or refseq.")
        }
        guard threads >= 1 else { throw ValidationError("--threads is \(threads), 1 or more was expected.") }
    }

    func run() throws {
        var file = CaseFile()
        for (key, value) in [
            ("inputs.germline", input ?? germline), ("samples.normal", normal), ("samples.tumor", tumor),
            ("assembly", assembly), ("reference", reference), ("inputs.callable", callable),
        ] { file.override(key, value.map { [$0] }) }
        var request = try CaseRequest(file, date: Clock.day, needsIdentity: false)
        request.unfilteredIsPass = unfilteredIsPass
        request.contigStyle = contigStyle.flatMap { Contig.Style(rawValue: $0) }
        let knowledge = try KnowledgeSource.load(knowledgeBase, usesCache: !noCache)
        let wanted = try wanted(of: knowledge)
        let watch = InputWatch(request)
        let streams = try KeptStreams(&request)
        defer { streams.remove() }
        let result = try PharmacogeneInput(request, knowledge: knowledge).run()
        try watch.check()
        let messages = Messages(format: "text", progress: "never")
        for text in result.warnings { messages.warn(.init(code: "pharmacogenes", message: text)) }
        try Console.write(try JSONReport.text(result.calls.filter { wanted.contains($0.key) }), to: output)
    }

    private func wanted(of knowledge: KnowledgeBase) throws(InputError) -> Set<String> {
        let known = knowledge.pharmacogenes.map(\.gene)
        guard let genes else { return Set(known) }
        let wanted = genes.split(separator: ",").map(String.init)
        for gene in wanted where !known.contains(gene) {
            throw InputError(
                file: "--genes", problem: "\"\(gene)\" is no gene that is called",
                remedy: "Use \(known.joined(separator: ", ")).", kind: .usage)
        }
        return Set(wanted)
    }
}
