public import Biomarkers
public import Cases
public import Genome
public import HTS
internal import Knowledge
public import Variants

/// A case as asked for, with every value checked.
public struct CaseRequest: Sendable {
    /// The case, patient and dates for case.json; tumor type and indication are filled in from the knowledge base.
    public var identity: CaseSummary.Identity
    /// The tumor type as the user wrote it.
    public var tumorType: String
    /// The indication as the user wrote it; nil to infer it.
    public var indication: String?
    /// The assembly as stated; nil to find it.
    public var assembly: Assembly?
    /// Somatic calls: VCF, BCF or MAF.
    public var somatic: String?
    /// Germline calls.
    public var germline: String?
    /// Reference FASTA.
    public var reference: String?
    /// Gene models, GFF3 or GTF: consequences are then our own.
    public var genes: String?
    /// Whether an earlier `CSQ` is kept as `CSQ_input` in the annotated files.
    public var keepsInputCSQ = false
    /// Whether read gene models are kept for the next run.
    public var usesCache = true
    /// Callable regions, BED.
    public var callable: String?
    /// Callable coding megabases where there is no BED.
    public var callableMegabases: Double?
    /// Hotspots in the columns of cancerhotspots.org.
    public var hotspots: String?
    /// Which points make a variant oncogenic.
    public var oncogenicityScale = OncogenicityRule.Scale.published
    /// Name of the tumor column.
    public var tumorSample: String?
    /// Name of the normal column.
    public var normalSample: String?
    /// Whether there is no normal sample.
    public var isTumorOnly: Bool
    /// Knowledge-base folders.
    public var knowledgeBases: [String]
    /// Whether default filters apply.
    public var usesDefaultFilters = true
    /// Tags that hold tumor VAF and depth where the caller is none that is known.
    public var tumorVAFTag: String?
    /// See ``tumorVAFTag``.
    public var tumorDepthTag: String?
    /// The annotation tag to read, where there are several.
    public var annotationTag: String?
    /// The style of contig names that counts in a file that mixes them.
    public var contigStyle: Contig.Style?
    /// Whether `.` in FILTER counts as PASS.
    public var unfilteredIsPass = false
    /// The day of the report, ISO 8601.
    public var date: String
    /// Whether all of the germline file is read and written, not only the reportable genes.
    public var readsAllGermline = false
    /// Structural variants of the tumor: VCF, BCF or BEDPE.
    public var structural: String?
    /// What the strands of a BEDPE table mean; nil to find it.
    public var bedpeStrands: StrandConvention?
    /// Reference signatures: a row a type of mutations, a column a signature.
    public var signatures: String?
    /// Which of them a tumor type may have.
    public var allowedSignatures: String?
    /// CHORD's forest as text.
    public var chordModel: String?
    /// The six features of HRDetect.
    public var hrdetectFeatures: String?
    /// Regions of a panel that the findings are compared with, BED.
    public var panel: String?
    /// Copy-number segments of the tumor.
    public var copyNumber: String?
    /// Which numbers of copies are an event.
    public var copyNumberRule = CopyNumberRule.ours
    /// How regions of lost heterozygosity are joined before they are counted.
    public var scarCompatibility = GenomicScars.Compatibility.cap
    /// Who takes lines of text apart.
    public var decoder = VariantReader.Decoder.scanner
    /// The command for the provenance, with file names only.
    public var command = ""

    /// Checks the values of a case; `needsIdentity` is false for commands that take inputs only.
    ///
    /// - Throws: `InputError` for a missing or unusable value, and for an input that this version does not read.
    public init(_ file: CaseFile, date reportDate: String, needsIdentity: Bool = true) throws(InputError) {
        func fault(_ key: String, _ expected: String) -> InputError {
            InputError(
                file: file.file.isEmpty ? "command line" : file.file, place: .record(key),
                problem: "\"\(file[key] ?? "")\" is there, \(expected) was expected", remedy: "Mend \(key).",
                kind: file.file.isEmpty ? .usage : .data)
        }
        func number(_ key: String, _ range: ClosedRange<Double>) throws(InputError) -> Double? {
            guard let text = file[key] else { return nil }
            guard let value = Double(text), range.contains(value) else {
                throw fault(key, "a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
        func date(_ key: String) throws(InputError) -> String? {
            guard let text = file[key] else { return nil }
            // YAML may give a date as a time stamp; only the day is wanted.
            let day = String(text.prefix(10))
            guard CalendarDay.isValid(day) else { throw fault(key, "a date YYYY-MM-DD") }
            return day
        }
        func flag(_ key: String) throws(InputError) -> Bool? {
            guard let text = file[key] else { return nil }
            switch text.lowercased() {
            case "true", "yes": return true
            case "false", "no": return false
            default: throw fault(key, "true or false")
            }
        }
        func missing(_ key: String, _ flag: String) -> InputError {
            InputError(
                file: file.file.isEmpty ? "command line" : file.file, problem: "\(key) is missing",
                remedy: "Give it in the case file or with \(flag).", kind: .usage)
        }
        for key in ["fusions"] where file["inputs.\(key)"] != nil {
            throw InputError(
                file: file.file.isEmpty ? "command line" : file.file, place: .record("inputs.\(key)"),
                problem: "this version does not read \(key) input, and would leave a gap without saying so",
                remedy: "Take the key out; the report then says what was not assessed.", kind: .usage)
        }
        genes = file.path("genes")
        // Without the genome gene models tell where genes lie, which these inputs need.
        let placed = ["inputs.copyNumber", "inputs.structural", "inputs.callable"]
        if genes != nil, file["reference"] == nil, placed.allSatisfy({ file[$0] == nil }) {
            throw InputError(
                file: file.file.isEmpty ? "command line" : file.file, place: .record("genes"),
                problem: "gene models are given without the reference genome",
                remedy: "Give the FASTA that the calls were made on with reference, or -f.", kind: .usage)
        }
        if needsIdentity {
            guard file["case"] != nil else { throw missing("case", "--case") }
            guard file["tumorType"] != nil else { throw missing("tumorType", "--tumor-type") }
        }
        let id = file["case"] ?? "case"
        guard id.utf8.count <= 128, id.unicodeScalars.allSatisfy({ $0.value > 31 && $0.value != 127 }) else {
            throw fault("case", "a short name without control characters")
        }
        tumorType = file["tumorType"] ?? ""
        indication = file["indication"]
        if let indication, Indication(rawValue: indication) == nil {
            throw fault("indication", Indication.allCases.map(\.rawValue).joined(separator: ", "))
        }
        if let text = file["assembly"] {
            guard let value = Assembly(named: text) else { throw fault("assembly", "GRCh37 or GRCh38") }
            assembly = value
        }
        somatic = file.path("inputs.somatic")
        germline = file.path("inputs.germline")
        copyNumber = file.path("inputs.copyNumber")
        structural = file.path("inputs.structural")
        guard somatic != nil || germline != nil || copyNumber != nil || structural != nil else {
            throw missing(
                "an input (inputs.somatic, inputs.germline, inputs.structural or inputs.copyNumber)",
                "--somatic, --germline, --structural or --copy-number")
        }
        if let text = file["bedpeStrands"] {
            guard let value = StrandConvention(rawValue: text) else {
                throw fault("bedpeStrands", "sides or reads")
            }
            bedpeStrands = value
        }
        panel = file.path("panel")
        signatures = file.path("inputs.signatures")
        allowedSignatures = file.path("allowedSignatures")
        chordModel = file.path("chordModel")
        hrdetectFeatures = file.path("hrdetectFeatures")
        if let text = file["scarCompat"] {
            guard let value = GenomicScars.Compatibility(rawValue: text) else {
                throw fault("scarCompat", "cap or nocap")
            }
            scarCompatibility = value
        }
        if let text = file["copyNumberRule"] {
            guard let rule = CopyNumberRule(rawValue: text) else {
                throw fault("copyNumberRule", CopyNumberRule.allCases.map(\.rawValue).joined(separator: ", "))
            }
            copyNumberRule = rule
        }
        reference = file.path("reference")
        callable = file.path("inputs.callable")
        callableMegabases = try number("callableMegabases", 0.000001...4000)
        hotspots = file.path("hotspots")
        if let text = file["oncogenicityScale"] {
            guard let scale = OncogenicityRule.Scale(rawValue: text) else {
                throw fault("oncogenicityScale", "published or pcgr")
            }
            oncogenicityScale = scale
        }
        tumorSample = file["samples.tumor"]
        normalSample = file["samples.normal"]
        isTumorOnly = try flag("tumorOnly") ?? false
        knowledgeBases = file.paths("knowledgeBase")
        self.date = reportDate

        var identity = CaseSummary.Identity(
            id: id, patient: file["patient"] ?? id, tumorType: .init(code: "", name: "", path: []),
            indication: "",
            assembly: "unknown")
        if file["biopsy.number"] != nil || file["biopsy.date"] != nil {
            identity.biopsy = .init(
                number: try number("biopsy.number", 1...1000).map { Int($0) }, date: try date("biopsy.date"))
        }
        if let sex = file["sex"] {
            guard ["female", "male"].contains(sex) else { throw fault("sex", "female or male") }
            identity.sex = sex
        }
        identity.age = try number("age", 0...130).map { Int($0) }
        identity.region = file["region"]
        identity.facility = file["facility"]
        identity.received = try date("received")
        identity.released = try date("released")
        identity.purity = try number("purity", 0...1)
        identity.ploidy = try number("ploidy", 0.1...20)
        identity.country = file["country"] ?? "denmark"
        identity.language = file["language"] ?? "en"
        guard ["en", "da"].contains(identity.language) else { throw fault("language", "en or da") }
        identity.priorTherapies = file.values["priorTherapies"]
        var equivalents: [String: Double] = [:]
        for material in ["germline", "tumor", "rna"] {
            equivalents[material] = try number("genomeEquivalents.\(material)", 0...1000)
        }
        identity.genomeEquivalents = equivalents.isEmpty ? nil : equivalents
        var assays: [String: String] = [:]
        if let tps = try number("externalAssays.pdl1TPS", 0...100) { assays["pdl1TPS"] = String(Int(tps)) }
        if let methylated = try flag("externalAssays.mgmtMethylated") {
            assays["mgmtMethylated"] = String(methylated)
        }
        identity.externalAssays = assays.isEmpty ? nil : assays
        identity.isTumorOnly = isTumorOnly
        _ = try flag("consent.secondaryFindings")
        self.identity = identity
    }
}

/// Calendar days as ISO 8601 text.
public enum CalendarDay {
    /// Whether text is a day that exists, YYYY-MM-DD.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]),
            (1...12).contains(month), day >= 1
        else { return false }
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
