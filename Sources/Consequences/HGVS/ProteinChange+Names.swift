extension ProteinChange {
    /// The name in three-letter form as VEP writes it (`p.Leu414SerfsTer42`), without brackets.
    public var threeLetterName: String { "p." + body { $0.map(AminoAcid.threeLetters).joined() } }

    /// The name in one-letter form with all that the three-letter name says (`p.L414Sfs*42`).
    public var oneLetterName: String { "p." + body { String(decoding: $0, as: UTF8.self) } }

    /// The name as people say it: one-letter, a frameshift without its new sequence (`p.V600E`, `p.L414fs`).
    public var shortName: String {
        guard edit == .frameshift else { return oneLetterName }
        return "p.\(reference.prefix(1))\(first)fs"
    }

    private func body(_ spell: ([UInt8]) -> String) -> String {
        guard first > 0 else { return "=" }
        let old = Array(reference.utf8)
        let start = spell(Array(old.prefix(1))) + String(first)
        let place = first == last ? start : start + "_" + spell(Array(old.suffix(1))) + String(last)
        let new = spell(Array(alternate.utf8))
        switch edit {
        case .substitution: return place + new
        case .deletion: return place + "del"
        case .duplication: return place + "dup"
        case .insertion: return place + "ins" + new
        case .delins: return place + "delins" + new
        case .frameshift: return place + new + "fs" + stopText(spell)
        case .extension: return place + (new.isEmpty ? "del" : new) + "ext" + stopText(spell)
        case .identity: return place + "="
        case .unknown: return place + "?"
        }
    }

    private func stopText(_ spell: ([UInt8]) -> String) -> String {
        switch newStop {
        case .after(let count): spell([AminoAcid.stop]) + String(count)
        case .notFound: spell([AminoAcid.stop]) + "?"
        case nil: ""
        }
    }
}
