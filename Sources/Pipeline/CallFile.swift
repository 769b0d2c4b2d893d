internal import Cases
internal import Consequences
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// What is known about a VCF before its calls are judged: roles, caller, filters, assembly, annotation.
///
/// The first records are read ahead (at most ``lookahead``), since the data help to tell tumor from normal and the
/// use of `PASS` shows only in the records.
struct CallFile: Sendable {
    /// Records read ahead at most, and without an open question.
    static let lookahead = 20_000, shortLookahead = 2_500

    let path: String
    let header: VCFHeader
    let roles: SampleRoles
    let depths: ReadDepthDecoder
    let annotation: ExistingAnnotation?
    let assembly: AssemblyEvidence
    var passRule: PassRule
    let contigStyle: Contig.Style?
    /// How REF compares with the reference in the records read ahead.
    let agreement: String
    /// The fields that judging a call asks for.
    let fields: FieldSelection
}

/// Counts and observations over one file that do not depend on what the calls mean.
struct FileTally: Sendable {
    var counts = CaseSummary.InputCounts()
    var filters = FilterUse()
    var unfilteredAccepted = 0
    var referenceMismatches = 0
    var contigsMissing = 0
    /// Alleles that pass and that the normal has too, so that they are not in the tumor's profile.
    var inNormal = 0

    mutating func drop(_ reason: String) { counts.dropped[reason, default: 0] += 1 }

    mutating func merge(_ other: FileTally) {
        counts.records += other.counts.records
        counts.variants += other.counts.variants
        counts.pass += other.counts.pass
        counts.dropped.merge(other.counts.dropped) { $0 + $1 }
        filters.merge(other.filters)
        unfilteredAccepted += other.unfilteredAccepted
        referenceMismatches += other.referenceMismatches
        contigsMissing += other.contigsMissing
        inNormal += other.inNormal
    }
}

/// Which fields at least one call had.
struct BurdenFieldsSeen: Sendable {
    var hasDepth = false
    var hasVAF = false
    var hasNormal = false
    var hasFrequency = false

    mutating func add(call: SampleCall, normal: SampleCall, frequency: Double?) {
        if call.depth != nil, call.alternateDepth != nil { hasDepth = true }
        if call.vaf != nil { hasVAF = true }
        if normal.vaf != nil || normal.alternateDepth != nil { hasNormal = true }
        if frequency != nil { hasFrequency = true }
    }

    mutating func merge(_ other: BurdenFieldsSeen) {
        hasDepth = hasDepth || other.hasDepth
        hasVAF = hasVAF || other.hasVAF
        hasNormal = hasNormal || other.hasNormal
        hasFrequency = hasFrequency || other.hasFrequency
    }
}
