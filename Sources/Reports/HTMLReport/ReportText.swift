/// Fixed words of a report in English or Danish.
struct ReportText: Sendable {
    private let isDanish: Bool

    init(language: String) { isDanish = language == "da" }

    /// The word for a key; the key itself where there is none, so that a gap shows.
    subscript(key: String) -> String {
        guard let pair = Self.words[key] else { return key }
        return isDanish ? pair.danish : pair.english
    }

    static let words: [String: (english: String, danish: String)] = [
        "lang": ("en", "da"),
        "title": ("Molecular match list", "Molekylær matchliste"),
        "research": (
            "For research use; decisions belong to the board.",
            "Til forskningsbrug; beslutninger træffes af tumorboardet."
        ),
        "case": ("Case", "Sag"), "patient": ("Patient", "Patient"), "tumorType": ("Tumor type", "Tumortype"),
        "indication": ("Indication", "Indikation"), "assembly": ("Assembly", "Genomversion"),
        "purity": ("Purity", "Tumorandel"),
        "ploidy": ("Ploidy", "Ploiditet"), "sex": ("Sex", "Køn"), "age": ("Age", "Alder"),
        "samples": ("Samples", "Prøver"),
        "decidedBy": ("decided by", "afgjort af"), "tumor": ("tumor", "tumor"),
        "normal": ("normal", "normal"),
        "priorTherapies": ("Earlier treatment", "Tidligere behandling"),
        "country": ("Country profile", "Landeprofil"),
        "biopsy": ("Biopsy", "Biopsi"), "warnings": ("Read this first", "Læs dette først"),
        "targetable": ("Targetable findings", "Fund med behandlingsmulighed"),
        "drugs": ("Drugs: for and against", "Lægemidler: for og imod"), "for": ("For", "For"),
        "against": ("Against", "Imod"),
        "other": ("Other findings", "Øvrige fund"), "germline": ("Germline findings", "Kimbanefund"),
        "noTargetable": ("No targetable finding.", "Ingen fund med behandlingsmulighed."),
        "noOther": ("None.", "Ingen."), "gene": ("Gene", "Gen"), "alteration": ("Alteration", "Ændring"),
        "proposed": ("proposed", "foreslået"), "points": ("points", "point"),
        "oncogenicity": ("Oncogenicity", "Onkogenicitet"),
        "oneCopy": ("Together on one copy; alone", "Sammen på én kopi; alene"),
        "vaf": ("VAF", "VAF"), "depth": ("Depth", "Dybde"), "tier": ("Tier", "Tier"),
        "driver": ("driver", "driver"),
        "therapy": ("Therapy", "Behandling"), "effect": ("Effect", "Effekt"),
        "levels": ("Evidence levels", "Evidensniveauer"),
        "label": ("Label", "Label"), "access": ("Access", "Adgang"),
        "why": ("Why it matched", "Hvorfor det matchede"),
        "citations": ("Citations", "Kilder"), "consequence": ("Consequence", "Konsekvens"),
        "class": ("Class", "Klasse"),
        "zygosity": ("Zygosity", "Zygositet"), "evidence": ("Evidence", "Evidens"),
        "biomarkers": ("Biomarkers", "Biomarkører"), "measure": ("Measure", "Mål"),
        "value": ("Value", "Værdi"),
        "interval": ("95 % interval", "95 %-interval"), "status": ("Status", "Status"),
        "filter": ("Filters", "Filtre"),
        "counted": ("Counted", "Talt"), "denominator": ("Denominator", "Nævner"),
        "dropped": ("Left out", "Udeladt"),
        "classification": ("Class", "Klasse"), "notComputed": ("not computed", "ikke beregnet"),
        "copies": ("copies", "kopier"), "focal": ("focal", "fokal"), "broad": ("broad", "bred"),
        "arms": ("Chromosome arms", "Kromosomarme"), "panel": ("Panel", "Panel"),
        "outsidePanel": ("outside the panel", "uden for panelet"),
        "insidePanel": ("inside the panel", "i panelet"), "gain": ("gained", "øget"),
        "loss": ("lost", "tabt"),
        "partial": ("partly", "delvis"), "present": ("present", "til stede"),
        "absent": ("absent", "ikke til stede"),
        "undetermined": ("not known", "ukendt"), "broken": ("broken copies", "brudte kopier"),
        "whole": ("whole copies", "hele kopier"),
        "copyLeft": (
            "leaves a whole copy beside the broken one", "efterlader en hel kopi ved siden af den brudte"
        ),
        "mate_filtered": ("the mate does not pass the filters", "modparten består ikke filtrene"),
        "mate_missing": ("the mate is not in the file", "modparten er ikke i filen"),
        "together": ("in the same event", "i samme hændelse"),
        "biallelic": ("both copies hit", "begge kopier ramt"),
        "monoallelic": ("an unaltered copy is left", "en uændret kopi er tilbage"),
        "nearMisses": ("Near misses: why not", "Næsten match: hvorfor ikke"), "needed": ("Needed", "Krævet"),
        "seen": ("Seen", "Set"),
        "row": ("Row", "Række"), "counts": ("Records", "Poster"), "input": ("Input", "Input"),
        "records": ("Records", "Poster"),
        "alleles": ("Alleles judged", "Vurderede alleler"), "pass": ("PASS", "PASS"),
        "reasons": ("Not judged, by reason", "Ikke vurderet, efter grund"),
        "provenance": ("Provenance", "Oprindelse"), "source": ("Source", "Kilde"),
        "version": ("Version", "Version"),
        "unverified": ("unverified", "ikke kontrolleret"), "contradicted": ("contradicted", "modsagt"),
        "probable": ("probable: confirm in RNA", "sandsynlig: bekræft i RNA"),
        "sensitive": ("sensitive", "følsom"), "resistant": ("resistant", "resistent"),
        "reduced": ("reduced effect", "nedsat effekt"),
        "no_benefit": ("no benefit", "ingen effekt"), "adverse": ("adverse", "skadelig"),
        "on": ("on-label", "on-label"), "off": ("off-label", "off-label"),
        "standard": ("approved and recommended", "godkendt og anbefalet"),
        "approved_not_national": (
            "approved; no national recommendation", "godkendt; ingen national anbefaling"
        ),
        "off_label": ("approved for another tumor type", "godkendt til anden tumortype"),
        "trial": ("in a trial", "i forsøg"),
        "none": ("no access found", "ingen adgang fundet"), "yes": ("yes", "ja"), "no": ("no", "nej"),
        "driverFound": ("driver found", "driver fundet"),
        "noDriver": ("no driver found", "ingen driver fundet"),
        "findings": ("findings", "fund"), "finding": ("finding", "fund"),
        "ofThem": ("targetable", "med behandlingsmulighed"),
        "bestTier": ("best tier", "bedste tier"), "notAssessable": ("not assessable", "kan ikke vurderes"),
        "borderline": ("borderline", "grænseværdi"), "stated": ("stated", "angivet"),
        "inferred": ("from the tumor type", "fra tumortypen"),
        "external": ("Other assays", "Andre analyser"),
        "msi": ("Microsatellite instability", "Mikrosatellitinstabilitet"),
        "hrd": ("HR deficiency", "HR-defekt"),
        "signatures": ("Mutational signatures", "Mutationssignaturer"),
        "hypermutation": ("Hypermutation", "Hypermutation"),
        "pharmacogenes": ("Pharmacogenetics of the normal sample", "Farmakogenetik i normalprøven"),
        "diplotype": ("Diplotype", "Diplotype"), "score": ("Activity score", "Aktivitetsscore"),
        "phenotype": ("Phenotype", "Fænotype"), "drugs2": ("Drugs", "Lægemidler"),
        "notCalled": ("not called", "ikke bestemt"), "notCovered": ("not covered", "ikke dækket"),
        "dose": (
            "The dose is decided by the clinic; this is no dose advice.",
            "Dosis afgøres af klinikken; dette er ikke dosisråd."
        ),
    ]
}

extension ReportText: TemplateValue {
    var text: String { "" }

    func child(_ name: String) -> (any TemplateValue)? { self[name] }
}
