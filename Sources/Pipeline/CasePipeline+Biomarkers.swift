internal import Biomarkers
internal import Cases
internal import Consequences
internal import GeneModels
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

// Which measures a case has, from all that was read.
extension CasePipeline {
    /// What measures rest on.
    struct Measured {
        var burdens: [MutationalBurden]
        var somatic: PassResult?
        var msi: MicrosatelliteInstability
        var statuses: [GeneStatus]
        var copyNumber: CopyNumberInput.Result?
        var structural: StructuralInput.Contents?
        /// The name of the tumor's sample.
        var tumor: String
        /// The tumor type's path to the root.
        var path: [String]

        var isLung: Bool { path.contains("LUNG") }
    }

    func biomarkers(_ measured: Measured) throws -> BiomarkerReport {
        let signatures = try signatures(measured)
        let context = BiomarkerReport.HomologousRecombination.Context(
            purity: request.identity.purity,
            genes: measured.statuses.filter { FindingBuilder.recombinationGenes.contains($0.gene) },
            model: try deficiencyScore(measured.tumor), chord: try chord(measured),
            isUnstable: measured.msi.isUnstable == true)
        let hotspots = (measured.somatic?.calls ?? []).filter {
            $0.origin == .somatic && $0.gene == "POLE"
                && $0.reasonNotUsable(usesDepthFilters: request.usesDefaultFilters) == nil
        }.compactMap { $0.reported?.proteinChange?.shortName }.filter(
            HypermutationCause.hotspotsOfPOLE.contains)
        let coding = measured.burdens.first { $0.id == BurdenDefinition.codingAll.rawValue }
        var msi = measured.msi
        let altered = (measured.somatic?.calls ?? []).filter {
            $0.origin == .somatic && $0.reasonNotUsable(usesDepthFilters: request.usesDefaultFilters) == nil
                && $0.reported?.codingEffect.isNonSynonymous == true
                && MicrosatelliteInstability.Fractions.genes.contains($0.gene)
        }
        msi.fractions = .init(
            coding, codingIndels: measured.somatic?.burden.codingIndels ?? 0,
            alteredGenes: Set(altered.map(\.gene)).sorted())
        var report = BiomarkerReport(
            tmb: measured.burdens, msi: msi, hrd: recombination(measured.copyNumber, context),
            signatures: signatures,
            hypermutation: HypermutationCause(
                burden: coding?.value, msi: measured.msi, hotspots: Set(hotspots).sorted(),
                profile: measured.somatic?.profile, signatures: signatures.sbs,
                isUpperBound: request.isTumorOnly
            ).statement)
        report.armEvents = measured.copyNumber?.arms
        if let score = request.identity.externalAssays?["pdl1TPS"].flatMap(Int.init), measured.isLung {
            let panelLike = measured.burdens.first { $0.id == BurdenDefinition.panelLike.rawValue }
            report.burdenByPDL1 = .init(panelLike, tumorProportionScore: score)
        }
        return report
    }

    /// Measures of the whole genome that are known by name alone; what is not told is left out, so that it stays undetermined.
    func states(_ report: BiomarkerReport) -> [Criterion.BiomarkerName: Truth] {
        var states: [Criterion.BiomarkerName: Truth] = [:]
        func set(_ name: Criterion.BiomarkerName, _ value: Bool?) {
            if let value { states[name] = Truth(value) }
        }
        set(.msiHigh, report.msi.isUnstable)
        set(.hrd, report.hrd.isDeficient)
        set(.mgmtMethylated, request.identity.externalAssays?["mgmtMethylated"].flatMap(Bool.init))
        switch report.armEvents?.codeletion1p19q {
        case .present?: set(.codeletion1p19q, true)
        case .absent?: set(.codeletion1p19q, false)
        case .undetermined?, nil: break
        }
        return states
    }

    // MARK: Burden and repeats

    private var withoutReference: String {
        "the reference genome, which is "
            + (request.reference == nil ? "not given" : "not read beside a MAF; give a VCF")
    }

    /// Mb of coding sequence in the callable regions: the user's number, or the coding exons of the chosen transcript of each gene on autosomes and X, cut down
    /// to the regions; nil where neither is told.
    func codingMegabases(_ genes: CallingGenes?) throws -> Double? {
        if let megabases = request.callableMegabases { return megabases }
        guard let path = request.callable, let genes else { return nil }
        let callable = try RegionSet(bed: path)
        let coding = genes.codingExons.intersection(callable)
        return coding.bases > 0 ? Double(coding.bases) / 1e6 : nil
    }

    func microsatellites(
        _ somatic: PassResult?, _ coding: MutationalBurden?
    ) throws -> MicrosatelliteInstability {
        guard let somatic else { return .init(reason: "no somatic input") }
        guard let counts = somatic.profile?.microsatellites else {
            return .init(reason: "repeats are told by \(withoutReference)")
        }
        var context = MicrosatelliteInstability.Context()
        context.purity = request.identity.purity
        context.isTumorOnly = request.isTumorOnly
        if let path = request.callable {
            context.callableMegabases = Double(try RegionSet(bed: path).bases) / 1e6
        } else if somatic.assembly == nil {
            // Of a genome that is not human only the user knows.
            guard let megabases = request.callableMegabases else {
                return .init(
                    reason: "the genome is not known and neither callable nor callableMegabases is given")
            }
            context.callableMegabases = megabases
        }
        if somatic.fields.hasAnnotation, let coding, somatic.counts.pass >= 100 {
            context.codingFraction = Double(coding.variants) / Double(somatic.counts.pass)
        }
        return .init(counts, context)
    }

    // MARK: Recombination

    func recombination(
        _ copyNumber: CopyNumberInput.Result?, _ context: BiomarkerReport.HomologousRecombination.Context
    ) -> BiomarkerReport.HomologousRecombination {
        guard let copyNumber else { return .init(reason: "no copy-number input", context) }
        switch copyNumber.scars {
        case .obstacle(let reason): return .init(reason: reason, context)
        case .counted(let scars):
            return .init(
                scars: scars, compatibility: request.scarCompatibility, ploidy: copyNumber.counts.meanPloidy,
                isWholeGenomeDoubled: copyNumber.counts.isWholeGenomeDoubled, context)
        }
    }

    private func deficiencyScore(_ tumor: String) throws -> DeficiencyScore? {
        guard let path = request.hrdetectFeatures else { return nil }
        return try DeficiencyScore(
            text: try LineReader.text(path: path), file: Self.name(path), sample: tumor)
    }

    private func chord(_ measured: Measured) throws -> ChordPrediction? {
        let forest = try request.chordModel.map { path in
            try ChordForest(text: try LineReader.text(path: path), file: Self.name(path))
        }
        guard let profile = measured.somatic?.profile else { return nil }
        let passed = somaticJunctions(measured)
        var prediction = ChordPrediction(
            ChordFeatures(
                substitutions: profile.substitutionCounts, indels: profile.contexts, rearrangements: passed),
            forest: forest, hasRearrangements: measured.structural != nil)
        if request.isTumorOnly { prediction.status.weaken(&prediction.statusReason, Self.withoutNormal) }
        return prediction
    }

    /// Junctions that pass and that the tumor has, without those that the normal has too.
    private func somaticJunctions(_ measured: Measured) -> [StructuralVariant] {
        let passed = measured.structural?.calls.variants.filter { $0.isPass && !$0.isNotInTumor } ?? []
        return request.usesDefaultFilters ? passed.filter { !$0.isInNormal } : passed
    }

    private static let withoutNormal = "without a normal sample inherited variants are counted too"

    // MARK: Signatures

    private func signatures(_ measured: Measured) throws -> BiomarkerReport.Signatures {
        let reference = try request.signatures.map { path in try referenceSignatures(path) }
        let allowed = try allowedSignatures(measured.path, reference?.table)
        var catalogue = measured.somatic?.profile?.catalogue
        catalogue?.finish()
        var segments = MutationCatalogue([.cnv48]), junctions = MutationCatalogue([.sv32])
        measured.copyNumber?.profile.all.forEach { segments.add($0) }
        let passed = somaticJunctions(measured)
        let isCountable = junctions.add(passed)
        return .init { types in
            let counts: [Double]
            switch types {
            case .sbs96, .sbs384, .dbs78, .id83:
                guard measured.somatic != nil else { return .init(reason: "no somatic input") }
                guard let catalogue else {
                    return .init(reason: "types of mutations are told by \(withoutReference)")
                }
                counts = catalogue.values(types)
            case .sv32:
                guard measured.structural != nil else { return .init(reason: "no structural input") }
                guard isCountable else { return .init(reason: "too many breakpoints on one chromosome") }
                counts = junctions.values(types)
            case .cnv48:
                guard measured.copyNumber != nil else { return .init(reason: "no copy-number input") }
                counts = segments.values(types)
            }
            var result = SignatureResult(
                counts, types, reference: reference?.types == types ? reference?.table : nil,
                allowed: allowed.map { ($0.tumorType, $0.signatures) })
            if request.isTumorOnly, types != .cnv48 {
                result.status.weaken(&result.statusReason, Self.withoutNormal)
            }
            return result
        }
    }

    /// The signatures that the table allows for the tumor type; nil without a table, and where it says nothing of the type.
    private func allowedSignatures(
        _ path: [String], _ reference: LabeledMatrix?
    ) throws -> AllowedSignatures.Choice? {
        guard let table = request.allowedSignatures, let reference else { return nil }
        let choice = try AllowedSignatures(
            text: try LineReader.text(path: table), file: Self.name(table), knowledge.tumorTypes
        ).choice(for: path)
        guard let choice, choice.signatures.isDisjoint(with: reference.columns) else { return choice }
        throw InputError(
            file: Self.name(table),
            problem:
                "none of the signatures of \(choice.tumorType) is in the reference: \(choice.signatures.sorted().prefix(5).joined(separator: ", "))",
            remedy:
                "Name signatures as \(Self.name(request.signatures ?? "")) does, such as \(reference.columns.first ?? "")."
        )
    }

    /// The reference signatures with their rows in our order.
    private func referenceSignatures(_ path: String) throws -> (types: MutationTypes, table: LabeledMatrix) {
        let table = try LabeledMatrix(text: try LineReader.text(path: path), file: Self.name(path))
        guard let types = MutationTypes.allCases.first(where: { Set($0.names) == Set(table.rows) }) else {
            throw InputError(
                file: Self.name(path),
                problem:
                    "the rows are those of no catalogue: \(table.rows.prefix(3).joined(separator: ", ")) …",
                remedy: "Give reference signatures with the rows of SBS96, DBS78, ID83, SV32 or CNV48.")
        }
        return (
            types, try table.joined(to: types.names, file: Self.name(path), other: types.rawValue)
        )
    }
}
