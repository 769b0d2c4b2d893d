/// Whether both copies of a gene are hit, with what speaks for it.
public struct GeneStatus: Codable, Hashable, Sendable {
    /// How many copies are hit.
    public enum Status: String, Codable, Hashable, Sendable {
        /// No working copy is left.
        case biallelic
        /// One copy is hit and the other is there.
        case monoallelic
        /// No hit was seen where one would have been.
        case none
        /// Something that it rests on is not known.
        case unknown
    }

    /// The gene's symbol.
    public var gene: String
    /// How many copies are hit.
    public var status: Status
    /// The hits, such as `p.S1982fs (germline, class 5)`, `one allele lost`.
    public var hits: [String]
    /// Why the status is what it is, in one sentence.
    public var reason: String

    /// A status.
    public init(gene: String, status: Status, hits: [String], reason: String) {
        (self.gene, self.status, self.hits, self.reason) = (gene, status, hits, reason)
    }
}
