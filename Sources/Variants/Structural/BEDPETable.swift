public import Genome

/// The structural variants of a BEDPE table.
///
/// Positions are taken from the start columns (0-based, one base) as SigProfiler's matrices do; a place of more than one base is imprecise.
/// Tables of the Cancer Genome Project write the start behind the end, which is no fault. Rows that cannot be read are counted.
///
/// - Coordinates: 0-based, see ``Breakend``.
/// - Source: bedtools documentation, "BEDPE format".
public struct BEDPETable: Sendable {
    /// The file as the user wrote it.
    public let file: String
    /// The variants of all samples, in the order of the file, and what was counted.
    public let calls: StructuralCalls
    /// What the strands mean; nil where the table has none.
    public let convention: StrandConvention?
    /// What decided it, in words.
    public let decidedBy: String
    /// How contigs are named.
    public let contigStyles: ContigStyles

    /// Reads a table.
    ///
    /// - Shape: `lines` the bytes of each line, with or without its end; `stated` what the user says about the strands; with
    ///   `unfilteredIsPass` an empty filter passes also where others are `PASS`.
    /// - Throws: `InputError` if there are no columns for two places, or no strands and no types.
    public init(
        file: String, lines: some Sequence<some Collection<UInt8>>, stated: StrandConvention? = nil,
        unfilteredIsPass: Bool = false
    ) throws(InputError) {
        var reader = BEDPEReader(file: file)
        for line in lines { try reader.read(line) }
        let found = try reader.finish(stated: stated, unfilteredIsPass: unfilteredIsPass)
        self.file = file
        (calls, convention, decidedBy) = (found.calls, found.convention, found.decidedBy)
        contigStyles = reader.contigStyles
    }

    /// Reads a table from text.
    ///
    /// - Throws: As the other initializer.
    public init(file: String, text: String, stated: StrandConvention? = nil) throws(InputError) {
        try self.init(
            file: file, lines: text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false),
            stated: stated)
    }

    /// Whether a line of column names is BEDPE's.
    public static func looksLikeBEDPE(columns: [String]) -> Bool {
        BEDPELayout.looksLikeBEDPE(columns: columns)
    }

    /// Names of the samples, sorted; empty where the table names none.
    public var samples: [String] { Set(calls.variants.map(\.sample)).subtracting([""]).sorted() }
}
