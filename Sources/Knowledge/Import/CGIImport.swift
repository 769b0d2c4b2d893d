public import Genome

/// Makes evidence rows of the Cancer Genome Interpreter's biomarkers: `cgi_biomarkers_per_variant.tsv`, in which a biomarker has a line
/// for each of its variants, and `cgi_biomarkers_latest.tsv`.
///
/// - Lines of one alteration, drug, association, level and tumor type are one row.
/// - `Responsive` is `sensitive`, `Resistant` is `resistant`, `No Responsive` is `no_benefit`. Toxicity depends on inherited variants,
///   which a criterion cannot ask for.
/// - Drugs joined by `;` are one combination, those in brackets are alternatives; where none is named, its class is.
/// - The table's own levels (guidelines, trials, case report, pre-clinical) are on none of the base's scales: they stand in the note.
/// - Coordinates are of GRCh37.
///
/// - Source: columns as in the table.
public struct CGITable: Sendable {
    private let rows: [[String: String]]

    private static let columns = [
        "Alteration", "Alteration type", "Association", "Biomarker", "Drug", "Drug family", "Evidence level",
        "Source", "Primary Tumor type",
    ]

    /// Reads tables in UTF-8.
    ///
    /// - Throws: `InputError` for a table without one of the columns.
    public init(_ files: [(name: String, bytes: [UInt8])]) throws(InputError) {
        var rows: [[String: String]] = []
        for file in files {
            let table = try QuotedTable(file.bytes, file: file.name)
            if let missing = Self.columns.first(where: { !table.columns.contains($0) }) {
                throw InputError(
                    file: file.name, place: .line(1),
                    problem: "column \"\(missing)\" is missing; there are "
                        + table.columns.prefix(8).joined(separator: ", "),
                    remedy: "Give cgi_biomarkers_per_variant.tsv or cgi_biomarkers_latest.tsv, with the "
                        + "columns \(Self.columns.joined(separator: ", ")).")
            }
            rows += table.rows
        }
        self.rows = rows
    }

    /// Evidence rows, and what could not be said in the grammar of criteria.
    public func evidence(
        tumorTypes: TumorTypes, gene: @escaping (String) -> KnowledgeBase.Gene?
    ) -> ImportedEvidence {
        var order: [String] = []
        var items: [String: [CGIItem]] = [:]
        for row in rows {
            let item = CGIItem(row)
            if items[item.id] == nil { order.append(item.id) }
            items[item.id, default: []].append(item)
        }
        var drafts: [EvidenceDraft] = []
        var unexpressed = Set<ImportedEvidence.Unexpressed>()
        for id in order {
            guard let lines = items[id], let first = lines.first else { continue }
            do throws(NotExpressed) {
                let made = try CGIItem.draft(lines, tumorTypes, gene)
                drafts.append(made.draft)
                for lost in made.lost {
                    unexpressed.insert(.init(id: id, reason: lost.reason, text: lost.text))
                }
            } catch {
                unexpressed.insert(.init(id: id, reason: error.reason, text: first.text))
            }
        }
        return ImportedEvidence(rows: drafts, unexpressed: Array(unexpressed))
    }
}

/// One line of the table.
struct CGIItem {
    private let cells: [String: String]
    /// Made of what lines of one row share.
    let id: String

    init(_ cells: [String: String]) {
        self.cells = cells
        id = EvidenceDraft.id(
            "CGI",
            of: [
                "Alteration", "Alteration type", "Association", "Drug", "Drug family", "Evidence level",
                "Primary Tumor type",
            ].map { cells[$0] ?? "" })
    }

    private func cell(_ name: String) -> String {
        Array(EvidenceDraft.cell(cells[name] ?? "").utf8)[...].trimmedText
    }

    /// The tumor types by name; in newer tables the column of the older ones' names has acronyms.
    private var diseases: [String] {
        let full = cell("Primary Tumor type full name")
        return (full.isEmpty ? cell("Primary Tumor type") : full).split(separator: ";").map {
            Array($0.utf8)[...].trimmedText
        }.filter { !$0.isEmpty }
    }

    /// What the line says, for a list.
    var text: String {
        "\(cell("Biomarker")) in \(diseases.joined(separator: ", ")): \(cell("Drug full name")), "
            + "\(cell("Association")), \(cell("Evidence level"))"
    }

    /// The row of the lines that say the same, and the parts of it that cannot be said.
    static func draft(
        _ all: [CGIItem], _ types: TumorTypes, _ gene: (String) -> KnowledgeBase.Gene?
    ) throws(NotExpressed) -> (draft: EvidenceDraft, lost: [(text: String, reason: String)]) {
        let lines = all.filter { !$0.cell("Comments").lowercased().contains("germline") }
        guard let first = lines.first else { throw NotExpressed("a germline variant") }
        let direction = try first.direction()
        let found = try CGICriteria().criterion(
            first.cell("Alteration"), types: first.cell("Alteration type"), biomarker: first.cell("Biomarker")
        )
        if let unknown = found.criterion.genes.first(where: { gene($0) == nil }) {
            throw NotExpressed("gene \"\(unknown)\" is not in the gene table")
        }
        var draft = EvidenceDraft(id: first.id, criterion: found.criterion)
        draft.hgncId = gene(draft.gene)?.hgncId ?? ""
        let diseases = try first.tumorTypes(types)
        draft.tumorTypes = diseases.codes
        draft.direction = direction
        draft.therapies = try CGIDrugs.therapies(first.cell("Drug"), family: first.cell("Drug family"))
        if Self.areProteinChanges(found.criterion) {
            let own = Set(lines.map { $0.cell("transcript") })
            if own.count == 1 {
                draft.transcript = RowTranscript.other(
                    than: gene(draft.gene)?.transcript, own.first ?? "")
            }
            draft.grch37 = Set(lines.compactMap(\.allele)).sorted()
        }
        var citations: [String] = []
        for line in lines {
            for text in line.cell("Source").split(separator: ";") {
                let text = Array(text.utf8)[...].trimmedText
                if !text.isEmpty, !citations.contains(text) { citations.append(text) }
            }
        }
        draft.citations = ["Cancer Genome Interpreter"] + citations
        draft.note = ["Biomarker", "Evidence level", "Drug status"].map(first.cell).filter { !$0.isEmpty }
            .joined(separator: "; ")
        return (
            draft,
            found.lost + diseases.lost.map { ($0, "one of several tumor types: not in the tree") }
        )
    }

    /// Whether a criterion asks for one of some protein changes, so that each line's allele meets it.
    private static func areProteinChanges(_ criterion: Criterion) -> Bool {
        switch criterion {
        case .protein: true
        case .or(let parts): criterion.genes.count == 1 && parts.allSatisfy(areProteinChanges)
        default: false
        }
    }

    private func direction() throws(NotExpressed) -> EvidenceRow.Direction {
        let association = cell("Association")
        switch association {
        case "Responsive": return .sensitive
        case "Resistant": return .resistant
        case "No Responsive": return .noBenefit
        case "": throw NotExpressed("no association")
        default:
            throw NotExpressed(
                association.hasPrefix("Increased Toxicity")
                    ? "a toxicity, which depends on inherited variants" : "association \"\(association)\"")
        }
    }

    /// OncoTree codes of the table's names that the tree does not have, in lower case and spelled as there.
    private static let diseaseCodes = [
        "any cancer type": ["ANY"], "b cell lymphoma": ["MBN"], "billiary tract": ["BILIARY_TRACT"],
        "bladder": ["BLCA"], "breast adenocarcinoma": ["BRCA"],
        "cutaneous melanoma": ["SKCM"], "dermatofibrosarcoma": ["DFSP"], "endometrium": ["UCEC"],
        "eosinophilic chronic leukemia": ["CELNOS"], "female germ cell tumor": ["OGCT"],
        "gastroesophageal junction adenocarcinoma": ["GEJ"], "gastrointestinal stromal": ["GIST"],
        "glioma": ["DIFG", "ENCG", "EPM"], "head an neck": ["HEAD_NECK"], "head an neck squamous": ["HNSC"],
        "hematologic malignancies": ["LYMPH", "MYELOID"], "inflammatory myofibroblastic": ["IMT"],
        "lung squamous cell": ["LUSC"], "lymphangioleiomyomatosis": ["LAM"], "lymphoma": ["HL", "NHL"],
        "malignant peripheral nerve sheat tumor": ["MPNST"], "malignant rhabdoid tumor": ["MRT"],
        "mesothelioma": ["PEMESO", "PLMESO", "TMESO"], "myelodisplasic syndrome": ["MDS"],
        "myelodisplasic proliferative syndrome": ["MDS/MPN"], "non-small cell lung": ["NSCLC"],
        "nut midline carcinoma": ["NUTCL"], "ovary": ["OVT"], "renal": ["RCC"], "salivary glands": ["SACA"],
        "thymic": ["TET"], "thyroid carcinoma": ["THYROID"],
    ]

    private func tumorTypes(_ types: TumorTypes) throws(NotExpressed) -> (codes: [String], lost: [String]) {
        var codes: [String] = []
        var lost: [String] = []
        for name in diseases {
            let known = (Self.diseaseCodes[name.lowercased()] ?? []).filter { types.type($0) != nil }
            let found = known.isEmpty ? types.codes(named: name) : known
            for code in found where !codes.contains(code) { codes.append(code) }
            if found.isEmpty { lost.append(name) }
        }
        guard !codes.isEmpty else {
            throw NotExpressed(diseases.isEmpty ? "no tumor type" : "a tumor type that is not in the tree")
        }
        return (codes, lost)
    }

    /// The allele of a substitution `chr7:g.140453136A>T`.
    private var allele: String? {
        let sides = cell("gDNA").parts(around: ":g.")
        guard sides.count == 2, sides[0].hasPrefix("chr") else { return nil }
        let digits = sides[1].prefix { $0.isASCII && $0.isNumber }
        let bases = String(sides[1].dropFirst(digits.count)).parts(around: ">")
        guard let position = Int(digits), position > 0, bases.count == 2,
            bases.allSatisfy({ $0.utf8.count == 1 && $0.utf8.allSatisfy("ACGT".utf8.contains) })
        else { return nil }
        return "\(sides[0].dropFirst(3)):\(position):\(bases[0]):\(bases[1])"
    }
}

/// The drugs of a line: `A;B` is a combination, `[A,B]` are alternatives, `[]` leaves the class of the family.
enum CGIDrugs {
    /// - Throws: ``NotExpressed`` where none is named, and for what cannot be read.
    static func therapies(_ drug: String, family: String) throws(NotExpressed) -> [String] {
        let named = drug.isEmpty || drug == "[]" ? classes(family) : drug
        guard let parts = BracketedList.items(named, [";"]), !parts.isEmpty else {
            throw NotExpressed("no drug")
        }
        var therapies = [""]
        for part in parts {
            var choices = [part]
            if part.hasPrefix("["), part.hasSuffix("]") {
                choices = part.dropFirst().dropLast().split(separator: ",").map {
                    Array($0.utf8)[...].trimmedText
                }.filter { !$0.isEmpty }
            }
            guard !choices.isEmpty, therapies.count * choices.count <= 32 else {
                throw NotExpressed("drugs that cannot be read")
            }
            therapies = therapies.flatMap { first in
                choices.map { first.isEmpty ? $0 : "\(first) + \($0)" }
            }
        }
        return therapies
    }

    /// The classes of `[A inhibitor;B inhibitor]`, without the brackets.
    private static func classes(_ family: String) -> String {
        family.hasPrefix("[") && family.hasSuffix("]") ? String(family.dropFirst().dropLast()) : family
    }
}
