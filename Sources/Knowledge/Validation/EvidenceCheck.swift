/// Checks the rows of `evidence.tsv` and `trials.tsv`: each by itself, and those of evidence together once all are there.
struct EvidenceCheck {
    private(set) var problems: [KnowledgeProblem] = []
    private var drugs = DrugNames()
    private var agreement = RowAgreement()

    private static let approvalWords: Set = [
        "approved", "withdrawn", "refused", "suspended", "pending", "deprecated", "superseded",
    ]
    private static let decisionWords: Set = [
        "recommended", "not_recommended", "partly_reimbursed", "by_exception", "pending", "not_assessed",
        "not_told", "withdrawn", "deprecated", "superseded",
    ]
    private static let escat: Set = [
        "", "I", "I-A", "I-B", "I-C", "II", "II-A", "II-B", "III", "III-A", "III-B", "IV", "IV-A", "IV-B",
        "V", "X",
    ]

    /// Checks the rows of a table; `each` is given those that are understood.
    mutating func check(
        _ table: KnowledgeTable, _ vocabulary: inout KnowledgeVocabulary,
        each: (EvidenceRow, TSVTable.Row) throws -> Void
    ) rethrows {
        var reader = EvidenceRowReader(
            table.table, source: table.place.source, tumorTypes: vocabulary.tumorTypes)
        for line in table.table.rows {
            let parsed = reader.read(line)
            let place = table.place.row(line.line, id: table.table.trimmedCell(line, "id"))
            var faults = reader.faults
            let gene = table.table.trimmedCell(line, "gene")
            if !gene.isEmpty, let fault = vocabulary.fault(ofGene: gene, column: "gene", .row) {
                faults.append(fault)
            } else if let fault = vocabulary.fault(
                ofIdentifier: table.table.trimmedCell(line, "hgncId"), gene: gene)
            {
                faults.append(fault)
            }
            if let draft = reader.draft { faults += Self.faults(draft, table, &vocabulary) }
            if let parsed {
                faults += Self.faults(ofWhole: parsed, vocabulary)
                faults += AlleleForm.faults(parsed, table, line)
                for therapy in parsed.therapies { drugs.add(therapy, at: place) }
                if let other = agreement.add(parsed, at: place) { faults.append(Self.replaced(other)) }
            }
            problems += faults.map { KnowledgeProblem($0, place) }
            if let parsed { try each(parsed, line) }
        }
    }

    /// Checks the rows of a table of trials.
    mutating func check(trials table: KnowledgeTable, _ vocabulary: inout KnowledgeVocabulary) {
        var reader = TrialReader(
            table.table, source: table.place.source, tumorTypes: vocabulary.tumorTypes)
        for line in table.table.rows {
            let entry = reader.read(line)
            let place = table.place.row(line.line, id: table.table.trimmedCell(line, "id"))
            var faults = reader.faults
            if let draft = reader.draft {
                // That there is no citation is told where the row is read.
                faults += Self.faults(draft, table, &vocabulary).filter { $0.rule != .citationMissing }
                faults += Self.countries(table.table.items(line, "countries"), vocabulary)
            }
            if let entry {
                faults += Self.excluded(entry.row, vocabulary.tumorTypes)
                for therapy in entry.row.therapies { drugs.add(therapy, at: place) }
            }
            problems += faults.map { KnowledgeProblem($0, place) }
        }
    }

    private static func countries(
        _ names: [String], _ vocabulary: KnowledgeVocabulary
    ) -> [KnowledgeFault] {
        let known = vocabulary.countries
        return names.filter { !known.isEmpty && !known.contains($0) }.map { name in
            KnowledgeFault(
                .cellValue, .warning, column: "countries", found: "country \"\(name)\" has no profile",
                expected: "one of \(known.sorted().joined(separator: ", "))",
                remedy: "Write it as countries.tsv does, or add the country.")
        }
    }

    /// Adds what only all rows together show.
    mutating func finish(_ types: TumorTypes) { problems += drugs.problems() + agreement.problems(types) }

    private static func replaced(_ other: KnowledgePlace) -> KnowledgeFault {
        KnowledgeFault(
            .rowReplaced, .warning, column: "id",
            found:
                "\(other.source) has a row of this id too (\(other.file):\(other.line ?? 0)), which this one replaces",
            expected: "an id that no other source has",
            remedy: "Nothing is needed if it is meant; else give the row another id.")
    }

    // MARK: One row

    /// What single cells say, also of a row whose other cells are not understood.
    private static func faults(
        _ row: EvidenceRow, _ table: KnowledgeTable, _ vocabulary: inout KnowledgeVocabulary
    ) -> [KnowledgeFault] {
        var faults: [KnowledgeFault] = []
        for gene in row.criterion.genes where gene != row.gene {
            if let fault = vocabulary.fault(ofGene: gene, column: "criterion", .criterion) {
                faults.append(fault)
            }
        }
        for leaf in row.criterion.leaves {
            if let fault = Self.fault(leaf, vocabulary) { faults.append(fault) }
        }
        // That a verified row has none is told where it is read.
        if !row.citations.isEmpty || !row.isVerified {
            faults += Citations.faults(row.citations, isVerified: row.isVerified)
        }
        faults += decisions(row.approvals, "approvals", approvalWords, vocabulary.agencies, row, table)
        faults += decisions(
            row.nationalDecisions, "nationalDecisions", decisionWords, vocabulary.payers, row, table)
        faults += levels(row)
        if vocabulary.drugs != nil {
            for part in row.therapies.flatMap(DrugNames.parts) {
                if let fault = drug(part, &vocabulary) { faults.append(fault) }
            }
        }
        return faults
    }

    /// What cells say together, of a row that is understood.
    private static func faults(
        ofWhole row: EvidenceRow, _ vocabulary: KnowledgeVocabulary
    ) -> [KnowledgeFault] {
        var faults = excluded(row, vocabulary.tumorTypes) + days(row)
        if let owner = vocabulary.gene(ofTranscript: row.transcript), !row.gene.isEmpty, owner != row.gene {
            faults.append(
                KnowledgeFault(
                    .transcriptGene, column: "transcript",
                    found: "\(row.transcript) is a transcript of \(owner)",
                    expected: "one of \(row.gene)", remedy: "Mend the gene or the transcript."))
        }
        return faults
    }

    private static func drug(_ name: String, _ vocabulary: inout KnowledgeVocabulary) -> KnowledgeFault? {
        guard let preferred = vocabulary.drugs?[name.lowercased()] else {
            return KnowledgeFault(
                .drugUnknown, column: "therapies", found: "drug \"\(name)\" is not in drugs.tsv",
                expected: "a name of drugs.tsv", remedy: vocabulary.drugHint(name))
        }
        guard preferred != name else { return nil }
        return KnowledgeFault(
            .drugSpelling, .warning, column: "therapies", found: "\"\(name)\" is not the name in drugs.tsv",
            expected: preferred, remedy: "Write \(preferred).")
    }

    private static func fault(_ leaf: Criterion, _ vocabulary: KnowledgeVocabulary) -> KnowledgeFault? {
        switch leaf {
        case .biomarker(let name, let definition?, let minimum?):
            guard !vocabulary.measures.contains(definition) || minimum < 0 else { return nil }
            return KnowledgeFault(
                .criterionBiomarker, column: "criterion",
                found: "\(name.rawValue) is asked for by \"\(definition) >= \(minimum)\"",
                expected: "0 or more of \(vocabulary.measures.sorted().joined(separator: ", "))",
                remedy: "Use a measure that is computed.")
        case .exonSkipping(let gene, let exon):
            guard vocabulary.exons[gene]?[exon] == nil else { return nil }
            return KnowledgeFault(
                .criterionExon, .warning, column: "criterion",
                found:
                    "exon \(exon) of \(gene) is not in exons.tsv, so no small variant can be seen to skip it",
                expected: "a row of exons.tsv", remedy: "Add the exon's residues to exons.tsv.")
        default: return nil
        }
    }

    private static func excluded(_ row: EvidenceRow, _ types: TumorTypes) -> [KnowledgeFault] {
        row.excludedTumorTypes.compactMap { code in
            let path = types.path(of: code)
            if row.tumorTypes.contains(where: { $0 != code && path.contains($0) }) { return nil }
            let hidden = row.tumorTypes.filter { types.path(of: $0).contains(code) }
            let isAll = hidden.count == row.tumorTypes.count
            let effect =
                hidden.isEmpty
                ? "lies under none of \(row.tumorTypes.joined(separator: ", ")) and has no effect"
                : "takes away \(hidden.joined(separator: ", "))"
                    + (isAll ? ", so that the row holds for no tumor type" : "")
            return KnowledgeFault(
                .tumorExcluded, isAll ? .error : .warning, column: "excludedTumorTypes",
                found: "excluded tumor type \(code) \(effect)", expected: "a type under an included one",
                remedy: "Take it out, or mend the types.")
        }
    }

    private static func decisions(
        _ all: [EvidenceRow.Decision], _ column: String, _ words: Set<String>, _ bodies: Set<String>,
        _ row: EvidenceRow, _ table: KnowledgeTable
    ) -> [KnowledgeFault] {
        all.flatMap { decision -> [KnowledgeFault] in
            var faults: [KnowledgeFault] = []
            func add(
                _ rule: KnowledgeProblem.Rule, _ severity: KnowledgeProblem.Severity, _ found: String,
                _ expected: String, _ remedy: String
            ) {
                faults.append(
                    KnowledgeFault(
                        rule, severity, column: column, found: found, expected: expected, remedy: remedy))
            }
            let told = "\"\(decision)\""
            if !bodies.contains(decision.body) {
                let near = bodies.first { $0.lowercased() == decision.body.lowercased() }
                add(
                    .decisionBody, near == nil ? .warning : .error,
                    "\(told): the body \"\(decision.body)\" is not known, so no country's profile reads it",
                    near ?? "one of \(bodies.sorted().joined(separator: ", "))",
                    "Write it as countries.tsv does, or add the country.")
            }
            if !words.contains(decision.status) {
                add(
                    .decisionStatus, .error, "\(told): the status \"\(decision.status)\" is not known",
                    "one of \(words.sorted().joined(separator: ", "))", "Use one of these words.")
            }
            if decision.date.isEmpty {
                add(.decisionDate, .warning, "\(told) has no date and does not count", "a date", "Add it.")
            } else if !table.retrieved.isEmpty, decision.date > table.retrieved {
                add(
                    .decisionDate, .warning,
                    "\(told) is dated after the day on which the source was retrieved (\(table.retrieved))",
                    "a day that had come", "Check the date, or renew \"retrieved\" in SOURCE.json.")
            } else if !row.validTo.isEmpty, decision.date > row.validTo {
                add(
                    .decisionDate, .warning, "\(told) is dated after the row's last day (\(row.validTo))",
                    "a day on which the row holds", "Check both dates.")
            }
            return faults
        }
    }

    private static func days(_ row: EvidenceRow) -> [KnowledgeFault] {
        if !row.validFrom.isEmpty, !row.validTo.isEmpty, row.validTo < row.validFrom {
            return [
                KnowledgeFault(
                    .dateOrder, column: "validTo",
                    found: "validTo \(row.validTo) is before validFrom \(row.validFrom)",
                    expected: "a later day", remedy: "Mend the dates; as they stand the row never holds.")
            ]
        }
        let first = row.approvals.filter { $0.status == "approved" && !$0.date.isEmpty }.map(\.date).min()
        guard let first, !row.validFrom.isEmpty, row.validFrom < first else { return [] }
        return [
            KnowledgeFault(
                .decisionDate, .warning, column: "validFrom",
                found: "the row holds from \(row.validFrom) on, its first approval is of \(first)",
                expected: "no day before the first approval",
                remedy: "Check both dates; leave validFrom empty where the evidence is older.")
        ]
    }

    private static func levels(_ row: EvidenceRow) -> [KnowledgeFault] {
        var faults: [KnowledgeFault] = []
        if !escat.contains(row.escat) {
            faults.append(
                KnowledgeFault(
                    .cellValue, column: "escat", found: "escat is \"\(row.escat)\"",
                    expected: "one of \(escat.filter { !$0.isEmpty }.sorted().joined(separator: ", "))",
                    remedy: "Use one of these, or leave it empty."))
        }
        guard !row.oncokb.isEmpty, row.oncokb.hasPrefix("R") == (row.direction == .sensitive) else {
            return faults
        }
        faults.append(
            KnowledgeFault(
                .levelDirection, column: "oncokb",
                found: "OncoKB level \(row.oncokb) where the direction is \(row.direction.rawValue)",
                expected: "R1 or R2 for resistance alone, 1 to 4 for sensitivity alone",
                remedy: "Mend the level or the direction."))
        return faults
    }
}
