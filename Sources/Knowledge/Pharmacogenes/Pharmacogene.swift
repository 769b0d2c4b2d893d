public import Genome
internal import Variants

/// A gene whose inherited form changes the dose or the choice of a drug: its positions, alleles and phenotypes.
///
/// - Source: CPIC's allele definitions and phenotypes, as `knowledgebase/pharmacogenes` carries them.
public struct Pharmacogene: Hashable, Sendable {
    /// A position of the definition.
    public struct Position: Hashable, Sendable {
        /// dbSNP's name; empty where it has none.
        public let rsid: String
        /// The contig.
        public let contig: Contig
        /// What may stand there, spelled from the position on: first what the definition calls reference.
        public let alleles: [String]
        /// Where it lies on each assembly; an assembly on which nobody checked the place is missing.
        public let places: [Assembly: Place]

        /// Whether an allele differs in length, so that a repeat may move it.
        public var isIndel: Bool { alleles.contains { $0.utf8.count != 1 } }

        /// Its name in results: the rsid, else its place on GRCh38.
        public var name: String {
            rsid.isEmpty ? "\(contig):\((places[.grch38]?.position ?? -1) + 1)" : rsid
        }
    }

    /// A position on one assembly.
    public struct Place: Hashable, Sendable {
        /// The first base, 0-based.
        public let position: Int
        /// What the assembly has there; one of the position's alleles, not always the first.
        public let reference: String

        /// The bases of its alleles, 0-based.
        public var range: Range<Int> { position..<(position + reference.utf8.count) }

        /// The bases that must have been seen to tell the alleles apart: without the anchor of those that may be missing.
        public var decisive: Range<Int> { range.count > 1 ? range.dropFirst() : range }
    }

    /// A named allele.
    public struct Allele: Hashable, Sendable {
        /// Its name, such as `c.1905+1G>A (*2A)` or `*28`.
        public let name: String
        /// For each changed position (its number) the number of the allele there; empty for the reference.
        public let changes: [Int: Int]
        /// `Normal function`, `No function` …; empty where CPIC gives none.
        public let function: String
        /// 0, 0.5 or 1; nil in genes without a score.
        public let activity: Double?
        /// Whether the allele is in the first tier of those that a test has to look for, by AMP's recommendation.
        public let isFirstTier: Bool

        /// Whether the copy works less well, or nobody knows whether it does.
        public var isReduced: Bool { activity.map { $0 < 1 } ?? (function != "Normal function") }
    }

    /// Its symbol.
    public let gene: String
    /// Positions in the order of the definition.
    public let positions: [Position]
    /// Alleles in the order of the definition; the first is the reference.
    public let alleles: [Allele]
    /// Phenotypes by activity score (`1.5`), else by the functions of both copies, sorted and joined by ` + `.
    public let phenotypes: [String: String]

    /// The stretch in which records are looked at, on one assembly; nil where no position is known on it.
    public func span(on assembly: Assembly) -> GenomicInterval? {
        let ranges = positions.compactMap { $0.places[assembly]?.range }
        guard let contig = positions.first?.contig, let start = ranges.map(\.lowerBound).min(),
            let end = ranges.map(\.upperBound).max()
        else { return nil }
        // An indel may be written beside the place where it is looked for.
        return GenomicInterval(
            contig: contig,
            zeroBased: max(start - Self.margin, 0)..<(end + Self.margin))
    }

    /// Bases on each side of an indel in which another one may be the same change, written otherwise.
    static let margin = 30

    /// The positions at which an allele of reduced or unknown function differs from the reference.
    var decisive: Set<Int> {
        Set(alleles.filter(\.isReduced).flatMap(\.changes.keys))
    }
}

// MARK: Tables

extension Pharmacogene {
    /// Columns of the three tables.
    public static let positionColumns = [
        "gene", "rsid", "contig", "grch38", "ref", "alts", "grch37", "grch37Ref",
    ]
    /// Columns of `pharmacogene_alleles.tsv`.
    public static let alleleColumns = ["gene", "allele", "changes", "function", "activity", "ampTier"]
    /// Columns of `pharmacogene_phenotypes.tsv`.
    public static let phenotypeColumns = ["gene", "key", "phenotype"]

    /// The genes of a base, by symbol.
    ///
    /// - Throws: `InputError` for a number that is none, an allele at a position that is not listed, or a gene without reference.
    public static func parse(
        positions: TSVTable, alleles: TSVTable, phenotypes: TSVTable
    ) throws(InputError) -> [Pharmacogene] {
        var places: [String: [Position]] = [:]
        for row in positions.rows {
            places[positions.cell(row, "gene"), default: []].append(try position(row, of: positions))
        }
        var named: [String: [Allele]] = [:]
        for row in alleles.rows {
            let gene = alleles.cell(row, "gene")
            named[gene, default: []].append(try allele(row, of: alleles, places[gene] ?? []))
        }
        var found: [String: [String: String]] = [:]
        for row in phenotypes.rows {
            found[phenotypes.cell(row, "gene"), default: [:]][phenotypes.cell(row, "key")] =
                phenotypes.cell(row, "phenotype")
        }
        var genes: [Pharmacogene] = []
        for gene in places.keys.sorted() {
            guard let list = named[gene], let first = list.first, first.changes.isEmpty else {
                throw InputError(
                    file: alleles.file, place: .record(gene), problem: "the gene's first allele has changes",
                    remedy: "Give the reference first.")
            }
            genes.append(
                Pharmacogene(
                    gene: gene, positions: places[gene] ?? [], alleles: list, phenotypes: found[gene] ?? [:]))
        }
        return genes
    }

    private static func position(_ row: TSVTable.Row, of table: TSVTable) throws(InputError) -> Position {
        func fault(_ problem: String) -> InputError {
            InputError(
                file: table.file, place: .line(row.line), problem: problem,
                remedy: "Give contig, position (1-based), REF and ALTs as VCF writes them.")
        }
        let reference = table.cell(row, "ref"), alleles = [reference] + table.items(row, "alts")
        guard alleles.count > 1,
            alleles.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy("ACGT".utf8.contains) })
        else { throw fault("REF or ALT is empty or holds another letter than A, C, G, T") }
        guard let place = Int(table.cell(row, "grch38")), place > 0 else {
            throw fault("grch38 is \"\(table.cell(row, "grch38"))\", a position was expected")
        }
        var places = [Assembly.grch38: Place(position: place - 1, reference: reference)]
        if !table.cell(row, "grch37").isEmpty {
            let own = table.cell(row, "grch37Ref")
            guard let place = Int(table.cell(row, "grch37")), place > 0, alleles.contains(own) else {
                throw fault(
                    "grch37 is no position, or grch37Ref \"\(own)\" none of \(alleles.joined(separator: ", "))"
                )
            }
            places[.grch37] = Place(position: place - 1, reference: own)
        }
        return Position(
            rsid: table.cell(row, "rsid"), contig: Contig(table.cell(row, "contig")), alleles: alleles,
            places: places)
    }

    private static func allele(
        _ row: TSVTable.Row, of table: TSVTable, _ positions: [Position]
    ) throws(InputError) -> Allele {
        var changes: [Int: Int] = [:]
        for item in table.items(row, "changes") {
            let parts = item.split(separator: ":").map(String.init)
            guard parts.count == 2, let place = Int(parts[0]),
                let index = positions.firstIndex(where: { $0.places[.grch38]?.position == place - 1 }),
                let number = positions[index].alleles.firstIndex(of: parts[1]), number > 0
            else {
                throw InputError(
                    file: table.file, place: .line(row.line),
                    problem: "\"\(item)\" is no change at a listed position",
                    remedy: "Give position on GRCh38 and ALT, such as 97450058:T.")
            }
            changes[index] = number
        }
        let activity = table.cell(row, "activity")
        guard activity.isEmpty || Double(activity).map({ (0...1).contains($0) }) == true else {
            throw InputError(
                file: table.file, place: .line(row.line), problem: "activity is \"\(activity)\"",
                remedy: "Give a number from 0 to 1, or nothing.")
        }
        return Allele(
            name: table.cell(row, "allele"), changes: changes, function: table.cell(row, "function"),
            activity: Double(activity), isFirstTier: table.cell(row, "ampTier") == "1")
    }
}
