internal import GeneModels
internal import Genome

/// What an entry says before its name but for the transcript: which exons and introns, and whether it has a `c.` or `n.` name.
struct EntryParts: Equatable, Sendable {
    private let numbers: UInt64, count: UInt64

    @inline(__always)
    init(_ consequence: TranscriptConsequence, _ transcript: Transcript, hasName: Bool) {
        guard consequence.isInside else {
            (numbers, count) = (0, 0)
            return
        }
        numbers =
            UInt64(consequence.firstExon) | UInt64(consequence.lastExon) &<< 16
            | UInt64(consequence.firstIntron) &<< 32 | UInt64(consequence.lastIntron) &<< 48
        count = UInt64(UInt32(bitPattern: transcript.exonCount)) &<< 1 | (hasName ? 1 : 0)
    }
}

/// The text of an entry of `CSQ` but for what its transcript alone says, in pieces that are made anew only where what they are made of
/// differs from the entry before.
///
///     …|||||,A|missense_variant|MODERATE  |SYMBOL|…|  3/8||  ENST:  c.76A>G|  ENSP:  p.Val26Ala|102|76|26|V/A|gTc/gCc|1||  …|  |chr1:g.…|||||
///     joint                               transcript's parts its    name      its    protein and places                    its ending
///
/// Transcripts of a gene mostly agree in most of them. Where there is no name of the protein, the places stand behind ``name``; where there
/// is no name at all, in ``bare``.
struct EntryPieces: Sendable {
    /// The allele, as the field has it.
    var allele: [UInt8] = []
    /// `|chr1:g.…|||||`.
    var ending: [UInt8] = []
    private(set) var lead: [UInt8] = []
    /// The ending of the entry before, a comma, and ``lead``.
    private(set) var joint: [UInt8] = []
    private(set) var parts: [UInt8] = []
    /// The `c.` or `n.` name and a bar.
    private(set) var name: [UInt8] = []
    private(set) var protein: [UInt8] = []
    private(set) var bare: [UInt8] = []
    /// Which exons and introns the entry names.
    private(set) var partNumbers: EntryParts?
    /// Whether the entry has a `c.` or `n.` name.
    private(set) var hasName = false
    /// Whether it has a `p.` name.
    private(set) var hasProtein = false
    private var codons: [UInt8] = []
    /// Where the places begin, behind a name.
    private var nameEnd = 0, proteinEnd = 0

    // What the pieces were made of; nil where they are to be made anew.
    private var terms: ConsequenceTerms?
    private var isJointMade = false
    private var partsMade: EntryParts?
    private var namePlaces: NamePlaces?
    private var change: Change?
    /// Of ``name`` or ``protein``.
    private var positions: Positions?
    private var barePositions: Positions?
    /// The first twin, where twins share all, and the last of them.
    private var twin: Int32 = -1
    private var last = TranscriptConsequence(transcript: 0)
    private var lastExonCount: Int32 = 0

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
        let isBehindProtein: Bool

        static func == (left: Self, right: Self) -> Bool {
            left.spliced == right.spliced && left.coding == right.coding && left.distance == right.distance
                && left.allele == right.allele && left.isBehindProtein == right.isBehindProtein
        }
    }

    /// Lets go of what rests on an earlier allele; numbers of exons and places without codons do not.
    mutating func reset() {
        (terms, namePlaces, change, positions) = (nil, nil, nil, nil)
        isJointMade = false
        twin = -1
        if !codons.isEmpty { codons.removeAll(keepingCapacity: true) }
    }

    /// Makes the pieces for the next entry of the allele with this number, whose names are asked for where `isSmall`.
    mutating func set(
        _ consequence: TranscriptConsequence, _ transcript: Transcript, allele number: Int, isSmall: Bool,
        by caller: inout RecordCaller
    ) {
        let twin =
            isSmall && consequence.isShared
            ? caller.caller.sharedTwin(Int(consequence.transcript), transcript, caller.edit) : -1
        let isAlike = twin >= 0 && twin == self.twin
        if isAlike, consequence.says(last), transcript.exonCount == lastExonCount { return }
        (self.twin, last, lastExonCount) = (twin, consequence, transcript.exonCount)
        let isInside = consequence.isInside
        if terms != consequence.terms { setLead(consequence.terms) }
        if !isAlike { setName(consequence, isNamed: isInside && isSmall, &caller) }
        partNumbers = EntryParts(consequence, transcript, hasName: hasName)
        hasProtein = false
        if isSmall, consequence.hasCoding {
            setChange(consequence, isInside, &caller)
        } else if !codons.isEmpty {
            codons.removeAll(keepingCapacity: true)
            (change, self.positions) = (nil, nil)
        }
        setPlaces(
            Positions(
                spliced: (consequence.splicedStart, consequence.splicedEnd),
                coding: (consequence.codingStart, consequence.codingEnd),
                distance: isInside ? -1 : consequence.distance, allele: number,
                isBehindProtein: hasProtein), consequence)
    }

    private mutating func setLead(_ terms: ConsequenceTerms) {
        self.terms = terms
        isJointMade = false
        lead.removeAll(keepingCapacity: true)
        lead += allele
        lead.append(Self.bar)
        terms.write(to: &lead)
        lead.append(Self.bar)
        lead += terms.impact
    }

    /// Makes ``joint`` if it is not there yet.
    @inline(__always)
    mutating func makeJoint() {
        if !isJointMade { setJoint() }
    }

    private mutating func setJoint() {
        isJointMade = true
        joint.removeAll(keepingCapacity: true)
        joint += ending
        joint.append(UInt8(ascii: ","))
        joint += lead
    }

    /// Makes ``parts``, the numbers of exons and introns, each with a bar.
    mutating func makeParts(_ consequence: TranscriptConsequence, _ caller: inout RecordCaller) {
        guard partsMade != partNumbers else { return }
        partsMade = partNumbers
        parts.removeAll(keepingCapacity: true)
        let isInside = consequence.isInside
        if isInside { caller.caller.writeExon(of: consequence, to: &parts) }
        parts.append(Self.bar)
        if isInside { caller.caller.writeIntron(of: consequence, to: &parts) }
        parts.append(Self.bar)
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
        positions = nil
        name.removeAll(keepingCapacity: true)
        caller.caller.writeTranscriptName(of: caller.edit, at: places, in: caller.sequence, to: &name)
        name.append(Self.bar)
        nameEnd = name.count
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
            hasProtein = isInside && proteinEnd > 0
            return
        }
        self.change = change
        positions = nil
        codons.removeAll(keepingCapacity: true)
        caller.caller.writeResiduesAndCodons(
            of: consequence, caller.edit, in: caller.sequence, to: &codons)
        protein.removeAll(keepingCapacity: true)
        proteinEnd = 0
        guard isInside else { return }
        hasProtein = caller.caller.writeProteinName(
            of: consequence, caller.edit, in: caller.sequence, escapesEquals: true, to: &protein)
        proteinEnd = protein.count
    }

    /// Writes the places behind the name that stands before them.
    private mutating func setPlaces(_ positions: Positions, _ consequence: TranscriptConsequence) {
        if !hasName, !hasProtein {
            guard barePositions != positions || !codons.isEmpty else { return }
            barePositions = codons.isEmpty ? positions : nil
            bare.removeAll(keepingCapacity: true)
            Self.write(positions, consequence, codons, to: &bare)
            return
        }
        guard self.positions != positions else { return }
        self.positions = positions
        if name.count > nameEnd { name.removeLast(name.count - nameEnd) }
        if protein.count > proteinEnd { protein.removeLast(protein.count - proteinEnd) }
        if hasProtein {
            Self.write(positions, consequence, codons, to: &protein)
        } else {
            Self.write(positions, consequence, codons, to: &name)
        }
    }

    private static func write(
        _ positions: Positions, _ consequence: TranscriptConsequence, _ codons: [UInt8],
        to places: inout [UInt8]
    ) {
        places.append(bar)
        consequence.write(.spliced, to: &places)
        places.append(bar)
        consequence.write(.coding, to: &places)
        places.append(bar)
        consequence.write(.protein, to: &places)
        places.append(bar)
        if codons.isEmpty { places.append(bar) } else { places += codons }
        places.append(bar)
        write(positions.allele, &places)
        places.append(bar)
        if positions.distance >= 0 { write(Int(positions.distance), &places) }
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

extension TranscriptConsequence {
    /// Whether an entry says the same of two transcripts, but for their names.
    @inline(__always)
    fileprivate func says(_ other: Self) -> Bool {
        terms == other.terms && distance == other.distance && splicedStart == other.splicedStart
            && splicedEnd == other.splicedEnd && codingStart == other.codingStart
            && codingEnd == other.codingEnd && firstExon == other.firstExon && lastExon == other.lastExon
            && firstIntron == other.firstIntron && lastIntron == other.lastIntron
    }
}
