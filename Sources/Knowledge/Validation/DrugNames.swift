/// Drugs as rows spell them, to find two spellings of one drug.
///
///     Dabrafenib + Trametinib     trametinib + Dabrafenib mesylate      one key: dabrafenib + trametinib
///
/// Letters' case, salts, blanks and hyphens, and the order of a combination make no other drug. Names that differ
/// otherwise are taken for different drugs; `drugs.tsv` tells synonyms.
struct DrugNames {
    /// One spelling of a key: how often it is there, and where first.
    private struct Spelling {
        var text: String
        var count: Int
        var place: KnowledgePlace
    }

    private var spellings: [String: [Spelling]] = [:]

    /// Words behind a drug's name that tell its salt or water.
    private static let salts: Set<Substring> = [
        "acetate", "besylate", "citrate", "dihydrochloride", "dimaleate", "dimesylate", "disodium",
        "ditosylate",
        "fumarate", "hcl", "hydrobromide", "hydrochloride", "malate", "maleate", "mesilate", "mesylate",
        "monohydrate", "phosphate", "potassium", "sodium", "succinate", "sulfate", "sulphate", "tartrate",
        "tosylate",
    ]

    /// The parts of a therapy, as they are spelled.
    static func parts(_ therapy: String) -> [String] {
        EvidenceRow.parts(of: therapy).filter { !$0.isEmpty }
    }

    /// What is the same for every spelling of a single drug.
    static func key(ofPart part: String) -> String {
        let words = part.lowercased().split { $0 == " " || $0 == "-" }
        return words.enumerated().filter { $0.offset == 0 || !salts.contains($0.element) }
            .map(\.element).joined()
    }

    /// What is the same for every spelling of a drug or combination.
    static func key(ofTherapy therapy: String) -> String {
        parts(therapy).map(key(ofPart:)).sorted().joined(separator: "+")
    }

    /// Takes the spelling of a row.
    mutating func add(_ therapy: String, at place: KnowledgePlace) {
        let parts = Self.parts(therapy)
        for part in parts { add(part, Self.key(ofPart: part), place) }
        guard parts.count > 1 else { return }
        // The order alone: spellings of the parts are told above.
        let keys = parts.map(Self.key(ofPart:))
        add(keys.joined(separator: " + "), "+" + keys.sorted().joined(separator: "+"), place)
    }

    private mutating func add(_ text: String, _ key: String, _ place: KnowledgePlace) {
        if let known = spellings[key]?.firstIndex(where: { $0.text == text }) {
            spellings[key]?[known].count += 1
        } else {
            spellings[key, default: []].append(Spelling(text: text, count: 1, place: place))
        }
    }

    /// A warning for each spelling but the most common one of its drug, at the row where it is met first.
    func problems() -> [KnowledgeProblem] {
        spellings.values.filter { $0.count > 1 }.flatMap { all in
            let main = all.enumerated().max {
                ($0.element.count, -$0.offset) < ($1.element.count, -$1.offset)
            }
            return all.enumerated().filter { $0.offset != main?.offset }.map { _, other in
                let row = main.map { "row \($0.element.place.id) has \"\($0.element.text)\"" } ?? ""
                let fault = KnowledgeFault(
                    .drugSpelling, .warning, column: "therapies", found: "\"\(other.text)\" where \(row)",
                    expected: "one spelling of a drug, and one order of a combination",
                    remedy: "Write it as the other rows do.")
                return KnowledgeProblem(fault, other.place)
            }
        }
    }
}
