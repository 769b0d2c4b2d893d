extension ReadDepthStyle {
    /// Ends of a deletion, duplication or insertion nearer than this are one short event.
    ///
    /// Source: GRIDSS, VcfFormatAttributes.java and libgridss.R; ESVEE, Breakend.java.
    static let shortEventLength = 1000

    /// GRIDSS and ESVEE: fragments for the breakend over those and the reads across it.
    ///
    /// `REFPAIR` is left out for short events, whose read pairs span the break either way, and `BVF` is taken for
    /// single breakends where GRIDSS writes it. ESVEE's FORMAT `AD` and `AF` always hold `REFPAIR`; its INFO `AF` is
    /// as here.
    static func assembledBreakend(_ record: VCFRecord, _ place: Place) -> SampleCall? {
        func integer(_ key: String) -> Int? {
            record.formatIntegers(key, sample: place.sample).first ?? nil
        }
        let alternate = isSingleBreakend(record) ? integer("BVF") ?? integer("VF") : integer("VF")
        guard let alternate, let reference = integer("REF") else { return nil }
        let pairs = isShortEvent(record) ? 0 : integer("REFPAIR") ?? 0
        return SampleCall(alternate: alternate, depth: alternate + reference + pairs)
    }

    private static func isSingleBreakend(_ record: VCFRecord) -> Bool {
        let alternate = record.bytes[record.column(4)]
        return alternate.first == UInt8(ascii: ".") || alternate.last == UInt8(ascii: ".")
    }

    /// Whether both ends lie on one contig, face as in a deletion, duplication or insertion, and are near.
    static func isShortEvent(_ record: VCFRecord) -> Bool {
        let alternate = record.text(record.column(4))
        if alternate.hasPrefix("<") {
            guard let end = record.info("END").flatMap({ Int32($0) }).map({ Int($0) }) else { return false }
            let isLocal = ["<DEL", "<DUP", "<INS"].contains { alternate.hasPrefix($0) }
            return isLocal && abs(end - 1 - record.position) < shortEventLength
        }
        guard let open = alternate.firstIndex(where: { $0 == "[" || $0 == "]" }),
            let close = alternate[alternate.index(after: open)...].firstIndex(of: alternate[open])
        else { return false }
        let mate = alternate[alternate.index(after: open)..<close]
        guard let colon = mate.lastIndex(of: ":"), mate[..<colon] == record.contigName,
            let position = Int32(mate[mate.index(after: colon)...]).map({ Int($0) }),
            abs(position - 1 - record.position) < shortEventLength
        else { return false }
        // `t[p[` and `]p]t` join a left part to a right part; the other two turn one of them round.
        let opensFirst = open == alternate.startIndex
        return alternate[open] == (opensFirst ? "]" : "[")
    }
}
