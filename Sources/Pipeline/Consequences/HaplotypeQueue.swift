internal import Consequences
internal import GeneModels
internal import Genome
internal import HTS

/// Holds lines back until all changes that may act together with theirs are known, fills in what they do together, and
/// gives them on in their order. Lines of which nothing waits are given on at once.
struct HaplotypeQueue {
    /// Bytes held at most; beyond, what waits is put together as far as it is known.
    static let maximumHeld = 64 << 20

    private struct Waiting {
        let line: Int
        let change: AnnotatedLines.Change
    }

    private let reference: String
    private var caller: ConsequenceCaller
    private var fasta: FastaReader?
    private var resolver = HaplotypeResolver()
    private var contig: [UInt8] = []
    private var position = -1
    private var order = ContigOrder()
    /// Lines, and the bytes of their records, if they came with them.
    private var held: [[UInt8]] = [], heldRecords: [[UInt8]] = []
    private var heldBytes = 0
    /// The number of the first held line, and of the first change that is held and the next.
    private var firstLine = 0, firstChange = 0, nextChange = 0
    private var waiting: [Int: Waiting] = [:]
    /// What is known of entries of held lines.
    private var fields: [Int: [(entry: CodingEntry, fields: CodingEntry.Fields)]] = [:]
    private(set) var report = AnnotationReport()

    init(_ rules: RecordAnnotator.Rules) {
        reference = rules.reference
        caller = ConsequenceCaller(model: rules.model)
    }

    /// Takes the next lines, and writes those of which nothing waits.
    mutating func add(_ lines: AnnotatedLines, to writer: VariantWriter) throws {
        if lines.contig != contig {
            try close(before: .max, to: writer)
            contig = lines.contig
            position = -1
            if !order.enter(contig) { report.isUnordered = true }
        }
        var next = 0
        var index = 0
        while index < lines.ends.count {
            if held.isEmpty {
                // Nothing waits, so the lines up to the next change are given on as one piece.
                let end = next < lines.changes.count ? lines.changes[next].line : lines.ends.count
                if index < end {
                    for place in index..<end { pass(lines.positions[place]) }
                    if lines.records.isEmpty {
                        let piece = lines.lines(index..<end)
                        try writer.write(lines: piece.span)
                    } else {
                        for place in index..<end {
                            let record = lines.record(place)
                            if record.isEmpty {
                                // A line end within a value makes two lines of it, of which the second is refused.
                                let piece = lines.lines(place..<(place + 1))
                                try writer.write(lines: piece.span)
                            } else {
                                try Self.write(lines.line(place), record, to: writer)
                            }
                        }
                    }
                    index = end
                    continue
                }
            }
            pass(lines.positions[index])
            if resolver.hasPassed(position) { try close(before: position, to: writer) }
            let first = next
            while next < lines.changes.count, lines.changes[next].line == index { next += 1 }
            defer { index += 1 }
            guard !held.isEmpty || first < next else {
                try Self.write(lines.line(index), lines.record(index), to: writer)
                continue
            }
            let line = firstLine + held.count
            held.append(Array(lines.line(index)))
            heldRecords.append(Array(lines.record(index)))
            heldBytes += held[held.count - 1].count + heldRecords[held.count - 1].count
            for change in lines.changes[first..<next] { add(change, line) }
            if heldBytes > Self.maximumHeld {
                report.cutHaplotypes += 1
                try close(before: .max, to: writer)
            }
        }
    }

    private mutating func pass(_ next: Int) {
        if next < position { report.isUnordered = true }
        position = next
    }

    /// Writes what still waits.
    mutating func finish(to writer: VariantWriter) throws {
        try close(before: .max, to: writer)
        report.notResolved = resolver.notResolved
        // Where nothing can act together, nothing was missed.
        if nextChange == 0 { report.isUnordered = false }
    }

    private mutating func add(_ change: AnnotatedLines.Change, _ line: Int) {
        waiting[nextChange] = Waiting(line: line, change: change)
        resolver.add(
            nextChange, change.edit, record: line, carriers: change.carriers,
            on: change.entries.map(\.transcript), caller.model)
        nextChange += 1
    }

    private mutating func close(before position: Int, to writer: VariantWriter) throws {
        guard !held.isEmpty else { return }
        if !resolver.isEmpty {
            let sequence = try sequence()
            let resolution = resolver.close(before: position, &caller, in: sequence)
            var told: [GroupKey: GroupText] = [:]
            for group in resolution.groups {
                let key = GroupKey(transcript: group.firstTranscript, members: group.members)
                let text = told[key] ?? text(of: group, sequence)
                told[key] = text
                note(group, text)
            }
            try fasta?.check()
            for pair in resolution.pairs {
                guard let left = waiting[pair.left], let right = waiting[pair.right] else { continue }
                let (leftName, rightName) = (name(left), name(right))
                note(pair.left, pair.transcript) { $0.add(possible: rightName) }
                note(pair.right, pair.transcript) { $0.add(possible: leftName) }
            }
        }
        let firstWaiting = resolver.firstWaiting ?? nextChange
        try release(before: waiting[firstWaiting]?.line ?? firstLine + held.count, to: writer)
    }

    /// The bases of the contig at hand; of none where no two changes meet, so that the reference is not opened for nothing.
    private mutating func sequence() throws -> ContigSequence {
        guard resolver.hasCompany else { return ContigSequence(letters: []) }
        let reader = try fasta ?? FastaReader(path: reference)
        fasta = reader
        return try reader.sequence(of: Contig(String(decoding: contig, as: UTF8.self)))
            ?? ContigSequence(letters: [])
    }

    /// `25245350_C/A`.
    private func name(_ change: Waiting) -> String {
        let columns = held[change.line - firstLine].split(
            separator: 0x09, maxSplits: 5, omittingEmptySubsequences: false)
        let alternates = columns[4].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        let parts = [columns[1], columns[3], alternates[change.change.allele - 1]].map {
            String(decoding: $0, as: UTF8.self)
        }
        return "\(parts[0])_\(parts[1])/\(parts[2])"
    }

    private mutating func note(
        _ number: Int, _ transcript: Int, _ body: (inout CodingEntry.Fields) -> Void
    ) {
        guard let place = waiting[number],
            let entry = place.change.entries.first(where: { $0.transcript == transcript })
        else { return }
        Self.change(entry, in: &fields[place.line, default: []], body)
    }

    private static func change(
        _ entry: CodingEntry, in known: inout [(entry: CodingEntry, fields: CodingEntry.Fields)],
        _ body: (inout CodingEntry.Fields) -> Void
    ) {
        let index = known.firstIndex { $0.entry.place == entry.place } ?? known.count
        if index == known.count { known.append((entry, CodingEntry.Fields())) }
        body(&known[index].fields)
    }

    /// What is told of a group but for the ids of transcript and protein; alike on transcripts that share it.
    private struct GroupText {
        let members: String
        let terms: String
        /// Empty for none.
        let name: String, protein: String
    }

    private struct GroupKey: Hashable {
        let transcript: Int
        let members: [Int]
    }

    private mutating func text(of group: HaplotypeResolver.Group, _ sequence: ContigSequence) -> GroupText {
        let members = group.members.compactMap { waiting[$0] }
        let memberNames = members.map(name).joined(separator: "+")
        var name: [UInt8] = [], protein: [UInt8] = []
        let isNamed = caller.writeTranscriptName(
            of: group, members.map(\.change.edit), in: sequence, separator: "%3B", to: &name)
        let hasProtein = caller.writeProteinName(
            of: group.consequence, group.edit, in: sequence, escapesEquals: true, to: &protein)
        var terms: [UInt8] = []
        group.consequence.terms.write(to: &terms)
        return GroupText(
            members: memberNames, terms: String(decoding: terms, as: UTF8.self),
            name: isNamed ? String(decoding: name, as: UTF8.self) : "",
            protein: hasProtein ? String(decoding: protein, as: UTF8.self) : "")
    }

    private mutating func note(_ group: HaplotypeResolver.Group, _ text: GroupText) {
        let transcript = caller.model.transcripts[group.transcript]
        let name = text.name.isEmpty ? "" : "\(caller.model.text(transcript.id)):\(text.name)"
        let protein =
            text.protein.isEmpty ? "" : "\(caller.model.text(transcript.proteinID)):\(text.protein)"
        for number in group.members {
            note(number, group.transcript) { fields in
                fields.add(
                    members: text.members, terms: text.terms, transcriptName: name, proteinName: protein)
            }
        }
    }

    /// Writes a line, or a record with what the line adds to it. Static, since the queue would be copied for the call else.
    private static func write(
        _ line: ArraySlice<UInt8>, _ record: ArraySlice<UInt8>, to writer: VariantWriter
    ) throws(InputError) {
        if record.isEmpty {
            try writer.write(line: line.span)
        } else {
            try writer.write(fieldsOf: line.span, addedTo: record.span)
        }
    }

    private mutating func release(before end: Int, to writer: VariantWriter) throws {
        let count = min(end - firstLine, held.count)
        guard count > 0 else { return }
        for index in 0..<count {
            if let known = fields.removeValue(forKey: firstLine + index) {
                // From the last place to the first, so that the places before stay.
                for (entry, text) in known.sorted(by: { $0.entry.place > $1.entry.place }) {
                    entry.insert(text, into: &held[index])
                }
            }
            heldBytes -= held[index].count + heldRecords[index].count
            try Self.write(held[index][...], heldRecords[index][...], to: writer)
        }
        held.removeFirst(count)
        heldRecords.removeFirst(count)
        firstLine += count
        if held.isEmpty { heldBytes = 0 }
        while let change = waiting[firstChange], change.line < firstLine {
            waiting[firstChange] = nil
            firstChange += 1
        }
    }
}

/// Whether contigs come each once.
struct ContigOrder {
    private var seen = Set<[UInt8]>()

    /// Whether the contig comes for the first time.
    mutating func enter(_ contig: [UInt8]) -> Bool { seen.insert(contig).inserted }
}
