/// What is known about a change in coding sequence before it has a name.
struct CodingFacts {
    /// Whether the touched codons could be read.
    var hasWindow = false
    /// Whether both ends of the change are coding.
    var isWhole = false
    /// Bases gained minus bases lost.
    var lengthChange = 0
    /// Whether the change touches the start codon.
    var overlapsStart = false
    /// Whether another codon than before, and not ATG, stands at the place of the start codon.
    var changesStart = false
    /// Whether ATG stands in the place of another start codon.
    var improvesStart = false
    /// Whether all coding bases are still there, if at another place.
    var keepsCoding = false
    /// Whether the change touches the stop codon.
    var overlapsStop = false
    /// Whether no stop stands at the place of the stop codon.
    var changesStop = false
    /// Whether this is an insertion just before the stop codon.
    var isBeforeStop = false

    private var isLengthChanging: Bool { lengthChange != 0 }
    private var losesStart: Bool { overlapsStart && changesStart && !keepsCoding }
    private var retainsStart: Bool {
        overlapsStart && (isLengthChanging ? !changesStart || keepsCoding : improvesStart)
    }

    /// Whether the frame is lost.
    private func shiftsFrame(_ window: CodingWindow) -> Bool {
        isWhole && lengthChange % 3 != 0 && !(hasWindow && window.isPartialCodon) && !keepsAllFromStart
    }

    /// Whether translation starts at the same codon, moved with all that follows.
    private var keepsAllFromStart: Bool { overlapsStart && changesStart && keepsCoding }

    private func losesStop(_ window: CodingWindow) -> Bool {
        guard hasWindow else { return overlapsStop && changesStop }
        return window.reference.contains(AminoAcid.stop) && !window.alternate.contains(AminoAcid.stop)
            && !refillsStop
    }

    /// Whether bases behind the stop codon, or left of it, make a stop in its place where some of it was left out.
    private var refillsStop: Bool {
        lengthChange < 0 && lengthChange % 3 == 0 && overlapsStop && !changesStop
    }

    private func retainsStop(_ window: CodingWindow) -> Bool {
        guard hasWindow, !window.alternate.isEmpty else {
            return overlapsStop && !changesStop
        }
        if refillsStop, window.reference.contains(AminoAcid.stop), !window.alternate.contains(AminoAcid.stop)
        {
            return true
        }
        if window.alternate[0] == AminoAcid.stop {
            return isBeforeStop || window.reference.first == AminoAcid.stop
        }
        return isBeforeStop && lengthChange % 3 == 0 && !window.alternate.contains(AminoAcid.stop)
    }

    /// The terms, but for `coding_sequence_variant`.
    func terms(_ window: CodingWindow) -> ConsequenceTerms {
        var terms: ConsequenceTerms = []
        let isShifted = shiftsFrame(window)
        if losesStart { terms.insert(.startLost) }
        if retainsStart { terms.insert(.startRetainedVariant) }
        if losesStop(window) { terms.insert(.stopLost) }
        if retainsStop(window) { terms.insert(.stopRetainedVariant) }
        if isShifted { terms.insert(.frameshiftVariant) }
        guard hasWindow else { return terms }
        if window.isPartialCodon { terms.insert(.incompleteTerminalCodonVariant) }
        let (old, new) = (window.reference, window.alternate)
        if !terms.contains(.stopRetainedVariant), gainsStop(old, new) { terms.insert(.stopGained) }
        if isLengthChanging {
            if !isShifted, !keepsAllFromStart { terms.formUnion(inFrame(window, terms)) }
        } else {
            terms.formUnion(substitution(old, new, terms, isPartial: window.isPartialCodon))
        }
        return terms
    }

    /// Whether a stop is there that was not; beside the stop codon also one that comes before its new place.
    private func gainsStop(_ old: [UInt8], _ new: [UInt8]) -> Bool {
        guard let stop = new.firstIndex(of: AminoAcid.stop) else { return false }
        guard let oldStop = old.firstIndex(of: AminoAcid.stop) else { return true }
        return lengthChange % 3 == 0 && stop < oldStop + min(lengthChange / 3, 0)
    }

    private func substitution(_ old: [UInt8], _ new: [UInt8], _ terms: ConsequenceTerms, isPartial: Bool)
        -> ConsequenceTerms
    {
        if old == new {
            let isKnown = !old.contains(AminoAcid.unknown)
            return isKnown && terms.isDisjoint(with: [.stopRetainedVariant, .startRetainedVariant])
                && !old.isEmpty
                ? .synonymousVariant : []
        }
        guard terms.isDisjoint(with: [.startLost, .startRetainedVariant, .stopLost, .stopGained]), !isPartial,
            !new.contains(AminoAcid.unknown), !old.contains(AminoAcid.unknown)
        else { return [] }
        return old.count == new.count ? .missenseVariant : []
    }

    private func inFrame(_ window: CodingWindow, _ terms: ConsequenceTerms) -> ConsequenceTerms {
        let old = window.reference
        var new = window.alternate[...]
        if lengthChange > 0 {
            if losesStart { return [] }
            if retainsStart, Self.ends(new, with: old) { return proteinAltering(window, terms) }
            if let stop = new.firstIndex(of: AminoAcid.stop) { new = new[...stop] }
            if new.starts(with: old) || Self.ends(new, with: old) { return .inframeInsertion }
            return proteinAltering(window, terms)
        }
        if !window.isPartialCodon, isPureDeletion(window) { return .inframeDeletion }
        return proteinAltering(window, terms)
    }

    private func proteinAltering(_ window: CodingWindow, _ terms: ConsequenceTerms) -> ConsequenceTerms {
        let (old, new) = (window.reference, window.alternate)
        // A stop first is a gained one, or the old one behind residues that are left out.
        let keepsStop = old.contains(AminoAcid.stop) && !terms.contains(.stopGained)
        guard old.count != new.count, old.first != AminoAcid.stop,
            new.first != AminoAcid.stop || keepsStop,
            !new.starts(with: old), !Self.ends(new[...], with: old), !losesStart
        else { return [] }
        return .proteinAlteringVariant
    }

    /// Whether the new bases are the old ones with one stretch of whole codons' length left out.
    private func isPureDeletion(_ window: CodingWindow) -> Bool {
        let (old, new) = (window.referenceBases, window.alternateBases)
        var low = 0
        while low < new.count, old[low] == new[low] { low += 1 }
        var high = new.count
        while high > low, old[high + old.count - new.count - 1] == new[high - 1] { high -= 1 }
        return low == high && (old.count - new.count) % 3 == 0
    }

    private static func ends(_ whole: ArraySlice<UInt8>, with tail: [UInt8]) -> Bool {
        whole.count >= tail.count && whole.suffix(tail.count).elementsEqual(tail)
    }

    /// Whether no term says what happens to the coding sequence, so that `coding_sequence_variant` must.
    func isUnknown(_ window: CodingWindow) -> Bool {
        if losesStart || retainsStart || losesStop(window) || retainsStop(window) || shiftsFrame(window) {
            return false
        }
        guard hasWindow else { return true }
        guard window.reference.contains(AminoAcid.unknown) || window.alternate.contains(AminoAcid.unknown)
        else {
            return false
        }
        let terms = inFrame(window, [])
        return lengthChange == 0 || terms.isDisjoint(with: [.inframeDeletion, .proteinAlteringVariant])
    }
}
