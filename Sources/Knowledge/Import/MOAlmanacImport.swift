/// Makes evidence rows of a release of the Molecular Oncology Almanac.
///
/// 1. Statements of one criterion, tumor type and therapy become one row, whichever document says it, so that an approval and
///    the payer's decision on it meet.
/// 2. An authority's statement gives an approval with the indication's date; without a date it does not count. One of a document, an
///    indication or a statement that is deprecated, withdrawn or superseded never does.
/// 3. The Irish Health Service Executive pays and does not approve: its statements are national decisions, `recommended` where it
///    pays for the whole regimen, else `partly_reimbursed` or `by_exception`. Where it pays for one
///    indication of a row, the row is recommended, and the others stand in the note.
/// 4. A germline variant is said as such, but where the same indication takes a somatic one of the same gene too: there it is either.
/// 5. What cannot be said is kept with its reason.
struct MOAlmanacImport {
    private typealias Release = MOAlmanacRelease

    /// What makes statements one row.
    private struct Key: Hashable {
        var criterion: String
        let tumorTypes: [String]
        let excluded: [String]
        let therapy: String
    }

    /// A statement that can be said.
    private struct Said {
        let statement: Release.Statement
        let indication: Release.Indication
        let document: Release.Document
        let proposition: Release.Proposition
        var key: Key
        var criterion: Criterion
        /// The criterion with inherited variants said as such; nil where none is asked for.
        let germline: Criterion?
    }

    private let release: MOAlmanacRelease
    private let tumorTypes: TumorTypes
    private let isKnownGene: (String) -> Bool
    private let criteria: MOAlmanacCriteria
    private let biomarkers: [Int: MOAlmanacRelease.Biomarker]
    private let diseases: [Int: MOAlmanacRelease.Concept]
    private let documents: [String: MOAlmanacRelease.Document]
    private let indications: [String: MOAlmanacRelease.Indication]
    private let propositions: [Int: MOAlmanacRelease.Proposition]
    private let therapies: [Int: String]
    private let groups: [Int: MOAlmanacRelease.TherapyGroup]
    private let urls: [String: String]
    private let hgncIds: [String: String]

    init(_ release: MOAlmanacRelease, tumorTypes: TumorTypes, isKnownGene: @escaping (String) -> Bool) {
        func table<Record, ID: Hashable>(_ records: [Record], _ id: (Record) -> ID) -> [ID: Record] {
            Dictionary(records.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
        }
        (self.release, self.tumorTypes, self.isKnownGene) = (release, tumorTypes, isKnownGene)
        criteria = MOAlmanacCriteria(genes: table(release.genes, \.id).mapValues(\.name))
        biomarkers = table(release.biomarkers, \.id)
        diseases = table(release.diseases, \.id)
        documents = table(release.documents, \.id)
        indications = table(release.indications, \.id)
        propositions = table(release.propositions, \.id)
        therapies = table(release.therapies, \.id).mapValues(\.name)
        groups = table(release.therapyGroups, \.id)
        urls = table(release.urls, \.id).mapValues(\.url)
        hgncIds = table(release.genes, \.name).compactMapValues { gene in
            gene.primaryCoding.flatMap { $0.hasPrefix("hgnc:") ? "HGNC:\($0.dropFirst(5))" : nil }
        }
    }

    /// The rows, and what could not be said.
    func run() -> ImportedEvidence {
        var said: [Said] = []
        var unexpressed: [ImportedEvidence.Unexpressed] = []
        func leaveOut(_ statement: Release.Statement, _ reason: String) {
            unexpressed.append(
                .init(id: Self.id("S", statement.id), reason: reason, text: text(of: statement)))
        }
        for statement in release.statements {
            do throws(NotExpressed) { said.append(try self.said(statement)) } catch {
                leaveOut(statement, error.reason)
            }
        }
        var somatic: [String: Set<Key>] = [:]
        for one in said where one.germline == nil { somatic[one.indication.id, default: []].insert(one.key) }
        var rows: [Key: [Said]] = [:]
        for var one in said {
            if let germline = one.germline, somatic[one.indication.id]?.contains(one.key) != true {
                one.criterion = germline
                one.key.criterion = germline.description
            }
            rows[one.key, default: []].append(one)
        }
        return ImportedEvidence(rows: rows.values.map(row), unexpressed: unexpressed)
    }

    // MARK: Statements

    private func said(_ statement: Release.Statement) throws(NotExpressed) -> Said {
        guard let proposition = propositions[statement.proposition],
            let indication = statement.indication.flatMap({ indications[$0] }),
            let document = documents[indication.document], let disease = diseases[proposition.disease]
        else { throw NotExpressed("a statement that names a record which is not there") }
        guard statement.direction == "supports", proposition.predicate == "predictSensitivityTo" else {
            throw NotExpressed("a statement of another kind")
        }
        var parts: [Criterion] = []
        var origins: [Criterion] = []
        var problem: NotExpressed?
        for id in proposition.biomarkers {
            guard let biomarker = biomarkers[id] else {
                throw NotExpressed("a statement that names a record which is not there")
            }
            do throws(NotExpressed) {
                let part = try criteria.criterion(biomarker)
                parts.append(part)
                origins.append(
                    biomarker.text("biomarker_type") == "Germline Variant" ? Self.inherited(part) : part)
            } catch {
                problem = problem ?? error
            }
        }
        if let problem { throw problem }
        guard !parts.isEmpty else { throw NotExpressed("a statement without a biomarker") }
        let criterion = parts.count == 1 ? parts[0] : .and(parts)
        if let gene = criterion.genes.first(where: { !isKnownGene($0) }) {
            throw NotExpressed("gene \"\(gene)\" is not in the gene table")
        }
        let types = try types(disease)
        return Said(
            statement: statement, indication: indication, document: document, proposition: proposition,
            key: Key(
                criterion: criterion.description, tumorTypes: types.codes, excluded: types.excluded,
                therapy: try therapy(proposition)),
            criterion: criterion,
            germline: origins == parts ? nil : origins.count == 1 ? origins[0] : .and(origins))
    }

    /// A leaf, or its absence, of inherited variants.
    private static func inherited(_ criterion: Criterion) -> Criterion {
        if case .not(let leaf) = criterion { return .not(inherited(leaf)) }
        return .origin(.germline, criterion)
    }

    private func types(_ disease: Release.Concept) throws(NotExpressed) -> (
        codes: [String], excluded: [String]
    ) {
        let coding = disease.primaryCoding ?? ""
        switch coding {
        case "ncit:C132146": return (["SOLID"], [])
        // NCI Thesaurus: non-squamous non-small cell lung carcinoma.
        case "ncit:C135017": return (["NSCLC"], ["LUSC"])
        default: break
        }
        let code = coding.hasPrefix("oncotree:") ? String(coding.dropFirst("oncotree:".count)) : ""
        if let type = tumorTypes.type(code) { return ([type.code], []) }
        for name in [code, disease.name] where !name.isEmpty {
            let codes = tumorTypes.codes(named: name)
            if !codes.isEmpty { return (codes, []) }
        }
        throw NotExpressed("a tumor type that is not in the tree")
    }

    private func therapy(_ proposition: Release.Proposition) throws(NotExpressed) -> String {
        let ids: [Int]
        if let group = proposition.therapyGroup.flatMap({ groups[$0] }) {
            guard group.membershipOperator == "AND" else {
                throw NotExpressed("therapies that are not a combination")
            }
            ids = group.therapies
        } else {
            ids = proposition.therapy.map { [$0] } ?? []
        }
        let names = ids.compactMap { therapies[$0] }
        guard !names.isEmpty, names.count == ids.count else { throw NotExpressed("a therapy without a name") }
        return names.joined(separator: " + ")
    }

    // MARK: Rows

    private func row(_ statements: [Said]) -> EvidenceDraft {
        let statements = statements.sorted { $0.statement.id < $1.statement.id }
        let first = statements.min { $0.proposition.id < $1.proposition.id } ?? statements[0]
        var draft = EvidenceDraft(id: Self.id("P", first.proposition.id), criterion: first.criterion)
        draft.hgncId = hgncIds[draft.gene] ?? ""
        (draft.tumorTypes, draft.excludedTumorTypes) = (first.key.tumorTypes, first.key.excluded)
        draft.therapies = [first.key.therapy]
        draft.grch37 = alleles(first)
        let counting = statements.filter(Self.counts)
        for body in Set(statements.map(Self.body)).sorted() where body != Self.payer {
            let dates = Set(counting.filter { Self.body($0) == body }.map(Self.date))
            // How an approval ended is told, without the day, which the release does not give.
            let ends = Set(statements.filter { Self.body($0) == body }.compactMap(Self.end))
            draft.approvals +=
                dates.isEmpty
                ? ends.sorted().map { "\(body):\($0):" } : dates.sorted().map { "\(body):approved:\($0)" }
        }
        let decisions = Set(
            counting.filter { Self.body($0) == Self.payer }.map {
                "\(Self.payer):\(Self.decision($0)):\(Self.date($0))"
            })
        let paid = decisions.filter { $0.hasPrefix("\(Self.payer):recommended:") }
        draft.nationalDecisions = (paid.isEmpty ? decisions : paid).sorted()
        draft.citations = citations(statements)
        draft.note = note(statements)
        return draft
    }

    /// Alleles of a criterion that is about one protein change; beside others they would speak for all of them.
    private func alleles(_ said: Said) -> [String] {
        guard said.proposition.biomarkers.count == 1, case .protein = said.criterion,
            let biomarker = biomarkers[said.proposition.biomarkers[0]]
        else { return [] }
        return MOAlmanacCriteria.allele(biomarker).map { [$0] } ?? []
    }

    private func citations(_ statements: [Said]) -> [String] {
        var seen = Set<String>()
        return statements.map(\.document).filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }.map
        {
            let link = $0.urls?.first.flatMap { urls[$0] }
            let body = $0.agent.uppercased(), end = ". \(body)."
            let name = $0.name.hasSuffix(end) ? String($0.name.dropLast(end.count)) : $0.name
            return [
                "\(body): \(name)", $0.publicationDate, link,
                $0.status == "Active" ? nil : $0.status,
            ].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    /// The words of the first indication of each body, and what the payer said of the others.
    private func note(_ statements: [Said]) -> String {
        var seen = Set<String>()
        var notes: [String] = []
        for one in statements where Self.counts(one) && seen.insert(Self.body(one)).inserted {
            if let text = one.indication.text, !text.isEmpty { notes.append("\(Self.body(one)): \(text)") }
        }
        for one in statements where Self.body(one) == Self.payer && Self.decision(one) != "recommended" {
            let words = [one.indication.scheme, one.indication.comment].compactMap(\.self)
            let text = "\(Self.payer) \(one.indication.id): \(words.joined(separator: "; "))"
            if !notes.contains(text) { notes.append(text) }
        }
        return notes.joined(separator: " / ")
    }

    /// The body that pays and does not approve.
    private static let payer = "HSE"
    /// Schemes under which the whole regimen is paid for.
    private static let paidSchemes: Set<String> = ["CDS", "ODMS", "Hospital", "Hybrid"]

    private static func body(_ said: Said) -> String { said.document.agent.uppercased() }

    private static func counts(_ said: Said) -> Bool { end(said) == nil }

    /// How the indication, the statement or the document ended; nil where they hold.
    private static func end(_ said: Said) -> String? {
        [said.indication.status, said.statement.status, said.document.status].compactMap { status in
            ["Deprecated", "Withdrawn", "Superseded"].first { $0 == status }?.lowercased()
        }.first
    }

    private static func date(_ said: Said) -> String {
        said.indication.date.flatMap { EvidenceRow.isDate($0) ? $0 : nil } ?? ""
    }

    private static func decision(_ said: Said) -> String {
        guard let scheme = said.indication.scheme else { return "not_told" }
        if paidSchemes.contains(scheme) { return "recommended" }
        return scheme == "Reimbursement by exception" ? "by_exception" : "partly_reimbursed"
    }

    /// `MOA-P00012`: the letter says of which table the number is.
    static func id(_ letter: String, _ number: Int) -> String {
        let digits = String(number)
        return "MOA-\(letter)" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    private func text(of statement: Release.Statement) -> String {
        let proposition = propositions[statement.proposition]
        let markers = (proposition?.biomarkers ?? []).map { biomarkers[$0]?.name ?? "?" }
        let disease = proposition.flatMap { diseases[$0.disease]?.name } ?? "?"
        let drugs: String
        if let proposition, let found = try? therapy(proposition) { drugs = found } else { drugs = "?" }
        return
            "\(statement.indication ?? "no indication"): \(markers.joined(separator: " and ")) in \(disease): \(drugs)"
    }
}

extension MOAlmanacRelease {
    /// Evidence rows, and what could not be said in the grammar of criteria.
    ///
    /// - Shape: tumor types by OncoTree code, old codes and names as `tumorTypes` knows them; genes that `isKnownGene` does not know are
    ///   not expressed.
    public func evidence(tumorTypes: TumorTypes, isKnownGene: @escaping (String) -> Bool) -> ImportedEvidence
    {
        MOAlmanacImport(self, tumorTypes: tumorTypes, isKnownGene: isKnownGene).run()
    }
}
