internal import Cases
internal import Consequences
internal import Genome
internal import HTS
internal import Variants

/// Writes the somatic calls of a VCF or BCF as a MAF, a row for each ALT with explicit bases.
///
/// Calls that lie on one copy and act together (``CaseHaplotypes``) are one row, in place of the first of them.
struct SomaticMAF: Sendable {
    let file: CallFile
    let decoder: VariantReader.Decoder
    /// Calls that stand for several, in genes of interest.
    let combined: [ObservedCall]

    /// Writes the file to `path`; `final` is its name in messages, `caseID` names the tumor where the input does not.
    /// `consequences` is nil where they are the input's.
    ///
    /// - Returns: whether there was anything to write rows from: consequences, the input's or ours.
    func write(
        to path: String, final: String, caseID: String, consequences: AnnotatedVCF.Consequences?
    ) throws -> Bool {
        guard consequences != nil || file.annotation != nil else { return false }
        let reader = try VariantReader(path: file.path, fields: file.fields, decoder: decoder)
        let fasta = try consequences.map { try FastaReader(path: $0.reference) }
        var caller = consequences.map { RecordCaller(model: $0.genes.model, choice: $0.genes.choice) }
        let samples = [file.roles.tumor, file.roles.normal].map {
            SampleRoles.sampleName(column: $0, header: file.header) ?? ""
        }
        let writer = MAFWriter(
            build: file.assembly.assembly?.rawValue ?? "", tumor: samples[0].isEmpty ? caseID : samples[0],
            normal: samples[1])
        let out = try PartWriter(path: path, file: final)
        try out.write(MAFWriter.header.utf8)
        var whole: [String: ObservedCall] = [:]
        for call in combined where !call.variant.reference.isEmpty || !call.variant.alternate.isEmpty {
            for member in call.members { whole[member.locus] = call }
        }
        var record = VCFRecord()
        var contig: (name: String, contig: Contig)?
        var outcomes: [AlleleOutcome] = []
        var recent: [VCFRecord] = []
        let normalizer = AlleleNormalizer()
        while try reader.next(into: &record) {
            if contig?.name != record.contigName {
                try fasta?.check()
                let next = Contig(record.contigName)
                contig = (record.contigName, next)
                recent.removeAll()
                caller?.enter(next, sequence: try fasta?.sequence(of: next))
            }
            guard let contig, ContigStyles.counts(record.contigName, stated: file.contigStyle) else {
                continue
            }
            if var fasta {
                _ = try normalizer.normalize(record, on: contig.contig, reference: &fasta, into: &outcomes)
            } else {
                normalizer.normalize(record, on: contig.contig, into: &outcomes)
            }
            if file.annotation?.source == .bcftools {
                if recent.count == CallCollector.maximumRecent { recent.removeFirst() }
                recent.append(record)
            }
            for case .variant(let variant, let index) in outcomes {
                let locus = CallCollector.locus(record, index)
                if let call = whole[locus] {
                    guard call.members.first?.locus == locus else { continue }
                    try out.write(row(writer, call, record, index).utf8)
                    continue
                }
                var call = MAFWriter.Call(
                    variant: variant.trimmed(keepingAnchor: false), contigName: record.contigName,
                    consequences: Self.consequences(record, index, &caller, file.annotation, recent))
                setReads(&call, record, index)
                try out.write(writer.row(call).utf8)
            }
        }
        try fasta?.check()
        try out.close()
        return true
    }

    private static func consequences(
        _ record: VCFRecord, _ index: Int, _ caller: inout RecordCaller?, _ annotation: ExistingAnnotation?,
        _ recent: [VCFRecord]
    ) -> [Consequence] {
        let alternates = record.split(record.column(4), by: UInt8(ascii: ","))
        guard alternates.indices.contains(index - 1) else { return [] }
        guard caller != nil else {
            return annotation?.consequences(for: record, alleleIndex: index) { position in
                recent.last { $0.position == position }
            } ?? []
        }
        guard let isKnown = caller.map({ $0.hasSequence && $0.sequence.matches(record) }), isKnown,
            caller?.call(record, alternate: alternates[index - 1]) == .small
        else { return [] }
        return (caller?.found ?? []).compactMap { caller?.consequence($0) }
    }

    private func row(_ writer: MAFWriter, _ whole: ObservedCall, _ record: VCFRecord, _ index: Int) -> String
    {
        var call = MAFWriter.Call(
            variant: whole.variant, contigName: record.contigName, consequences: whole.consequences)
        setReads(&call, record, index)
        call.tumor = whole.call
        call.tumorReference = nil
        return writer.row(call)
    }

    private func setReads(_ call: inout MAFWriter.Call, _ record: VCFRecord, _ index: Int) {
        call.tumor = file.depths.tumorCall(record, alleleIndex: index, roles: file.roles)
        call.normal = file.depths.normalCall(record, alleleIndex: index, roles: file.roles)
        call.tumorReference = Self.reference(call.tumor, record, file.roles.tumor)
        call.normalReference = Self.reference(call.normal, record, file.roles.normal)
        call.isHomozygous =
            file.roles.tumor.flatMap { Genotype(record, sample: $0) }.map {
                $0.ploidy > 1 && $0.copies(of: index) == $0.ploidy
            } ?? false
        call.filters = record.filters.isEmpty ? "." : record.filters.joined(separator: ";")
        call.identifiers = record.id
    }

    /// Reads with REF: what is not the only ALT's, or the first number of AD.
    private static func reference(_ call: SampleCall, _ record: VCFRecord, _ column: Int?) -> Int? {
        if record.alternateCount == 1 {
            return call.depth.flatMap { depth in call.alternateDepth.map { max(depth - $0, 0) } }
        }
        guard let column else { return nil }
        let counts = record.formatIntegers("AD", sample: column)
        return counts.count == record.alternateCount + 1 ? counts[0].map { Int($0) } : nil
    }
}
