internal import GeneModels
internal import Genome
public import Variants

/// Prints consequences as VEP's INFO field `CSQ`: one entry a transcript, fields between `|`, entries between `,`.
///
/// The fields are those of VEP, in its order where it has them by default; `PICK` is 1 for the entry that is reported of a
/// gene. `HGVSg` names the contig as the file does. The last five are ours, and are filled once all records of a
/// haplotype are known (``CodingEntry/insert(_:into:)``).
///
/// - Source: Ensembl VEP 115, output formats.
public struct CSQWriter: Sendable {
    /// The fields of an entry.
    public static let fields = [
        "Allele", "Consequence", "IMPACT", "SYMBOL", "Gene", "Feature_type", "Feature", "BIOTYPE", "EXON",
        "INTRON",
        "HGVSc", "HGVSp", "cDNA_position", "CDS_position", "Protein_position", "Amino_acids", "Codons",
        "ALLELE_NUM",
        "DISTANCE", "STRAND", "FLAGS", "PICK", "HGNC_ID", "CANONICAL", "MANE_SELECT", "MANE_PLUS_CLINICAL",
        "ENSP",
        "HGVS_OFFSET", "HGVSg", "HAPLOTYPE", "HAPLOTYPE_Consequence", "HAPLOTYPE_HGVSc", "HAPLOTYPE_HGVSp",
        "POSSIBLE_MNV",
    ]

    /// The declaration of the field.
    public static let headerLine =
        "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from wgs-annotate, in the layout "
        + "of Ensembl VEP. Format: \(fields.joined(separator: "|"))\">"

    /// The declaration of `ANN`.
    public static let annotationHeaderLine =
        "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: "
        + "'\(ANNWriter.fields.joined(separator: " | "))'\">"

    /// Whether every transcript is printed, or the reported one of each gene.
    public let printsAll: Bool
    /// The value of SnpEff's `ANN` for the last record; empty where it is not asked for.
    public private(set) var annotations: [UInt8] = []
    private var annotationWriter: ANNWriter?
    /// The entries that were written for changes in coding bases, each with the change.
    public private(set) var codingEntries: [CodingEntry] = []
    private var picked: [TranscriptConsequence] = []
    private var pieces = EntryPieces()
    private var alternates: [Range<Int>] = []
    private var texts = TranscriptTexts()

    /// A writer of all transcripts, or of one for each gene; with `makesAnnotations` of `ANN` too.
    public init(printsAll: Bool, makesAnnotations: Bool = false) {
        self.printsAll = printsAll
        annotationWriter = makesAnnotations ? ANNWriter() : nil
    }

    /// Appends the entries of all ALTs of a record; returns what became of each ALT that has none, so that it can be counted.
    ///
    /// - Shape: `caller` has entered the record's contig; `contig` is its name in the file, encoded (``Genome/InfoText``).
    public mutating func write(
        _ record: VCFRecord, contig: [UInt8], isMitochondrial: Bool, by caller: inout RecordCaller,
        to out: inout [UInt8], _ note: (RecordCaller.Outcome) -> Void
    ) {
        // Most are empty, and emptying costs more than looking.
        if !codingEntries.isEmpty { codingEntries.removeAll(keepingCapacity: true) }
        if !annotations.isEmpty { annotations.removeAll(keepingCapacity: true) }
        record.split(record.column(4), by: UInt8(ascii: ","), into: &alternates)
        let sharesFirst = Self.sharesFirstBase(record, alternates)
        let start = out.count
        for index in alternates.indices {
            let alternate = alternates[index]
            let outcome = caller.call(record, alternate: alternate)
            note(outcome)
            guard outcome == .small || outcome == .large else { continue }
            if out.count > start { out.append(UInt8(ascii: ",")) }
            if caller.found.isEmpty {
                if !picked.isEmpty { picked.removeAll(keepingCapacity: true) }
                Self.writeAllele(record, alternate, sharesFirst, outcome, to: &out)
                out += intergenic.indices.contains(index) ? intergenic[index] : Self.intergenic(index + 1)
                Self.writeGenomicName(contig, isMitochondrial, outcome, &caller, to: &out)
                out += noHaplotype
            } else {
                pieces.allele.removeAll(keepingCapacity: true)
                Self.writeAllele(record, alternate, sharesFirst, outcome, to: &pieces.allele)
                pieces.ending.removeAll(keepingCapacity: true)
                pieces.ending.append(UInt8(ascii: "|"))
                Self.writeGenomicName(contig, isMitochondrial, outcome, &caller, to: &pieces.ending)
                pieces.ending += noHaplotype
                writeEntries(index + 1, outcome, by: &caller, to: &out)
            }
            annotationWriter?.write(
                printsAll ? caller.found : picked, record, alternate: alternate, outcome, by: &caller,
                to: &annotations)
        }
    }

    private mutating func writeEntries(
        _ number: Int, _ outcome: RecordCaller.Outcome, by caller: inout RecordCaller, to out: inout [UInt8]
    ) {
        pieces.reset()
        picked.removeAll(keepingCapacity: true)
        caller.choice.report(caller.found, caller.caller.model, into: &picked)
        for place in 0..<(printsAll ? caller.found.count : picked.count) {
            let consequence = printsAll ? caller.found[place] : picked[place]
            let isPicked = !printsAll || picked.contains { $0.transcript == consequence.transcript }
            write(consequence, number, isFirst: place == 0, isPicked, outcome, by: &caller, to: &out)
            if consequence.codingStart > 0, consequence.codingEnd > 0, outcome == .small {
                codingEntries.append(
                    CodingEntry(
                        allele: number, transcript: Int(consequence.transcript),
                        place: out.count + pieces.ending.count - noHaplotype.count))
            }
        }
        out += pieces.ending
    }

    /// Appends an entry but for its ending, which stands before the next one: all its pieces are ready.
    private mutating func write(
        _ consequence: TranscriptConsequence, _ number: Int, isFirst: Bool, _ isPicked: Bool,
        _ outcome: RecordCaller.Outcome, by caller: inout RecordCaller, to out: inout [UInt8]
    ) {
        let id = Int(consequence.transcript)
        pieces.set(
            consequence, caller.caller.model.transcripts[id], allele: number, isSmall: outcome == .small,
            by: &caller)
        let text = texts.place(of: id, caller.caller.model)
        if isFirst {
            out += pieces.lead
        } else {
            pieces.makeJoint()
            out += pieces.joint
        }
        texts.writeFront(at: text, of: consequence, &pieces, by: &caller, to: &out)
        if pieces.hasName { out += pieces.name }
        if pieces.hasProtein {
            out += texts.all[text].protein
            out += pieces.protein
        } else if !pieces.hasName {
            out += pieces.bare
        }
        out += isPicked ? texts.all[text].pickedTail : texts.all[text].tail
        if outcome == .small, consequence.isInside {
            caller.caller.writeShift(of: caller.edit, on: id, to: &out)
        }
    }

    private static func writeGenomicName(
        _ contig: [UInt8], _ isMitochondrial: Bool, _ outcome: RecordCaller.Outcome,
        _ caller: inout RecordCaller, to out: inout [UInt8]
    ) {
        guard outcome == .small else { return }
        let before = out.count
        out += contig
        out.append(UInt8(ascii: ":"))
        let isNamed = caller.caller.writeGenomicName(
            of: caller.edit, isMitochondrial: isMitochondrial, in: caller.sequence, to: &out)
        if !isNamed { out.removeLast(out.count - before) }
    }

    // MARK: The allele's name

    /// Whether VEP leaves out the first base: some ALT is of another length than REF, and all begin as REF does. ALTs that are
    /// no change by themselves (`*`, `<*>`, `<NON_REF>`) are not asked.
    private static func sharesFirstBase(_ record: VCFRecord, _ alternates: [Range<Int>]) -> Bool {
        let reference = record.column(3), bytes = record.bytes
        guard let first = bytes[reference].first.map(Bases.uppercase) else { return false }
        var isIndel = false
        for alternate in alternates where !RecordCaller.isNoChange(record, alternate) {
            guard let letter = bytes[alternate].first, Bases.uppercase(letter) == first else { return false }
            if alternate.count != reference.count { isIndel = true }
        }
        return isIndel
    }

    private static func writeAllele(
        _ record: VCFRecord, _ range: Range<Int>, _ sharesFirst: Bool, _ outcome: RecordCaller.Outcome,
        to out: inout [UInt8]
    ) {
        guard outcome == .large else {
            let first = range.lowerBound + (sharesFirst ? 1 : 0)
            if first + 1 == range.upperBound {
                out.append(record.bytes[first])
            } else if first == range.upperBound {
                out.append(UInt8(ascii: "-"))
            } else {
                out += record.bytes[first..<range.upperBound]
            }
            return
        }
        // VEP writes the bare word.
        InfoText.append(
            record.bytes[range].lazy.filter { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }, to: &out)
    }

    // MARK: Constant text

    /// What stands between the allele and `HGVSg` where no transcript lies.
    private static func intergenic(_ number: Int) -> [UInt8] {
        // ALLELE_NUM is the eighteenth field; three of those before it are written.
        let before = String(repeating: "|", count: 18 - 3)
        let behind = String(repeating: "|", count: fields.count - noHaplotype.count - 18)
        return Array("|intergenic_variant|MODIFIER\(before)\(number)\(behind)".utf8)
    }
    static let noHaplotype = Array("|||||".utf8)

    // Of the writer itself: a static value is asked each time whether it is there.
    private let intergenic = (1...8).map(Self.intergenic)
    private let noHaplotype = Self.noHaplotype
}

/// An entry of a change in coding bases, whose fields on haplotypes are still empty.
public struct CodingEntry: Hashable, Sendable {
    /// The number of the ALT, 1 for the first.
    public let allele: Int
    /// The transcript's number.
    public let transcript: Int
    /// Where the empty fields begin, in bytes of the text that was written.
    public var place: Int

    /// What is said of a change's haplotypes; several of one kind are joined by `&`.
    public struct Fields: Hashable, Sendable {
        private var hasGroup = false
        private var members = "", terms = "", transcriptNames = "", proteinNames = "", possible = ""

        /// Nothing is said.
        public init() {}

        /// Adds changes that act together, `25245350_C/A+25245351_C/A`: the terms of what they do, its `c.` and its `p.` name.
        public mutating func add(members: String, terms: String, transcriptName: String, proteinName: String)
        {
            if hasGroup {
                self.members += "&"
                self.terms += "&"
                transcriptNames += "&"
                proteinNames += "&"
            }
            hasGroup = true
            self.members += members
            self.terms += terms
            transcriptNames += transcriptName
            proteinNames += proteinName
        }

        /// Adds a change in the same codon of which it is not known whether it lies on the same copy.
        public mutating func add(possible name: String) {
            if !possible.isEmpty { possible += "&" }
            possible += name
        }

        /// The fields, each with a bar before it.
        fileprivate var text: [UInt8] {
            var text: [UInt8] = []
            text.reserveCapacity(256)
            for field in [members, terms, transcriptNames, proteinNames, possible] {
                text.append(UInt8(ascii: "|"))
                text += field.utf8
            }
            return text
        }
    }

    /// Writes fields in place of the empty ones.
    public func insert(_ fields: Fields, into line: inout [UInt8]) {
        line.replaceSubrange(place..<(place + CSQWriter.noHaplotype.count), with: fields.text)
    }
}

extension ConsequenceTerms {
    /// VEP's IMPACT of the most severe term, as bytes.
    var impact: [UInt8] { isEmpty ? [] : Self.impacts[severity] }

    private static let impacts: [[UInt8]] = SequenceOntologyTerm.allCases.map {
        Array($0.impact.rawValue.utf8)
    }
}
