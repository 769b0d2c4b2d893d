import ArgumentParser
import Foundation
import Genome
import HTS
import Pipeline

/// Every key of a case file as a flag; the flag wins.
struct CaseOptions: ParsableArguments {
    @Argument(help: "Case file (YAML). Every key is also a flag.") var file: String?

    @Option(help: "Case id.") var `case`: String?
    @Option(help: "Pseudonym of the patient; default: the case.") var patient: String?
    @Option(help: "Number of the biopsy.") var biopsyNumber: String?
    @Option(help: "Date of the biopsy.") var biopsyDate: String?
    @Option(help: "metastatic-solid, sarcoma, pancreatic, thymic-epithelial or primary-brain.")
    var indication: String?
    @Option(help: "OncoTree code, name or DOID.") var tumorType: String?
    @Option(help: "female or male.") var sex: String?
    @Option(help: "Age in years.") var age: String?
    @Option(help: "Health-care region.") var region: String?
    @Option(help: "Sequencing facility.") var facility: String?
    @Option(help: "Date the sample arrived.") var received: String?
    @Option(help: "Date the data were released.") var released: String?
    @Option(help: "Genome equivalents of the germline sample.") var genomeEquivalentsGermline: String?
    @Option(help: "Genome equivalents of the tumor sample.") var genomeEquivalentsTumor: String?
    @Option(help: "Genome equivalents of the RNA sample.") var genomeEquivalentsRna: String?
    @Option(help: "Tumor purity, 0 to 1.") var purity: String?
    @Option(help: "Tumor ploidy.") var ploidy: String?
    @Option(help: "GRCh37 or GRCh38; default: found.") var assembly: String?
    @Option(
        name: [.customShort("f"), .long],
        help: "Reference FASTA: REF check, left alignment, signatures, microsatellites; with -g consequences."
    )
    var reference: String?
    @Option(
        name: [.customShort("g"), .long],
        help: "Gene models, GFF3 or GTF; without -f they tell only where genes lie.") var genes: String?
    @Option(help: "Knowledge base folder; may be repeated.") var knowledgeBase: [String] = []
    @Option(help: "Country profile; default: denmark.") var country: String?
    @Option(help: "Language of the report: en or da.") var language: String?
    @Option(help: "Name of the tumor sample.") var tumor: String?
    @Option(help: "Name of the normal sample.") var normal: String?
    @Flag(help: "There is no normal sample.") var tumorOnly = false
    @Option(help: "Somatic calls: VCF, BCF or MAF.") var somatic: String?
    @Option(help: "Germline calls: VCF or BCF.") var germline: String?
    @Option(help: "Structural variants: VCF, BCF or BEDPE.") var structural: String?
    @Option(help: "What the strands of BEDPE mean: sides (a deletion is + -) or reads (+ +); default: found.")
    var bedpeStrands: String?
    @Option(help: "Regions of a panel, BED: findings outside it are marked.") var panel: String?
    @Option(
        help: "Copy-number segments: PURPLE, ASCAT, Battenberg, FACETS, Sequenza, CNVkit, or a plain table.")
    var copyNumber: String?
    @Option(help: "Which numbers of copies are an event: ours (default), purple, pcgr.") var copyNumberRule:
        String?
    @Option(help: "How regions of lost heterozygosity are joined for HRD: cap (as scarHRD) or nocap.")
    var scarCompat: String?
    @Option(help: "Fusions (not read by this version).") var fusions: String?
    @Option(help: "Callable regions, BED.") var callable: String?
    @Option(help: "Reference signatures, such as COSMIC's table: a row a type of mutations.") var signatures:
        String?
    @Option(help: "Signatures that a tumor type may have, a table: tumorType, signature, perhaps prevalence.")
    var allowedSignatures: String?
    @Option(help: "CHORD's random forest as text; its license is its own.") var chordModel: String?
    @Option(help: "The six features of HRDetect, a column each.") var hrdetectFeatures: String?
    @Option(help: "Callable coding megabases, where there is no BED.") var callableMegabases: String?
    @Option(help: "Hotspots for oncogenicity, in the columns of cancerhotspots.org.") var hotspots: String?
    @Option(help: "Points that make a variant oncogenic: published or pcgr.") var oncogenicityScale: String?
    @Option(help: "Drug given before; may be repeated.") var priorTherapies: [String] = []
    @Option(help: "PD-L1 tumor proportion score, 0 to 100.") var externalAssaysPdl1TPS: String?
    @Option(help: "MGMT promoter methylation: true or false.") var externalAssaysMgmtMethylated: String?
    @Option(help: "Consent to secondary findings: true or false.") var consentSecondaryFindings: String?

    /// The case file with the flags over it.
    func caseFile() throws(InputError) -> CaseFile {
        var values = try file.map { path throws(InputError) in try CaseFile(path: path) } ?? CaseFile()
        func set(_ key: String, _ value: String?) { values.override(key, value.map { [$0] }) }
        set("case", `case`)
        set("patient", patient)
        set("biopsy.number", biopsyNumber)
        set("biopsy.date", biopsyDate)
        set("indication", indication)
        set("tumorType", tumorType)
        set("sex", sex)
        set("age", age)
        set("region", region)
        set("facility", facility)
        set("received", received)
        set("released", released)
        set("genomeEquivalents.germline", genomeEquivalentsGermline)
        set("genomeEquivalents.tumor", genomeEquivalentsTumor)
        set("genomeEquivalents.rna", genomeEquivalentsRna)
        set("purity", purity)
        set("ploidy", ploidy)
        set("assembly", assembly)
        set("reference", reference)
        set("genes", genes)
        values.override("knowledgeBase", knowledgeBase)
        set("country", country)
        set("language", language)
        set("samples.tumor", tumor)
        set("samples.normal", normal)
        if tumorOnly { set("tumorOnly", "true") }
        set("inputs.somatic", somatic)
        set("inputs.germline", germline)
        set("inputs.structural", structural)
        set("bedpeStrands", bedpeStrands)
        set("panel", panel)
        set("inputs.copyNumber", copyNumber)
        set("copyNumberRule", copyNumberRule)
        set("scarCompat", scarCompat)
        set("inputs.fusions", fusions)
        set("inputs.callable", callable)
        set("inputs.signatures", signatures)
        set("allowedSignatures", allowedSignatures)
        set("chordModel", chordModel)
        set("hrdetectFeatures", hrdetectFeatures)
        set("callableMegabases", callableMegabases)
        set("hotspots", hotspots)
        set("oncogenicityScale", oncogenicityScale)
        values.override("priorTherapies", priorTherapies)
        set("externalAssays.pdl1TPS", externalAssaysPdl1TPS)
        set("externalAssays.mgmtMethylated", externalAssaysMgmtMethylated)
        set("consent.secondaryFindings", consentSecondaryFindings)
        return values
    }
}

/// How calls are read.
struct ReadingOptions: ParsableArguments {
    @Flag(help: "Do not apply the default filters; the output says so.") var noDefaultFilters = false
    @Flag(help: "Count . in FILTER as PASS.") var unfilteredIsPass = false
    @Option(help: "Tag (INFO or FORMAT) of the tumor's allele fraction.") var tumorVafTag: String?
    @Option(help: "Tag (INFO or FORMAT) of the tumor's depth.") var tumorDepthTag: String?
    @Option(help: "INFO tag of the annotation to read; default: CSQ, ANN, BCSQ.") var annotationTag: String?
    @Option(help: "Style of contig names that counts in a file that mixes them: ucsc, ensembl, refseq.")
    var contigStyle: String?
    @Flag(help: "Keep CSQ of the input as CSQ_input where consequences are our own.") var keepInputCsq = false
    @Flag(help: "Do not keep gene models and compiled evidence for the next run.") var noCache = false
    @Option(help: "Who takes VCF lines apart: scanner, or htslib (slower, for comparison).")
    var decoder = "scanner"
    @Option(help: "Day for approvals, YYYY-MM-DD; default: today.") var reportDate: String?
    @Option(help: "Threads; the results do not depend on it.") var threads = 2
    @Option(help: "Progress on a terminal: always, auto, never.") var progress = "auto"
    @Option(help: "Messages as text or json.") var logFormat = "text"

    /// Validates values that ArgumentParser cannot.
    func validate() throws {
        guard threads >= 1, threads <= 1024 else {
            throw ValidationError("--threads is \(threads), 1 to 1024 was expected.")
        }
        guard ["always", "auto", "never"].contains(progress) else {
            throw ValidationError("--progress is \"\(progress)\"; use always, auto or never.")
        }
        guard ["text", "json"].contains(logFormat) else {
            throw ValidationError("--log-format is \"\(logFormat)\"; use text or json.")
        }
        if let contigStyle, Contig.Style(rawValue: contigStyle) == nil {
            throw ValidationError("--contig-style is \"\(contigStyle)\"; use ucsc, ensembl or refseq.")
        }
        if VariantReader.Decoder(rawValue: decoder) == nil {
            throw ValidationError("--decoder is \"\(decoder)\"; use scanner or htslib.")
        }
        if let reportDate, !CalendarDay.isValid(reportDate) {
            throw ValidationError("--report-date is \"\(reportDate)\"; use YYYY-MM-DD.")
        }
    }

    /// The request with these options.
    func apply(to request: inout CaseRequest) {
        request.usesDefaultFilters = !noDefaultFilters
        request.unfilteredIsPass = unfilteredIsPass
        request.tumorVAFTag = tumorVafTag
        request.tumorDepthTag = tumorDepthTag
        request.annotationTag = annotationTag
        request.contigStyle = contigStyle.flatMap { Contig.Style(rawValue: $0) }
        request.keepsInputCSQ = keepInputCsq
        request.usesCache = !noCache
        request.decoder = VariantReader.Decoder(rawValue: decoder) ?? .scanner
        request.command = RecordedCommand.text()
    }

    /// The day of the report.
    var date: String { reportDate ?? Clock.day }
}
