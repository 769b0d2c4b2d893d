// Which changes of a file lie together on a transcript, as the records come?
//
//     record ─▶ changes in coding bases ─▶ wait at their transcripts ─▶ the transcript's coding bases are passed:
//                                                                       copies of each sample, groups, open pairs
//
// A change waits because one far behind may restore its frame. A record that touches no coding base waits for nothing.
//
// Not done: changes of different files (a somatic one on an inherited one).

public import GeneModels
public import Genome

/// A sample that has an allele, and on which copies.
public struct Carrier: Hashable, Sendable {
    /// The sample's column, 0 for the first.
    public let sample: Int
    /// The copies; never ``AllelePhase/absent``.
    public let phase: AllelePhase

    /// A carrier.
    public init(sample: Int, phase: AllelePhase) {
        self.sample = sample
        self.phase = phase
    }
}

/// Puts the changes of each haplotype together, transcript by transcript.
///
/// - Shape: changes are known by numbers that the user gives, ascending.
public struct HaplotypeResolver: Sendable {
    /// Several changes that act on a transcript together.
    public struct Group: Sendable {
        /// The transcript's number.
        public internal(set) var transcript: Int
        /// The first transcript of which the same is told: a group of the same members has the same names there.
        public internal(set) var firstTranscript: Int
        /// The changes, in the order of the transcript.
        public let members: [Int]
        /// What they do.
        public internal(set) var consequence: TranscriptConsequence
        /// The change that stands for all of them.
        public let edit: VariantEdit
    }

    /// Two changes in one codon of which it is not known whether they lie on one copy.
    public struct OpenPair: Hashable, Sendable {
        /// The transcript's number.
        public internal(set) var transcript: Int
        /// The change that came first.
        public let left: Int
        /// The other.
        public let right: Int
    }

    /// What was found on the transcripts that were passed.
    public struct Resolution: Sendable {
        /// Groups of two and more.
        public var groups: [Group] = []
        /// Pairs of unknown phase.
        public var pairs: [OpenPair] = []
    }

    private struct Change: Sendable {
        let number: Int
        let edit: VariantEdit
        let record: Int
        let carriers: [Carrier]
    }

    fileprivate struct Waiting: Sendable {
        let transcript: Int
        /// Where its coding bases end on the contig.
        let end: Int
        var changes: [Int] = []
        /// Those of the changes that lie in coding bases whole.
        var places: [HaplotypePlace] = []
    }

    /// A transcript that was resolved, and what was found on it.
    fileprivate struct Twin {
        let of: Waiting
        let groups: Range<Int>, pairs: Range<Int>
    }

    /// The most changes of one sample on one transcript that are put together; beyond, nothing is said of the transcript.
    public static let maximumChanges = 500

    /// In the order of their numbers; looked at in place, since a copy of one costs more than what is asked of it.
    private var changes: [Change] = []
    private var waiting: [Waiting] = []
    private var nearestEnd = Int.max
    /// Transcripts on which a sample had more than ``maximumChanges``.
    public private(set) var notResolved = 0

    /// Nothing waits.
    public init() {}

    /// Whether no change waits.
    public var isEmpty: Bool { waiting.isEmpty }

    /// Whether two changes wait at one transcript, so that there is something to put together.
    public var hasCompany: Bool { waiting.contains { $0.changes.count > 1 } }

    /// The first change that waits; nil if none does.
    public var firstWaiting: Int? { waiting.lazy.compactMap(\.changes.first).min() }

    /// Takes a change of `record` that some samples carry and that touches coding bases of these transcripts.
    public mutating func add(
        _ number: Int, _ edit: VariantEdit, record: Int, carriers: [Carrier],
        on transcripts: some Sequence<Int>,
        _ model: GeneModel
    ) {
        var isWaiting = false
        for transcript in transcripts {
            isWaiting = true
            let place = HaplotypePlace(edit, model, model.transcripts[transcript])
            if let index = waiting.firstIndex(where: { $0.transcript == transcript }) {
                waiting[index].changes.append(number)
                if let place { waiting[index].places.append(place) }
            } else {
                let end = Int(model.transcripts[transcript].codingRegionEnd)
                waiting.append(
                    Waiting(
                        transcript: transcript, end: end, changes: [number],
                        places: place.map { [$0] } ?? []))
                nearestEnd = min(nearestEnd, end)
            }
        }
        if isWaiting {
            changes.append(Change(number: number, edit: edit, record: record, carriers: carriers))
        }
    }

    /// Where a change that waits lies in ``changes``.
    private func place(of number: Int) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether ``close(before:_:in:)`` would find a transcript that was passed.
    public func hasPassed(_ position: Int) -> Bool { nearestEnd < position }

    /// Puts together what waits on transcripts whose coding bases end before `position`; all with `Int.max`.
    public mutating func close(
        before position: Int, _ caller: inout ConsequenceCaller, in sequence: ContigSequence
    ) -> Resolution {
        var resolution = Resolution()
        guard hasPassed(position) || position == .max else { return resolution }
        var kept: [Waiting] = []
        var twin: Twin?
        nearestEnd = .max
        for transcript in waiting {
            guard transcript.end < position || position == .max else {
                kept.append(transcript)
                nearestEnd = min(nearestEnd, transcript.end)
                continue
            }
            if transcript.changes.count > 1 {
                if let twin, caller.areTwins(twin.of, transcript) {
                    resolution.repeat(twin, on: transcript.transcript, caller.model)
                } else {
                    let (groups, pairs) = (resolution.groups.count, resolution.pairs.count)
                    let before = notResolved
                    resolve(transcript, &caller, sequence, &resolution)
                    twin =
                        notResolved == before
                        ? Twin(
                            of: transcript, groups: groups..<resolution.groups.count,
                            pairs: pairs..<resolution.pairs.count) : nil
                }
            }
        }
        waiting = kept
        changes.removeFirst(place(of: firstWaiting ?? .max))
        return resolution
    }

    private mutating func resolve(
        _ transcript: Waiting, _ caller: inout ConsequenceCaller, _ sequence: ContigSequence,
        _ resolution: inout Resolution
    ) {
        guard HaplotypePlace.mayJoin(transcript.places) else { return }
        var samples: [Int: [(number: Int, phase: AllelePhase)]] = [:]
        for number in transcript.changes {
            for carrier in changes[place(of: number)].carriers {
                samples[carrier.sample, default: []].append((number, carrier.phase))
            }
        }
        guard !samples.values.contains(where: { $0.count > Self.maximumChanges }) else {
            notResolved += 1
            return
        }
        var copies = Set<[Int]>(), groups = Set<[Int]>(), pairs = Set<OpenPair>()
        for sample in samples.keys.sorted() {
            let carried = samples[sample] ?? []
            guard carried.count > 1 else { continue }
            for copy in Haplotypes(carried.map(\.phase)).copies where copy.count > 1 {
                let numbers = copy.map { carried[$0].number }
                guard copies.insert(numbers).inserted else { continue }
                let edits = numbers.map { changes[place(of: $0)].edit }
                for found in caller.callJoined(edits, on: transcript.transcript, in: sequence) {
                    let members = found.members.map { numbers[$0] }
                    guard groups.insert(members).inserted else { continue }
                    resolution.groups.append(
                        Group(
                            transcript: transcript.transcript, firstTranscript: transcript.transcript,
                            members: members,
                            consequence: found.consequence, edit: found.edit))
                }
            }
            for pair in openPairs(carried, on: transcript.transcript, caller)
            where pairs.insert(pair).inserted {
                resolution.pairs.append(pair)
            }
        }
    }

    private func openPairs(
        _ carried: [(number: Int, phase: AllelePhase)], on transcript: Int, _ caller: ConsequenceCaller
    ) -> [OpenPair] {
        let model = caller.model
        let placed = carried.compactMap {
            number, phase -> (number: Int, phase: AllelePhase, codons: ClosedRange<Int>)? in
            let edit = changes[place(of: number)].edit
            let spliced = EditSpan(model, model.transcripts[transcript], from: edit.start, to: edit.end)
            let span = CodingSpan(spliced, model.transcripts[transcript])
            guard spliced.isWhole, span.isWhole else { return nil }
            return (number, phase, (span.start / 3)...((max(span.end, span.start + 1) - 1) / 3))
        }.sorted { ($0.codons.lowerBound, $0.number) < ($1.codons.lowerBound, $1.number) }
        var pairs: [OpenPair] = []
        for (index, left) in placed.enumerated() {
            for right in placed[(index + 1)...] {
                guard right.codons.lowerBound <= left.codons.upperBound else { break }
                guard Haplotypes.isOpen(left.phase, right.phase) else { continue }
                let (one, other) = (changes[place(of: left.number)], changes[place(of: right.number)])
                guard one.record != other.record, caller.shareCodon(one.edit, other.edit, on: transcript)
                else { continue }
                pairs.append(
                    OpenPair(
                        transcript: transcript, left: min(left.number, right.number),
                        right: max(left.number, right.number)))
            }
        }
        return pairs
    }
}

extension ConsequenceCaller {
    /// Whether changes that wait at two transcripts do the same on both (``CodingTwins``).
    fileprivate mutating func areTwins(_ one: HaplotypeResolver.Waiting, _ other: HaplotypeResolver.Waiting)
        -> Bool
    {
        one.changes == other.changes && one.places.count == one.changes.count
            && other.places.count == one.changes.count
            && one.places.allSatisfy { $0.span.start >= CodingTwins.firstBase }
            && twins.first(of: one.transcript, model) == twins.first(of: other.transcript, model)
    }
}

extension HaplotypeResolver.Resolution {
    /// Says of a transcript what was found on its twin; only places before the start codon differ, and how many exons lie there.
    fileprivate mutating func `repeat`(_ twin: HaplotypeResolver.Twin, on number: Int, _ model: GeneModel) {
        let (old, new) = (model.transcripts[twin.of.transcript], model.transcripts[number])
        let exons = Int(new.exonCount - old.exonCount), bases = new.codingStart - old.codingStart
        for index in twin.groups {
            var group = groups[index]
            group.transcript = number
            group.consequence.transcript = Int32(number)
            group.consequence.splicedStart += bases
            group.consequence.splicedEnd += bases
            group.consequence.firstExon = UInt16(clamping: Int(group.consequence.firstExon) + exons)
            group.consequence.lastExon = UInt16(clamping: Int(group.consequence.lastExon) + exons)
            groups.append(group)
        }
        for index in twin.pairs {
            var pair = pairs[index]
            pair.transcript = number
            pairs.append(pair)
        }
    }
}
