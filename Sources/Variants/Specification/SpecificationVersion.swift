/// A version of the VCF specification, as `##fileformat` names it.
public enum SpecificationVersion: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// VCFv4.1.
    case v41 = 1
    /// VCFv4.2.
    case v42
    /// VCFv4.3.
    case v43
    /// VCFv4.4.
    case v44
    /// VCFv4.5.
    case v45

    /// The version that a value of `##fileformat` names, such as `VCFv4.2`; nil for any other text.
    public init?(fileformat: some StringProtocol) {
        guard fileformat.hasPrefix("VCFv4."), let minor = Int(fileformat.dropFirst(6)),
            fileformat.dropFirst(6).allSatisfy(\.isNumber)
        else { return nil }
        self.init(rawValue: minor)
    }

    /// `4.2`.
    public var name: String { "4.\(rawValue)" }

    /// An earlier version is less than a later one.
    public static func < (left: SpecificationVersion, right: SpecificationVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}
