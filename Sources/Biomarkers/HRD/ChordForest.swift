public import Genome

/// CHORD's random forest, read from text: one line a node, `tree node left right feature split status class`.
///
/// Node 1 is the root; left where the feature is at most the split; a node with status -1 is a leaf, its class the tree's vote.
public struct ChordForest: Sendable {
    private struct Node {
        var left = 0
        var right = 0
        var feature = ""
        var split = 0.0
        /// The vote of a leaf; empty for an inner node.
        var vote = ""
    }

    private let trees: [[Node]]

    /// How many trees there are.
    public var count: Int { trees.count }

    /// The columns of the table.
    public static let columns = ["tree", "node", "left", "right", "feature", "split", "status", "class"]
    private static let classes = ["BRCA1", "BRCA2", "none"]

    /// Reads a forest.
    ///
    /// - Throws: `InputError` for a node that is none, that leads back or nowhere, or asks for a feature that is not known.
    public init(text: String, file: String) throws(InputError) {
        func fault(_ line: Int, _ problem: String) -> InputError {
            InputError(
                file: file, place: .line(line), problem: problem,
                remedy: "Give a forest as a table with the columns \(Self.columns.joined(separator: " ")).")
        }
        var trees: [[Node]] = []
        var lines: [[Int]] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let number = index + 1
            if line.isEmpty { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if number == 1 {
                guard cells == Self.columns else {
                    throw fault(1, "the columns are \(line.prefix(200))")
                }
                continue
            }
            guard cells.count == Self.columns.count, let tree = Int(cells[0]), let place = Int(cells[1]),
                let status = Int(cells[6])
            else { throw fault(number, "the line is no node: \(line.prefix(200))") }
            guard
                place == 1
                    ? tree == trees.count + 1 : tree == trees.count && place == (trees.last?.count ?? 0) + 1
            else { throw fault(number, "node \(place) of tree \(tree) is out of order") }
            if place == 1 {
                trees.append([])
                lines.append([])
            }
            var node = Node()
            if status == -1 {
                guard Self.classes.contains(cells[7]) else {
                    throw fault(
                        number,
                        "the class is \"\(cells[7])\"; one of \(Self.classes.joined(separator: ", ")) was expected"
                    )
                }
                node.vote = cells[7]
            } else {
                guard let left = Int(cells[2]), let right = Int(cells[3]), let split = Double(cells[5]),
                    split.isFinite
                else { throw fault(number, "the line is no node: \(line.prefix(200))") }
                guard ChordFeatures.names.contains(cells[4]) else {
                    throw fault(number, "the feature \"\(cells[4])\" is not one of CHORD's")
                }
                // Children stand behind their node, so no way leads back.
                guard left > place, right > place else {
                    throw fault(number, "node \(place) leads back to node \(min(left, right))")
                }
                node = Node(left: left, right: right, feature: cells[4], split: split)
            }
            trees[tree - 1].append(node)
            lines[tree - 1].append(number)
        }
        guard !trees.isEmpty else { throw fault(1, "the forest has no trees") }
        for (tree, nodes) in trees.enumerated() {
            for (place, node) in nodes.enumerated() where node.vote.isEmpty {
                guard node.left <= nodes.count, node.right <= nodes.count else {
                    throw fault(
                        lines[tree][place],
                        "node \(max(node.left, node.right)) of tree \(tree + 1) is not there")
                }
            }
        }
        self.trees = trees
    }

    /// The share of trees that vote for each class.
    func votes(_ features: ChordFeatures) -> [String: Double] {
        var votes: [String: Int] = [:]
        for tree in trees {
            var node = tree[0]
            while node.vote.isEmpty {
                node = tree[((features.values[node.feature] ?? 0) <= node.split ? node.left : node.right) - 1]
            }
            votes[node.vote, default: 0] += 1
        }
        return votes.mapValues { Double($0) / Double(trees.count) }
    }
}

/// What CHORD says of a tumor, or the features alone where no forest is given.
public struct ChordPrediction: Codable, Hashable, Sendable {
    /// How far the prediction can be trusted.
    public var status: BiomarkerStatus
    /// Why the status is not `ok`.
    public var statusReason: String
    /// What the forest looks at.
    public var features: [String: Double]
    /// The features that speak most for deficiency, as shares.
    public var evidence: [String: Double]
    /// The share of trees that vote for deficiency as of BRCA1; nil without a forest, as the next ones.
    public var probabilityBRCA1: Double?
    /// The share of trees that vote for deficiency as of BRCA2.
    public var probabilityBRCA2: Double?
    /// The sum of both.
    public var probability: Double?
    /// `HR_deficient`, `HR_proficient` or `undetermined`.
    public var hrStatus: String?
    /// `BRCA1_type`, `BRCA2_type`, `none` or `undetermined`.
    public var hrdType: String?

    /// Fewer insertions and deletions than these are too few. CHORD's published run used 50.
    public static let fewestIndels = 100
    private static let mostRepeats = 14_000
    private static let fewestRearrangements = 30

    /// The prediction of a forest.
    ///
    /// - Shape: `hasRearrangements` whether structural variants were given, so that none is a number.
    public init(
        _ features: ChordFeatures, forest: ChordForest?, hasRearrangements: Bool,
        fewestIndels: Int = ChordPrediction.fewestIndels
    ) {
        (self.features, evidence) = (features.values, features.evidence)
        (status, statusReason) = (.ok, "")
        var reasons: [String] = []
        if features.indels < fewestIndels {
            reasons.append("\(features.indels) insertions and deletions, at least \(fewestIndels) needed")
        }
        if features.indelsAtRepeats > Self.mostRepeats {
            reasons.append(
                "\(features.indelsAtRepeats) insertions and deletions at repeats: microsatellite instability")
        }
        if !hasRearrangements { reasons.append("no structural input") }
        guard let forest else {
            (status, statusReason) = (
                .notComputable, (["no forest is given"] + reasons).joined(separator: "; ")
            )
            return
        }
        guard reasons.isEmpty else {
            (status, statusReason) = (.notComputable, reasons.joined(separator: "; "))
            (hrStatus, hrdType) = ("undetermined", "undetermined")
            return
        }
        let votes = forest.votes(features)
        let (one, two) = (votes["BRCA1"] ?? 0, votes["BRCA2"] ?? 0)
        // Votes are whole numbers of trees; a sum of shares is not exact.
        let both = ((one + two) * Double(forest.count)).rounded() / Double(forest.count)
        (probabilityBRCA1, probabilityBRCA2, probability) = (one, two, both)
        guard both >= 0.5 else {
            (hrStatus, hrdType) = ("HR_proficient", "none")
            return
        }
        hrStatus = "HR_deficient"
        if features.rearrangements < Self.fewestRearrangements {
            (status, hrdType) = (.lowCount, "undetermined")
            statusReason =
                "\(features.rearrangements) structural variants, at least \(Self.fewestRearrangements) needed for the type"
        } else {
            hrdType = one >= two ? "BRCA1_type" : "BRCA2_type"
        }
    }
}
