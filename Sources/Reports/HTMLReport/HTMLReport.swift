internal import Biomarkers
public import Cases
internal import Foundation
internal import Genome

/// report.html: one self-contained page for the board, which opens without a network.
///
/// What must be known first stands first: the headline, then warnings, then findings with a treatment, each with its
/// evidence for and against, then everything else, down to the checksums.
public enum HTMLReport {
    /// Renders a case.
    public static func text(_ summary: CaseSummary) -> String {
        let words = ReportText(language: summary.case.language)
        var context = page(summary, words)
        let findings = summary.findings
        let card = HTMLTemplate(HTMLTemplates.card)
        func cards(_ chosen: [Finding]) -> [[String: any TemplateValue]] {
            chosen.map { ["html": card.render(self.card($0, words))] }
        }
        let somatic = findings.filter { $0.origin == .somatic }
        context["therapies"] = (summary.therapies ?? []).map { therapy($0, words) }
        context["hasTherapies"] = summary.therapies?.isEmpty == false
        context["targetable"] = cards(somatic.filter(\.targetable))
        context["other"] = cards(somatic.filter { !$0.targetable && !$0.evidence.isEmpty })
        let plain = somatic.filter { !$0.targetable && $0.evidence.isEmpty }
        context["hasPlain"] = !plain.isEmpty
        context["plain"] = plain.map { plainRow($0, words) }
        context["germline"] = cards(
            findings.filter { $0.origin == .germline && $0.kind != .pharmacogenetic })
        context["pharmacogenes"] = pharmacogenes(summary, words)
        context["hasPharmacogenes"] = summary.pharmacogenes?.isEmpty == false
        return HTMLTemplate(HTMLTemplates.page).render(context)
    }

    /// One sentence on a case: drivers, targetable findings, best tier.
    public static func headline(_ summary: CaseSummary) -> String {
        headline(summary, ReportText(language: summary.case.language))
    }

    private static func headline(_ summary: CaseSummary, _ words: ReportText) -> String {
        let count = summary.findings.count
        let targetable = summary.findings.count(where: \.targetable)
        let hasDriver = summary.findings.contains(where: \.isDriver)
        var parts = [
            "\(count) \(count == 1 ? words["finding"] : words["findings"]), \(targetable) \(words["ofThem"])",
            hasDriver ? words["driverFound"] : words["noDriver"],
        ]
        let tiers = summary.findings.filter { !$0.evidence.isEmpty && $0.kind != .pharmacogenetic }.map(
            \.tier)
        if let best = Finding.Tier.allCases.first(where: { tiers.contains($0) }) {
            parts.append("\(words["bestTier"]) \(best.rawValue)")
        }
        if !summary.assessment.isAssessable { parts.insert(words["notAssessable"].uppercased(), at: 0) }
        return parts.joined(separator: "; ")
    }

    private static func page(_ summary: CaseSummary, _ words: ReportText) -> [String: any TemplateValue] {
        let alertCodes: Set<String> = [
            "not_assessable", "normal_sample_differs", "filtered_match", "annotation_disagrees",
            "somatic_is_germline",
            "sex_differs",
        ]
        func warning(_ warning: CaseSummary.Warning) -> [String: any TemplateValue] {
            ["code": warning.code, "message": warning.message]
        }
        return [
            "t": words, "style": HTMLTemplates.style, "id": summary.case.id,
            "tumorName": summary.case.tumorType.name,
            "tumorCode": summary.case.tumorType.code, "headline": headline(summary, words),
            "hasWarnings": !summary.warnings.isEmpty,
            "alerts": summary.warnings.filter { alertCodes.contains($0.code) }.map(warning),
            "notes": summary.warnings.filter { !alertCodes.contains($0.code) }.map(warning),
            "facts": facts(summary, words), "burdens": burdens(summary, words),
            "measures": measures(summary, words), "pictures": pictures(summary),
            "hasMisses": !summary.nearMisses.isEmpty,
            "misses": summary.nearMisses.map {
                ["gene": $0.gene, "evidence": $0.evidence, "needed": $0.needed, "seen": $0.seen]
                    as [String: any TemplateValue]
            },
            "counts": counts(summary), "program": summary.provenance.program,
            "htslib": summary.provenance.htslib,
            "command": summary.provenance.command,
            "sources": (summary.provenance.inputs + summary.provenance.sources).map {
                ["name": $0.name, "version": $0.version, "sha256": $0.sha256] as [String: any TemplateValue]
            },
        ]
    }

    private static func facts(_ summary: CaseSummary, _ words: ReportText) -> [[String: any TemplateValue]] {
        let identity = summary.case
        var facts: [(String, String)] = [
            ("patient", identity.patient), ("tumorType", identity.tumorType.path.joined(separator: " → ")),
            (
                "indication",
                identity.indication.isEmpty
                    ? "–" : "\(identity.indication) (\(words[identity.indicationSource]))"
            ),
            ("assembly", identity.assembly),
        ]
        if let sex = identity.sex { facts.append(("sex", sex)) }
        if let age = identity.age { facts.append(("age", String(age))) }
        if let biopsy = identity.biopsy {
            facts.append(
                (
                    "biopsy",
                    [biopsy.number.map { String($0) }, biopsy.date].compactMap(\.self).joined(separator: ", ")
                ))
        }
        if let purity = identity.purity { facts.append(("purity", String(purity))) }
        if let ploidy = identity.ploidy { facts.append(("ploidy", String(ploidy))) }
        if let prior = identity.priorTherapies {
            facts.append(("priorTherapies", prior.joined(separator: ", ")))
        }
        if let assays = identity.externalAssays {
            facts.append(
                (
                    "external",
                    assays.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                ))
        }
        let names = [("tumor", summary.samples.tumor), ("normal", summary.samples.normal)]
            .filter { !$0.1.isEmpty }.map { "\(words[$0.0]) \($0.1)" }
        facts.append(
            (
                "samples",
                (names + ["\(words["decidedBy"]) \(summary.samples.decidedBy)"]).joined(separator: ", ")
            ))
        facts.append(("country", identity.country))
        return facts.map { ["name": words[$0.0], "value": $0.1] }
    }

    private static func megabases(_ bases: Int) -> Double { (Double(bases) / 1e4).rounded() / 100 }

    private static func therapy(_ line: TherapyLine, _ words: ReportText) -> [String: any TemplateValue] {
        func told(_ reasons: [TherapyLine.Reason], isFor: Bool) -> [String] {
            reasons.map { reason in
                // A tier grades what a drug does against the tumor, not the harm that it does.
                var parts = reason.direction == "adverse" ? [] : ["\(words["tier"]) \(reason.tier.rawValue)"]
                parts.append(words[reason.label])
                if !isFor { parts.insert(words[reason.direction], at: 0) }
                if reason.isProbable == true { parts.append(words["probable"]) }
                return "\(reason.event) (\(parts.joined(separator: ", ")); \(reason.evidence))"
            }
        }
        let isRuledOut = !line.isTargetable && !line.supporting.isEmpty && !line.opposing.isEmpty
        return [
            "therapy": line.therapy, "access": line.supporting.isEmpty ? "" : words[line.access],
            "isGone": isRuledOut, "isHit": line.isTargetable,
            "for": told(line.supporting, isFor: true), "against": told(line.opposing, isFor: false),
        ]
    }

    private static func card(_ finding: Finding, _ words: ReportText) -> [String: any TemplateValue] {
        var details = [finding.hgvsp, finding.hgvsc].compactMap(\.self)
        if !finding.locus.isEmpty { details.append(finding.locus) }
        if let vaf = finding.vaf { details.append("VAF \(percent(vaf))") }
        if let depth = finding.depth { details.append("\(words["depth"]) \(depth)") }
        if let zygosity = finding.zygosity { details.append(zygosity) }
        if !finding.consequence.isEmpty { details.append(finding.consequence.joined(separator: ", ")) }
        if let found = finding.oncogenicity, !found.codes.isEmpty {
            // Below a class the points say what was seen, not that the variant is harmless.
            let name =
                found.classification == "uncertain"
                ? [] : [found.classification.replacingOccurrences(of: "_", with: " ")]
            let points = "\(found.points) \(words["points"]) (\(found.codes.joined(separator: ", ")))"
            details.append("\(words["oncogenicity"]): \((name + [points]).joined(separator: ", "))")
        }
        if let copies = finding.copyNumberState {
            details.append("\(words["copies"]) \(copies.minimum)–\(copies.maximum) (\(copies.basis))")
            details.append(
                "\(copies.rule); \(words[copies.isFocal ? "focal" : "broad"]), \(megabases(copies.length)) Mb"
            )
            if !copies.together.isEmpty {
                details.append("\(words["together"]): \(copies.together.joined(separator: ", "))")
            }
        }
        if let disruption = finding.disruptionState {
            details.append(
                disruption.breaks.map { "\($0.locus) \($0.place) (\($0.region))" }.joined(separator: ", "))
            if let whole = disruption.undisruptedCopies, let broken = disruption.junctionCopies {
                details.append("\(words["broken"]) \(two(broken)), \(words["whole"]) \(two(whole))")
            }
            if !disruption.isLossOfFunction { details.append(words["copyLeft"]) }
            if disruption.mate.hasPrefix("mate_") { details.append(words[disruption.mate]) }
        }
        if finding.isOutsidePanel == true { details.append(words["outsidePanel"]) }
        if let biallelic = finding.biallelic, biallelic != "unknown" { details.append(words[biallelic]) }
        if let members = finding.haplotype {
            let alone = members.map { $0.hgvsp ?? $0.hgvsc ?? $0.locus }
            details.append("\(words["oneCopy"]): \(alone.joined(separator: ", "))")
        }
        return [
            "t": words, "gene": finding.gene, "alteration": finding.alteration,
            "tier": finding.tier.rawValue,
            "driver": finding.isDriver, "isTargetable": finding.targetable,
            "class": finding.class.map { String($0) as any TemplateValue } ?? false, "details": details,
            "evidence": finding.evidence.map { item($0, words) },
        ]
    }

    private static func item(_ item: Finding.Evidence, _ words: ReportText) -> [String: any TemplateValue] {
        let levels = [
            ("AMP", item.levels.amp), ("CIViC", item.levels.civic), ("OncoKB", item.levels.oncokb),
            ("ESCAT", item.levels.escat),
            ("ESCAT (\(words["proposed"]))", item.levels.escatProposed ?? ""),
            ("Oxford", item.levels.oxford),
        ].filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
        return [
            "therapies": item.therapies.joined(separator: ", "), "direction": item.direction,
            "effect": words[item.direction],
            "note": item.note, "isContradicted": item.isContradicted, "isProbable": item.isProbable == true,
            "levels": levels.joined(separator: " · "),
            "label": words[item.label], "path": item.path,
            "access": item.direction == "sensitive" ? words[item.access] : "",
            "approvals": item.direction == "sensitive"
                ? (item.approvals + item.nationalDecisions).joined(separator: "; ") : "",
            "id": item.id,
            "criterion": item.criterion, "granularity": item.granularity, "isUnverified": !item.isVerified,
            "citations": item.citations.map(citation),
        ]
    }

    /// A citation with a link where it is a PubMed id or names an address.
    static func citation(_ text: String) -> [String: any TemplateValue] {
        if text.hasPrefix("PMID:"), let id = Int(text.dropFirst(5)) {
            return ["text": text, "url": "https://pubmed.ncbi.nlm.nih.gov/\(id)/"]
        }
        if let start = text.firstRange(of: "https://") {
            let words = text[..<start.lowerBound].trimmingCharacters(in: CharacterSet(charactersIn: ", "))
            let address = text[start.lowerBound...].prefix { !$0.isWhitespace }
            return ["text": words.isEmpty ? String(address) : words, "url": String(address)]
        }
        return ["text": text, "url": false]
    }

    private static func plainRow(_ finding: Finding, _ words: ReportText) -> [String: any TemplateValue] {
        [
            "gene": finding.gene, "alteration": finding.alteration, "locus": finding.locus,
            "consequence": finding.consequence.joined(separator: ", "), "vaf": finding.vaf.map(percent) ?? "",
            "depth": finding.depth.map { String($0) } ?? "", "tier": finding.tier.rawValue,
            "driver": finding.isDriver ? words["yes"] : words["no"],
        ]
    }

    private static func burdens(_ summary: CaseSummary, _ words: ReportText) -> [[String: any TemplateValue]]
    {
        summary.biomarkers.tmb.map { burden in
            let interval = burden.interval95.map { "\(two($0[0]))–\(two($0[1]))" } ?? ""
            var counted = burden.value == nil ? "" : "\(burden.variants)"
            if let megabases = burden.megabases {
                counted += " / \(two(megabases)) Mb (\(burden.denominatorSource ?? ""))"
            }
            let dropped = burden.dropped.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                separator: ", ")
            return [
                "id": burden.id,
                "value": burden.value.map { "\(two($0)) \(burden.unit)" } ?? words["notComputed"],
                "interval": interval,
                "classification": (burden.classification ?? "")
                    + (burden.isBorderline ? " (\(words["borderline"]))" : ""),
                "counted": counted,
                "status": burden.status.rawValue
                    + (burden.statusReason.isEmpty ? "" : ": \(burden.statusReason)"),
                "filter": burden.filter,
                "dropped": dropped.isEmpty ? [String]() : ["\(words["dropped"]): \(dropped)"],
            ] as [String: any TemplateValue]
        }
    }

    private static func measures(_ summary: CaseSummary, _ words: ReportText) -> [[String: any TemplateValue]]
    {
        let b = summary.biomarkers
        var rows: [[String: any TemplateValue]] = [
            ["name": words["msi"], "text": microsatellites(b.msi, words)],
            ["name": words["hrd"], "text": recombination(b.hrd, words)],
            [
                "name": words["signatures"],
                "text": Self.signatures(b.signatures, words),
            ],
        ]
        if let table = b.burdenByPDL1 {
            let borderline = table.isBorderline ? " (\(words["borderline"]))" : ""
            rows.append([
                "name": "TMB × PD-L1",
                "text":
                    "TMB \(table.burden)\(borderline), TPS \(table.tumorProportionScore) % (\(table.group))",
            ])
        }
        if let arms = b.armEvents { rows.append(["name": words["arms"], "text": Self.arms(arms, words)]) }
        if let panel = summary.panel {
            let missed =
                "\(panel.outside) (\(words["driver"]) \(panel.driversOutside), "
                + "\(words["ofThem"]) \(panel.targetableOutside))"
            rows.append([
                "name": words["panel"],
                "text": "\(megabases(panel.bases)) Mb; \(words["outsidePanel"]): \(missed); "
                    + "\(words["insidePanel"]): \(panel.inside)",
            ])
        }
        if b.hypermutation.isHypermutated {
            rows.append([
                "name": words["hypermutation"],
                "text": ([b.hypermutation.cause].filter { !$0.isEmpty } + b.hypermutation.evidence)
                    .joined(separator: "; "),
            ])
        }
        return rows
    }

    private static func arms(_ arms: ArmEvents, _ words: ReportText) -> String {
        func names(_ event: ArmEvents.Event) -> String {
            let found = arms.arms.filter { $0.event == event }.map(\.arm)
            return found.isEmpty ? "–" : found.joined(separator: ", ")
        }
        let pairs = [("1p/19q", arms.codeletion1p19q), ("+7/−10", arms.gain7Loss10)].map {
            "\($0.0): \(words[$0.1.rawValue])"
        }
        let events = [
            "\(words["gain"]): \(names(.gain))", "\(words["loss"]): \(names(.loss))",
            "\(words["partial"]): \(names(.partial))",
        ]
        return (pairs + events).joined(separator: "; ")
    }

    /// The catalogues that are large enough to be refitted, and what was fitted, as pictures.
    private static func pictures(_ summary: CaseSummary) -> [[String: any TemplateValue]] {
        let sample = summary.samples.tumor.isEmpty ? summary.case.id : summary.samples.tumor
        let signatures = summary.biomarkers.signatures
        let all: [(types: MutationTypes, result: SignatureResult)] = [
            (.sbs96, signatures.sbs), (.dbs78, signatures.dbs), (.id83, signatures.id),
            (.sv32, signatures.sv),
            (.cnv48, signatures.cn),
        ]
        var pictures: [String] = []
        var fault = ""
        do {
            if let picture = try copyNumbers(summary, sample: sample) { pictures.append(picture) }
        } catch {
            fault = "\(error)"
        }
        for (types, result) in all {
            guard let catalogue = result.catalogue,
                result.mutations ?? 0 >= SignatureResult.fewest[types] ?? 1
            else { continue }
            let counts = types.names.map { Double(catalogue[$0] ?? 0) }
            pictures.append(SpectrumPlot(sample: sample, types: types, counts: counts).svg)
            guard let exposures = result.exposures, !exposures.isEmpty else { continue }
            let bars = exposures.map { exposure in
                let ends = exposure.interval90.sorted()
                return ExposurePlot.Exposure(
                    signature: exposure.signature, value: exposure.mutations,
                    interval: ends.count == 2 ? ends[0]...ends[1] : nil)
            }
            pictures.append(ExposurePlot(sample: sample, exposures: bars).svg)
        }
        // A picture within a page has no declaration of its own.
        let drawn: [[String: any TemplateValue]] = pictures.map { svg in
            ["svg": String(svg[(svg.range(of: "<svg")?.lowerBound ?? svg.startIndex)...])]
        }
        return drawn + (fault.isEmpty ? [] : [["svg": "", "fault": fault]])
    }

    /// The copy numbers along the genome; nil where there are none.
    private static func copyNumbers(_ summary: CaseSummary, sample: String) throws(InputError) -> String? {
        guard let track = summary.copyNumberTrack, let assembly = Assembly(named: summary.case.assembly)
        else {
            return nil
        }
        return try CopyNumberPlot(
            sample: sample, segments: track.values, assembly: assembly, isFemale: summary.case.sex != "male",
            file: summary.case.id
        ).svg
    }

    private static func signatures(_ signatures: BiomarkerReport.Signatures, _ words: ReportText) -> String {
        let all = [
            ("SBS", signatures.sbs), ("DBS", signatures.dbs), ("ID", signatures.id), ("SV", signatures.sv),
            ("CN", signatures.cn),
        ]
        let fitted = all.compactMap { name, result -> String? in
            guard let exposures = result.exposures, let count = result.mutations else { return nil }
            let parts = exposures.filter(\.isPresent).map { "\($0.signature) \(percent($0.fraction))" }
            let text = parts.isEmpty ? "–" : parts.joined(separator: ", ")
            let reason = result.statusReason.isEmpty ? "" : " (\(result.statusReason))"
            return "\(name) (\(count)): \(text)\(reason)"
        }
        if !fitted.isEmpty { return fitted.joined(separator: "; ") }
        let counted = all.compactMap { name, result in result.mutations.map { "\(name) \($0)" } }
        let reason = "\(words["notComputed"]): \(signatures.sbs.statusReason)"
        return counted.isEmpty ? reason : "\(reason) (\(counted.joined(separator: ", ")))"
    }

    private static func microsatellites(_ msi: MicrosatelliteInstability, _ words: ReportText) -> String {
        guard let name = msi.classification, let value = msi.indelsPerMegabase, let count = msi.indels,
            let megabases = msi.megabases
        else { return "\(words["notComputed"]): \(msi.statusReason)" }
        let parts = ["\(name): \(two(value)) / Mb (\(count) / \(two(megabases)) Mb)", msi.statusReason]
        return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private static func recombination(
        _ hrd: BiomarkerReport.HomologousRecombination, _ words: ReportText
    ) -> String {
        let hit = (hrd.genes ?? []).filter { !$0.hits.isEmpty }.map {
            "\($0.gene) \(words[$0.status.rawValue]) (\($0.hits.joined(separator: ", ")); \($0.reason))"
        }
        func doubt(_ reason: String?) -> String {
            reason.flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
        }
        let chord = hrd.chord.flatMap(\.probability).map {
            "CHORD \(two($0)): \(hrd.chord?.hrStatus ?? ""), \(hrd.chord?.hrdType ?? "")"
                + doubt(hrd.chord?.statusReason)
        }
        let model = hrd.model.map { model in
            "HRDetect "
                + (model.probability.map { two($0) + doubt(model.statusReason) }
                    ?? "\(words["notComputed"]): \(model.statusReason)")
        }
        let scores = [chord, model].compactMap(\.self)
        guard let sum = hrd.sum, let loh = hrd.loh, let tai = hrd.tai, let lst = hrd.lst else {
            let verdict = hrd.model?.probability == nil ? [] : [hrd.verdict ?? ""]
            return (["\(words["notComputed"]): \(hrd.statusReason)"] + hit + scores + verdict).joined(
                separator: "; ")
        }
        return (["LOH \(loh) + TAI \(tai) + LST \(lst) = \(sum)"] + hit + scores + [hrd.verdict ?? ""])
            .joined(separator: "; ")
    }

    private static func counts(_ summary: CaseSummary) -> [[String: any TemplateValue]] {
        let junctions: [[String: any TemplateValue]] =
            summary.counts.structural.map { counts in
                func list(_ counts: [String: Int]) -> String {
                    counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                }
                let caller = counts.caller.isEmpty ? "" : ", \(counts.caller)"
                let more = [list(counts.mates.filter { $0.key != "paired" }), list(counts.unread)]
                return [
                    [
                        "name": "structural (\(counts.format)\(caller))", "records": counts.records,
                        "variants": list(counts.junctions), "pass": list(counts.pass),
                        "dropped": more.filter { !$0.isEmpty }.joined(separator: ", "),
                    ]
                ]
            } ?? []
        let segments: [[String: any TemplateValue]] =
            summary.counts.copyNumber.map {
                let ploidy = $0.ploidy.map { ", ploidy \(two($0))" } ?? ""
                return [
                    [
                        "name": "copy number (\($0.format))", "records": $0.segments, "variants": "",
                        "pass": "",
                        "dropped": "\($0.genes) genes, rule \($0.rule)\(ploidy)",
                    ]
                ]
            } ?? []
        return [("somatic", summary.counts.somatic), ("germline", summary.counts.germline)].compactMap {
            name, counts in
            guard let counts else { return nil }
            let dropped = counts.dropped.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return [
                "name": name, "records": counts.records, "variants": counts.variants, "pass": counts.pass,
                "dropped": dropped.joined(separator: ", "),
            ]
        } + junctions + segments
    }

    private static func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }

    private static func two(_ value: Double) -> String { String(format: "%.2f", value) }
}
