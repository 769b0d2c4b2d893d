internal import Biomarkers
internal import Cases
internal import Consequences
internal import Foundation
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Reads a somatic MAF: one row a variant and sample, columns found by name.
///
/// A MAF may hold many samples; a case is one tumor, so the sample is named with `--tumor` where there are several.
/// Columns: GDC MAF 1.0 and vcf2maf; names are compared without case.
enum MAFInput {
    /// Whether the path names a MAF, by its ending.
    static func isMAF(_ path: String) -> Bool {
        let lower = path.lowercased()
        return [".maf", ".maf.gz", ".maf.txt"].contains { lower.hasSuffix($0) }
    }

    static func pass(_ path: String, request: CaseRequest, knowledge: KnowledgeBase) throws
        -> CasePipeline.PassResult
    {
        let reader = try LineReader(path: path)
        let table = try Table(reader, file: CasePipeline.name(path))
        var rows: [(line: Int, cells: [Substring])] = []
        var samples = Set<String>()
        let sampleColumn = try table.column("Tumor_Sample_Barcode")
        while let line = try reader.next() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count > sampleColumn else {
                throw InputError(
                    file: CasePipeline.name(path), place: .line(reader.lineNumber),
                    problem: "\(cells.count) columns, the header has \(table.names.count)",
                    remedy: "Mend the row.")
            }
            let sample = String(cells[sampleColumn])
            samples.insert(sample)
            if let wanted = request.tumorSample, wanted != sample { continue }
            rows.append((reader.lineNumber, cells))
        }
        if let wanted = request.tumorSample, !samples.contains(wanted) {
            throw InputError(
                file: CasePipeline.name(path),
                problem: "no sample \"\(wanted)\"; the file has \(samples.count) samples",
                remedy: "Give one of them with --tumor.")
        }
        guard samples.count <= 1 || request.tumorSample != nil else {
            throw InputError(
                file: CasePipeline.name(path),
                problem: "the file has \(samples.count) tumor samples, a case has one",
                remedy: "Name it with --tumor, for example --tumor \(samples.min() ?? "").")
        }
        return try judge(
            rows, table, path: path, sample: request.tumorSample ?? samples.first ?? "", request: request,
            knowledge: knowledge)
    }

    private static func judge(
        _ rows: [(line: Int, cells: [Substring])], _ table: Table, path: String, sample: String,
        request: CaseRequest,
        knowledge: KnowledgeBase
    ) throws -> CasePipeline.PassResult {
        let builds = Set(rows.compactMap { table.text($0.cells, "NCBI_Build") })
        let found = Set(builds.compactMap { Assembly(named: $0) })
        let assembly = request.assembly ?? (found.count == 1 ? found.first : nil)
        if let stated = request.assembly, let only = found.first, found.count == 1, only != stated {
            throw InputError(
                file: CasePipeline.name(path),
                problem: "NCBI_Build is \(only.rawValue), --assembly says \(stated.rawValue)",
                remedy: "Make them agree.")
        }
        let interest = GenesOfInterest(knowledge, assembly: assembly)
        let drivers = DriverRule(knowledge, request: request, assembly: assembly)
        var burden = BurdenCounter(usesDefaultFilters: request.usesDefaultFilters)
        var tally = FileTally()
        var seen = BurdenFieldsSeen()
        var calls: [ObservedCall] = []
        var sketch = KeySketch(capacity: 1 << 20)
        let usesPass = rows.contains { table.text($0.cells, "FILTER") == "PASS" }
        var normals = Set<String>()
        for row in rows {
            tally.counts.records += 1
            if let normal = table.text(row.cells, "Matched_Norm_Sample_Barcode") { normals.insert(normal) }
            guard let variant = try table.variant(row, file: CasePipeline.name(path)) else {
                tally.drop("invalid_allele")
                continue
            }
            let filter = table.text(row.cells, "FILTER") ?? "."
            let isPass = filter == "PASS" || (filter == "." && (!usesPass || request.unfilteredIsPass))
            tally.counts.variants += 1
            if isPass { tally.counts.pass += 1 }
            let tumor = table.call(row.cells, "t"), normal = table.call(row.cells, "n")
            seen.add(call: tumor, normal: normal, frequency: table.frequency(row.cells))
            let consequence = table.consequence(row.cells)
            if isPass, variant.variantClass == .snv { sketch.insert(variant) }
            let allele = CallCollector.Allele(
                variant: variant, isPass: isPass, call: tumor, normal: normal,
                consequences: consequence.map { [$0] } ?? [],
                frequency: table.frequency(row.cells), isAnnotated: consequence != nil)
            burden.add(BurdenVariant(allele, drivers: drivers))
            guard let consequence,
                interest.genes.contains(consequence.gene) && consequence.isNonsynonymous
                    || interest.isListed(variant)
            else { continue }
            var call = ObservedCall(
                variant: variant, locus: table.locus(row.cells), origin: .somatic, call: tumor,
                isPass: isPass, filters: filter)
            call.gene = consequence.gene
            call.consequences = [consequence]
            call.reported = consequence
            call.isAnnotated = true
            calls.append(call)
        }
        var fields = BurdenFields()
        fields.hasAnnotation = true
        fields.hasTumorDepth = seen.hasDepth
        fields.hasTumorVAF = seen.hasVAF
        fields.hasNormal = seen.hasNormal
        fields.hasPopulationFrequency = seen.hasFrequency
        let warning = CaseSummary.Warning(
            code: "maf_input",
            message:
                "\(CasePipeline.name(path)): a MAF gives one transcript a variant and no VCF, so no annotated VCF is written."
        )
        return CasePipeline.PassResult(
            calls: calls, counts: tally.counts,
            samples: .init(
                tumor: sample, normal: normals.count == 1 ? normals.first ?? "" : "",
                decidedBy: "Tumor_Sample_Barcode"),
            assembly: assembly, burden: burden, fields: fields, sketch: sketch,
            sexCheck: SexCheck(assembly: assembly),
            warnings: [warning], hasAnnotation: true)
    }

    /// The columns of a MAF.
    struct Table {
        let names: [String]
        private let index: [String: Int]
        private let file: String

        init(_ reader: LineReader, file: String) throws(InputError) {
            self.file = file
            var header: String?
            while let line = try reader.next() {
                if line.hasPrefix("#") || line.isEmpty { continue }
                header = line
                break
            }
            names = (header ?? "").split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            var index: [String: Int] = [:]
            for (place, name) in names.enumerated() where index[name.lowercased()] == nil {
                index[name.lowercased()] = place
            }
            self.index = index
            for name in [
                "Hugo_Symbol", "Chromosome", "Start_Position", "Reference_Allele", "Tumor_Seq_Allele2",
                "Variant_Classification",
            ] {
                _ = try column(name)
            }
        }

        func column(_ name: String) throws(InputError) -> Int {
            guard let place = index[name.lowercased()] else {
                throw InputError(
                    file: file, problem: "the MAF has no column \(name)",
                    remedy: "Give a MAF with the GDC's columns; vcf2maf makes one.")
            }
            return place
        }

        func text(_ cells: [Substring], _ name: String) -> String? {
            guard let place = index[name.lowercased()], place < cells.count, !cells[place].isEmpty,
                cells[place] != "."
            else {
                return nil
            }
            return String(cells[place])
        }

        /// The variant without anchor; nil for alleles that are no bases.
        ///
        /// A MAF writes an insertion between Start and End (so after Start) and a deletion from Start.
        func variant(_ row: (line: Int, cells: [Substring]), file: String) throws(InputError) -> Variant? {
            guard let start = Int(text(row.cells, "Start_Position") ?? ""), start > 0 else {
                throw InputError(
                    file: file, place: .line(row.line),
                    problem:
                        "Start_Position is \"\(text(row.cells, "Start_Position") ?? "")\", a position was expected",
                    remedy: "Mend the row.")
            }
            let reference = (text(row.cells, "Reference_Allele") ?? "").uppercased()
            let second = (text(row.cells, "Tumor_Seq_Allele2") ?? "").uppercased()
            let first = (text(row.cells, "Tumor_Seq_Allele1") ?? "").uppercased()
            let alternate = second == reference && !first.isEmpty ? first : second
            let ref = reference == "-" ? "" : reference, alt = alternate == "-" ? "" : alternate
            guard ref != alt, (ref + alt).utf8.allSatisfy({ "ACGT".utf8.contains($0) }) else { return nil }
            return Variant(
                contig: Contig(text(row.cells, "Chromosome") ?? ""),
                oneBased: ref.isEmpty ? start + 1 : start, reference: ref,
                alternate: alt
            ).trimmed(keepingAnchor: false)
        }

        func locus(_ cells: [Substring]) -> String {
            "\(text(cells, "Chromosome") ?? ""):\(text(cells, "Start_Position") ?? "") "
                + "\(text(cells, "Reference_Allele") ?? "-")>\(text(cells, "Tumor_Seq_Allele2") ?? "-")"
        }

        /// Reads of the tumor (`t`) or the normal (`n`).
        func call(_ cells: [Substring], _ side: String) -> SampleCall {
            func integer(_ name: String) -> Int? { text(cells, name).flatMap { Int($0) } }
            let alternate = integer("\(side)_alt_count")
            let reference = integer("\(side)_ref_count")
            let sum = alternate.flatMap { alternate in reference.map { alternate + $0 } }
            let depth = sum ?? integer("\(side)_depth")
            let vaf = depth.flatMap { depth in
                alternate.flatMap { depth > 0 ? Double($0) / Double(depth) : nil }
            }
            return SampleCall(depth: depth, alternateDepth: alternate, vaf: vaf)
        }

        func frequency(_ cells: [Substring]) -> Double? {
            names.filter { $0.lowercased().hasPrefix("gnomad") && $0.lowercased().hasSuffix("af") }
                .compactMap { text(cells, $0).flatMap { VCFRecord.number($0) } }.max()
        }

        func consequence(_ cells: [Substring]) -> Consequence? {
            let terms = (text(cells, "Consequence") ?? "").split(whereSeparator: {
                $0 == "," || $0 == ";" || $0 == "&"
            })
            .compactMap { SequenceOntologyTerm(reading: $0) }
            let own =
                terms.isEmpty
                ? Self.terms[text(cells, "Variant_Classification") ?? ""].map { [$0] } ?? [] : terms.sorted()
            guard !own.isEmpty, let gene = text(cells, "Hugo_Symbol") else { return nil }
            let long =
                text(cells, "HGVSp") ?? text(cells, "HGVSp_Short") ?? text(cells, "Protein_Change") ?? ""
            let name = long.split(separator: ":").last.map(String.init) ?? ""
            let change = ProteinChange(hgvs: name)
            let coding = (text(cells, "HGVSc") ?? "").split(separator: ":").last.map(String.init) ?? ""
            return Consequence(
                gene: gene, transcript: text(cells, "Transcript_ID") ?? "", terms: own, codingName: coding,
                proteinName: change?.threeLetterName ?? name, proteinChange: change,
                exon: text(cells, "EXON").flatMap { Int($0.prefix { $0.isNumber }) },
                isProteinCoding: text(cells, "BIOTYPE").map { $0 == "protein_coding" } ?? true)
        }

        /// MAF classifications as Sequence Ontology terms. Source: vcf2maf's mapping, read backwards.
        private static let terms: [String: SequenceOntologyTerm] = [
            "Frame_Shift_Del": .frameshiftVariant, "Frame_Shift_Ins": .frameshiftVariant,
            "In_Frame_Del": .inframeDeletion,
            "In_Frame_Ins": .inframeInsertion, "Missense_Mutation": .missenseVariant,
            "Nonsense_Mutation": .stopGained,
            "Nonstop_Mutation": .stopLost, "Translation_Start_Site": .startLost, "Silent": .synonymousVariant,
            "Splice_Site": .spliceDonorVariant, "Splice_Region": .spliceRegionVariant,
            "5'UTR": .fivePrimeUTRVariant,
            "3'UTR": .threePrimeUTRVariant, "5'Flank": .upstreamGeneVariant,
            "3'Flank": .downstreamGeneVariant,
            "Intron": .intronVariant, "IGR": .intergenicVariant, "RNA": .nonCodingTranscriptExonVariant,
        ]
    }
}
