extension TumorTypes {
    /// Older codes and names of types that the present tree has as several.
    private static let divided = [
        "all": ["BLL", "TLL"], "acute lymphoblastic leukemia": ["BLL", "TLL"],
        "acute lymphoid leukemia": ["BLL", "TLL"],
    ]

    /// Codes of the type of a code, name, synonym or DOID, also of one that is several today; empty where there is none.
    func codes(named text: String) -> [String] {
        if let type = resolve(text) { return [type.code] }
        return (Self.divided[text.lowercased()] ?? []).filter { type($0) != nil }
    }
}
