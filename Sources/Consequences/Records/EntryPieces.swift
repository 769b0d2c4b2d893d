internal import GeneModels
internal import Genome

/// Which exons and introns an entry names.
struct EntryParts: Equatable, Sendable {
    private let exons: UInt32, introns: UInt32
    private let count: Int32

    @inline(__always)
    init(_ consequence: TranscriptConsequence, _ transcript: Transcript) {
        guard consequence.isInside else {
            (exons, introns, count) = (0, 0, 0)
            return
        }
        exons = UInt32(consequence.firstExon) | UInt32(consequence.lastExon) &<< 16
        introns = UInt32(consequence.firstIntron) | UInt32(consequence.lastIntron) &<< 16
        count = transcript.exonCount
    }
}

/// The text of an entry of `CSQ` but for what its transcript alone says, in pieces that are made anew only where what they are made of
/// differs from the entry before.
///
///     A|missense_variant|MODERATE  |SYMBOL|…|   3/8||  ENST:  c.76A>G|  ENSP:p.Val26Ala  |102|76|26|V/A|gTc/gCc|1||  …|  |chr1:g.…|||||
///     lead                         transcript's parts  its    name      protein          places                      its ending
///
/// Transcripts of a gene mostly agree in most of them.
struct EntryPieces: Sendable {
    /// The allele, as the field has it.
    var allele: [UInt8] = []
    /// `|chr1:g.…|||||`.
    var ending: [UInt8] = []
    private(set) var lead: [UInt8] = []
    private(set) var parts: [UInt8] = []
    /// The `c.` or `n.` name and a bar.
    private(set) var name: [UInt8] = []
    private(set) var protein: [UInt8] = []
    private(set) var places: [UInt8] = []
    /// Whether the entry has a `c.` or `n.` name.
    private(set) var hasName = false
    /// Whether it has a `p.` name.
    private(set) var hasProtein = false
    private var codons: [UInt8] = []

    // What the pieces were made of; nil where they are to be made anew.
    private var terms: ConsequenceTerms?
    private var partNumbers: EntryParts?
    private var namePlaces: NamePlaces?
    private var change: Change?
    private var positions: Positions?

    /// A change of codons; transcripts with the same first twin share it (``CodingTwins``).
    private struct Change: Equatable {
        let twin: Int32
        let start: Int32, end: Int32
        let terms: ConsequenceTerms
        let touchesCodingExon: Bool
    }

    private struct Positions: Equatable {
        let spliced: (Int32, Int32), coding: (Int32, Int32)
        let distance: Int32
        let allele: Int

        static func == (left: Self, right: Self) -> Bool {
            left.spliced == right.spliced && left.coding == right.coding && left.distance == right.distance
                && left.allele == right.allele
        }
    }

    /// Lets go of what rests on an earlier allele; numbers of exons and places without codons do not.
    mutating func reset() {
        (terms, namePlaces, change) = (nil, nil, nil)
        if !codons.isEmpty {
            codons.removeAll(keepingCapacity: true)
            positions = nil
        }
    }

    /// Makes the pieces for the next entry of the allele with this number, whose names are asked for where `isSmall`.
    mutating func set(
        _ consequence: TranscriptConsequence, _ transcript: Transcript, allele number: Int, isSmall: Bool,
        by caller: inout RecordCaller
    ) {
        let isInside = consequence.isInside
        if terms != consequence.terms { setLead(consequence.terms) }
        let parts = EntryParts(consequence, transcript)
        if partNumbers != parts { setParts(parts, consequence, isInside, &caller) }
        setName(consequence, isNamed: isInside && isSmall, &caller)
        let hasCoding = consequence.hasCoding
        hasProtein = false
        let positions = Positions(
            spliced: (consequence.splicedStart, consequence.splicedEnd),
            coding: (consequence.codingStart, consequence.codingEnd),
            distance: isInside ? -1 : consequence.distance, allele: number)
        if isSmall, hasCoding {
            setChange(consequence, isInside, &caller)
        } else if !codons.isEmpty {
            codons.removeAll(keepingCapacity: true)
            (change, self.positions) = (nil, nil)
        }
        if self.positions != positions { setPlaces(positions, consequence) }
    }

    private mutating func setLead(_ terms: ConsequenceTerms) {
        self.terms = terms
        lead.removeAll(keepingCapacity: true)
        lead += allele
        lead.append(Self.bar)
        terms.write(to: &lead)
        lead.append(Self.bar)
        lead += terms.impact
    }

    private mutating func setParts(
        _ parts: EntryParts, _ consequence: TranscriptConsequence, _ isInside: Bool,
        _ caller: inout RecordCaller
    ) {
        partNumbers = parts
        self.parts.removeAll(keepingCapacity: true)
        if isInside { caller.caller.writeExon(of: consequence, to: &self.parts) }
        self.parts.append(Self.bar)
        if isInside { caller.caller.writeIntron(of: consequence, to: &self.parts) }
        self.parts.append(Self.bar)
    }

    private mutating func setName(
        _ consequence: TranscriptConsequence, isNamed: Bool, _ caller: inout RecordCaller
    ) {
        hasName = false
        guard isNamed,
            let places = caller.caller.namePlaces(of: caller.edit, on: Int(consequence.transcript))
        else { return }
        hasName = true
        guard namePlaces != places else { return }
        namePlaces = places
        name.removeAll(keepingCapacity: true)
        caller.caller.writeTranscriptName(of: caller.edit, at: places, in: caller.sequence, to: &name)
        name.append(Self.bar)
    }

    /// Makes the codons and the protein's name.
    private mutating func setChange(
        _ consequence: TranscriptConsequence, _ isInside: Bool, _ caller: inout RecordCaller
    ) {
        let twin = caller.caller.codingTwin(of: consequence)
        let change = twin.map {
            Change(
                twin: $0, start: consequence.codingStart, end: consequence.codingEnd,
                terms: consequence.terms, touchesCodingExon: consequence.touchesCodingExon)
        }
        if let change, change == self.change {
            hasProtein = isInside && !protein.isEmpty
            return
        }
        self.change = change
        positions = nil
        codons.removeAll(keepingCapacity: true)
        caller.caller.writeResiduesAndCodons(
            of: consequence, caller.edit, in: caller.sequence, to: &codons)
        protein.removeAll(keepingCapacity: true)
        guard isInside else { return }
        hasProtein = caller.caller.writeProteinName(
            of: consequence, caller.edit, in: caller.sequence, escapesEquals: true, to: &protein)
    }

    private mutating func setPlaces(
        _ positions: Positions, _ consequence: TranscriptConsequence
    ) {
        self.positions = positions
        places.removeAll(keepingCapacity: true)
        places.append(Self.bar)
        consequence.write(.spliced, to: &places)
        places.append(Self.bar)
        consequence.write(.coding, to: &places)
        places.append(Self.bar)
        consequence.write(.protein, to: &places)
        places.append(Self.bar)
        if codons.isEmpty { places.append(Self.bar) } else { places += codons }
        places.append(Self.bar)
        Self.write(positions.allele, &places)
        places.append(Self.bar)
        if positions.distance >= 0 { Self.write(Int(positions.distance), &places) }
    }

    private static let bar = UInt8(ascii: "|")

    private static func write(_ number: Int, _ out: inout [UInt8]) {
        if number < 10 {
            out.append(0x30 + UInt8(max(number, 0)))
        } else {
            out += String(number).utf8
        }
    }
}
