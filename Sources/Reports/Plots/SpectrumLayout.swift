internal import Biomarkers

/// The bars of a spectrum in the order of the picture, in groups of one color and sections of one heading.
///
/// - Source: the pictures of COSMIC Mutational Signatures and SigProfilerPlotting: order, groups and colors.
struct SpectrumLayout {
    struct Bar {
        /// The mutation type as the catalogue names it.
        let name: String
        /// What stands below the bar.
        let label: String
        let color: String
    }

    struct Group {
        let label: String
        let color: String
        var bars: [Bar]
    }

    struct Section {
        let heading: String
        /// What the labels below are.
        let caption: String
        var groups: [Group]
    }

    private(set) var sections: [Section] = []
    /// Whether bars have an outline, since some are nearly white.
    let isOutlined: Bool

    var count: Int { sections.reduce(0) { $0 + $1.groups.reduce(0) { $0 + $1.bars.count } } }

    init(_ types: MutationTypes) {
        isOutlined = types == .sv32 || types == .cnv48
        switch types {
        case .sbs96, .sbs384: addSubstitutions(MutationTypes.sbs96.names)
        case .dbs78: addDoublets(types.names)
        case .id83: addIndels(types.names)
        case .sv32: addRearrangements(types.names)
        case .cnv48: addCopyNumbers(types.names)
        }
    }

    /// Adds a bar; a group or section goes on while its label and heading stay.
    private mutating func add(
        _ bar: Bar, group: String, color: String, section: String = "", caption: String = ""
    ) {
        if sections.last?.heading != section || sections.last?.caption != caption {
            sections.append(Section(heading: section, caption: caption, groups: []))
        }
        let last = sections.count - 1
        if sections[last].groups.last?.label != group {
            sections[last].groups.append(Group(label: group, color: color, bars: []))
        }
        sections[last].groups[sections[last].groups.count - 1].bars.append(bar)
    }

    // MARK: Kinds

    private mutating func addSubstitutions(_ names: [String]) {
        let colors = [
            "C>A": "#03BDEE", "C>G": "#010101", "C>T": "#E42926", "T>A": "#CAC9C9", "T>C": "#A1CE63",
            "T>G": "#ECC7C5",
        ]
        for (change, color) in colors.sorted(by: { $0.key < $1.key }) {
            for name in names where name.contains("[\(change)]") {
                let letters = Array(name)
                let label = String([letters[0], letters[2], letters[6]])
                add(Bar(name: name, label: label, color: color), group: change, color: color)
            }
        }
    }

    private mutating func addDoublets(_ names: [String]) {
        let colors = [
            "AC": "#03BDEF", "AT": "#0366CC", "CC": "#A2CF63", "CG": "#016601", "CT": "#FF9999",
            "GC": "#E42926", "TA": "#FFB266", "TC": "#FF8001", "TG": "#CC99FF", "TT": "#4C0199",
        ]
        for name in names {
            let from = String(name.prefix(2)), color = colors[from] ?? "#777777"
            add(
                Bar(name: name, label: String(name.suffix(2)), color: color), group: "\(from)>NN",
                color: color)
        }
    }

    private mutating func addIndels(_ names: [String]) {
        let colors: [String: [String]] = [
            "1:Del": ["#FDBE6F", "#FF8002"], "1:Ins": ["#B0DD8B", "#36A12E"],
            "Del:R": ["#FDCAB5", "#FC8A6A", "#F14432", "#BC191A"],
            "Ins:R": ["#D0E1F2", "#94C4DF", "#4A98C9", "#1764AB"],
            "Del:M": ["#E2E2EF", "#B6B6D8", "#8683BD", "#62409B"],
        ]
        let sections = [
            "1:Del": ("1 bp deletion", "Homopolymer length"),
            "1:Ins": ("1 bp insertion", "Homopolymer length"),
            "Del:R": ("Deletion at repeats, by length", "Number of repeat units"),
            "Ins:R": ("Insertion at repeats, by length", "Number of repeat units"),
            "Del:M": ("At microhomology", "Homology length"),
        ]
        for name in names {
            let parts = name.split(separator: ":").map(String.init)
            let isSingle = parts[0] == "1"
            let key = isSingle ? "1:\(parts[1])" : "\(parts[1]):\(parts[2])"
            let place = isSingle ? (parts[2] == "C" ? 0 : 1) : (Int(parts[0]) ?? 2) - 2
            // A deletion leaves one unit less than the reference has, so 0 is a stretch of 1.
            let offset = parts[1] == "Del" && parts[2] != "M" ? 1 : 0
            let label = String((Int(parts[3]) ?? 0) + offset) + (parts[3] == "5" ? "+" : "")
            let color = colors[key]?[place] ?? "#777777"
            let (heading, caption) = sections[key] ?? ("", "")
            let group = isSingle ? parts[2] : parts[0] + (parts[0] == "5" ? "+" : "")
            add(
                Bar(name: name, label: label, color: color), group: group, color: color, section: heading,
                caption: caption)
        }
    }

    private mutating func addRearrangements(_ names: [String]) {
        let shades = [
            "del": ["#FFF0F5", "#FFB6C1", "#DB7093", "#FF69B4", "#FF1493"],
            "tds": ["#FAF0E6", "#F4A460", "#CD853F", "#A0522D", "#8B4513"],
            "inv": ["#D8BFD8", "#DDA0DD", "#BA55D3", "#8A2BE2", "#663399"],
            "trans": ["#696969"],
        ]
        let groups = [
            "del": ("Deletion", "#800000"), "tds": ("Tandem duplication", "#FF8C00"),
            "inv": ("Inversion", "#6A5ACD"), "trans": ("Tr.", "#696969"),
        ]
        let headings = [
            "clustered": "Clustered rearrangements", "non-clustered": "Non-clustered rearrangements",
        ]
        var places: [String: Int] = [:]
        for name in names {
            let parts = name.split(separator: "_").map(String.init)
            let place = places[parts[0] + parts[1], default: 0]
            places[parts[0] + parts[1]] = place + 1
            let (group, color) = groups[parts[1]] ?? (parts[1], "#777777")
            add(
                Bar(
                    name: name, label: parts.count > 2 ? parts[2] : "translocation",
                    color: shades[parts[1]]?[place] ?? color),
                group: group, color: color, section: headings[parts[0]] ?? parts[0])
        }
    }

    private mutating func addCopyNumbers(_ names: [String]) {
        let colors = [
            "0": "#0000CD", "1": "#545454", "2": "#228B22", "3-4": "#7D26CD", "5-8": "#CD8500",
            "9+": "#8B0A50",
        ]
        let shades = [
            "0": ["#F0F8FF", "#787CE6", "#0000CD"],
            "1": ["#EBEBEB", "#C5C5C5", "#9F9F9F", "#797979", "#545454"],
            "2": ["#F5FFFA", "#C0E2C3", "#8BC48E", "#56A858", "#228B22"],
            "3-4": ["#FFF0F5", "#DEBDEB", "#BE8BE1", "#9D58D7", "#7D26CD"],
            "5-8": ["#FFFAF0", "#F2DCB3", "#E6BF78", "#D9A23C", "#CD8500"],
            "9+": ["#FFE4E1", "#E2ADBC", "#C47798", "#A84074", "#8B0A50"],
        ]
        let headings = [
            "homdel": "Hom. del.", "LOH": "Loss of heterozygosity, by copies",
            "het": "Heterozygous, by copies",
        ]
        var places: [String: Int] = [:]
        for name in names {
            let parts = name.split(separator: ":").map(String.init)
            let place = places[parts[0] + parts[1], default: 0]
            places[parts[0] + parts[1]] = place + 1
            let color = colors[parts[0]] ?? "#777777"
            add(
                Bar(name: name, label: parts[2], color: shades[parts[0]]?[place] ?? color), group: parts[0],
                color: color, section: headings[parts[1]] ?? parts[1])
        }
    }
}
