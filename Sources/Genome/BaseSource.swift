/// Where a ``ContigSequence`` that holds no bases itself finds them.
public protocol BaseSource: AnyObject, Sendable {
    /// The code of the base at a position of the contig, 0-based; unknown outside, and where reading fails.
    func code(at position: Int) -> UInt8
}
