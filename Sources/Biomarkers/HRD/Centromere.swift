public import Genome

/// Where the centromeres lie: the outer edges of the two `acen` bands of each chromosome.
///
/// Source: UCSC Genome Browser, table cytoBand of hg19 and hg38.
public enum Centromere {
    /// The last base of the short arm and the first of the long arm, 1-based; nil for what is no nuclear chromosome.
    public static func edges(_ assembly: Assembly, _ contig: Contig) -> (shortArmEnd: Int, longArmStart: Int)?
    {
        guard let number = contig.humanNumber, number <= 24 else { return nil }
        let edges = (assembly == .grch37 ? grch37 : grch38)[number - 1]
        return (Int((edges.0 * 1e6).rounded()), Int((edges.1 * 1e6).rounded()))
    }

    // In Mb, chromosomes 1 … 22, X, Y.
    private static let grch37: [(Double, Double)] = [
        (121.5, 128.9), (90.5, 96.8), (87.9, 93.9), (48.2, 52.7), (46.1, 50.7), (58.7, 63.3),
        (58.0, 61.7), (43.1, 48.1), (47.3, 50.7), (38.0, 42.3), (51.6, 55.7), (33.3, 38.2),
        (16.3, 19.5), (16.1, 19.1), (15.8, 20.7), (34.6, 38.6), (22.2, 25.8), (15.4, 19.0),
        (24.4, 28.6), (25.6, 29.4), (10.9, 14.3), (12.2, 17.9), (58.1, 63.0), (11.6, 13.4),
    ]
    private static let grch38: [(Double, Double)] = [
        (121.7, 125.1), (91.8, 96.0), (87.8, 94.0), (48.2, 51.8), (46.1, 51.4), (58.5, 62.6),
        (58.1, 62.1), (43.2, 47.2), (42.2, 45.5), (38.0, 41.6), (51.0, 55.8), (33.2, 37.8),
        (16.5, 18.9), (16.1, 18.2), (17.5, 20.5), (35.3, 38.4), (22.7, 27.4), (15.4, 21.5),
        (24.2, 28.1), (25.7, 30.4), (10.9, 13.0), (13.7, 17.4), (58.1, 63.8), (10.3, 10.6),
    ]
}
