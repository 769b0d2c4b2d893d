/// Symbols that older tables give to genes of another symbol today.
///
/// Only those of which one gene alone was called so; `MYH` of a table may be MUTYH or a myosin, and stays unknown.
enum FormerSymbols {
    private static let current = [
        "ABL": "ABL1", "C15orf55": "NUTM1", "HIF1a": "HIF1A", "MGEA5": "OGA", "MLL": "KMT2A", "MLL2": "KMT2D",
        "MRE11A": "MRE11", "NPM": "NPM1", "ZNF198": "ZMYM2",
    ]

    /// The symbol that a gene has today, the symbol itself where it is none of these.
    static func current(_ symbol: String) -> String { current[symbol] ?? symbol }
}
