/// Where a ``ContigSequence`` that holds no bases itself finds them.
public protocol BaseSource: AnyObject, Sendable {
    /// The code of the base at a position of the contig, 0-based; unknown outside, and where reading fails.
    func code(at position: Int) -> UInt8
    /// The codes of the base at a position and of those beside it.
    func codes(around position: Int) -> BaseTriple
}

/// The codes of a base and of those before and behind it.
public typealias BaseTriple = (before: UInt8, own: UInt8, behind: UInt8)

extension BaseSource {
    /// The codes of the base at a position and of those beside it, one by one.
    public func codes(around position: Int) -> BaseTriple {
        (code(at: position - 1), code(at: position), code(at: position + 1))
    }
}
