/// The tables of a release of the Molecular Oncology Almanac, in its schema of statements and propositions.
///
/// Each is one JSON file whose records name those of others by id.
///
/// - Source: the `referenced` folder of vanallenlab/moalmanac-db; field names are those of its files.
public struct MOAlmanacRelease: Sendable {
    /// A value of an extension: text, a number or a truth value.
    public enum Value: Decodable, Hashable, Sendable {
        /// Text.
        case text(String)
        /// A number.
        case number(Double)
        /// True or false.
        case truth(Bool)
        /// Null, a list or an object.
        case other

        /// Text, or a whole number as text; nil for others, and for text without characters.
        var text: String? {
            switch self {
            case .text(let text): text.isEmpty ? nil : text
            case .number(let number) where number == number.rounded() && abs(number) < 1e9:
                String(Int(number))
            default: nil
            }
        }

        /// Reads what is there.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let truth = try? container.decode(Bool.self) {
                self = .truth(truth)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .other
            }
        }
    }

    /// A name and a value beside the fields of a record.
    public struct Extension: Decodable, Sendable {
        let name: String
        let value: Value
    }

    /// An organization, with the day of its last update.
    public struct Agent: Decodable, Sendable {
        let id: String
        let extensions: [Extension]?
    }

    /// A change or a measure of a tumor.
    public struct Biomarker: Decodable, Sendable {
        let id: Int
        let name: String
        let genes: [Int]?
        let extensions: [Extension]

        func text(_ name: String) -> String? {
            extensions.first { $0.name == name }?.value.text
        }

        func number(_ name: String) -> Double? {
            if case .number(let number) = extensions.first(where: { $0.name == name })?.value {
                return number
            }
            return nil
        }

        func truth(_ name: String) -> Bool? {
            if case .truth(let truth) = extensions.first(where: { $0.name == name })?.value { return truth }
            return nil
        }
    }

    /// A gene or a tumor type.
    public struct Concept: Decodable, Sendable {
        let id: Int
        let name: String
        let primaryCoding: String?
        let extensions: [Extension]?

        enum CodingKeys: String, CodingKey {
            case id, name, extensions
            case primaryCoding = "primary_coding_id"
        }
    }

    /// An authority's text.
    public struct Document: Decodable, Sendable {
        let id: String
        let name: String
        let agent: String
        let publicationDate: String?
        let status: String?
        let urls: [String]?

        enum CodingKeys: String, CodingKey {
            case id, name, status, urls
            case agent = "agent_id"
            case publicationDate = "publication_date"
        }
    }

    /// A use that an authority approved or a payer pays for.
    public struct Indication: Decodable, Sendable {
        let id: String
        let document: String
        let text: String?
        let date: String?
        let status: String?
        let scheme: String?
        let comment: String?

        enum CodingKeys: String, CodingKey {
            case id, status
            case document = "document_id"
            case text = "indication"
            case date = "initial_approval_date"
            case scheme = "reimbursement_scheme"
            case comment = "reimbursement_comment"
        }
    }

    /// Biomarkers that all must be there, a tumor type and a therapy.
    public struct Proposition: Decodable, Sendable {
        let id: Int
        let predicate: String
        let biomarkers: [Int]
        let disease: Int
        let therapy: Int?
        let therapyGroup: Int?

        enum CodingKeys: String, CodingKey {
            case id, predicate, biomarkers
            case disease = "conditionQualifier_id"
            case therapy = "therapy_id"
            case therapyGroup = "therapy_group_id"
        }
    }

    /// What a document says of a proposition.
    public struct Statement: Decodable, Sendable {
        let id: Int
        let proposition: Int
        let direction: String
        let indication: String?
        let status: String?

        enum CodingKeys: String, CodingKey {
            case id, direction, status
            case proposition = "proposition_id"
            case indication = "indication_id"
        }
    }

    /// A drug.
    public struct Therapy: Decodable, Sendable {
        let id: Int
        let name: String
    }

    /// Drugs that are given together.
    public struct TherapyGroup: Decodable, Sendable {
        let id: Int
        let membershipOperator: String
        let therapies: [Int]
    }

    /// A link.
    public struct Link: Decodable, Sendable {
        let id: String
        let url: String
    }

    /// The tables.
    public var agents: [Agent] = [], biomarkers: [Biomarker] = [], genes: [Concept] = []
    /// The tables.
    public var diseases: [Concept] = [], documents: [Document] = [], indications: [Indication] = []
    /// The tables.
    public var propositions: [Proposition] = [], statements: [Statement] = []
    /// The tables.
    public var therapies: [Therapy] = [], therapyGroups: [TherapyGroup] = [], urls: [Link] = []

    /// A release without records.
    public init() {}

    /// The latest day on which an organization's records were brought up to date; empty where none is told.
    public var date: String {
        agents.flatMap { $0.extensions ?? [] }.compactMap { entry in
            if entry.name == "last_updated", case .text(let date) = entry.value, EvidenceRow.isDate(date) {
                return date
            }
            return nil
        }.max() ?? ""
    }
}
