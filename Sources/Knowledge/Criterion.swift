public import Consequences
public import Genome
public import Variants

/// What a knowledge-base row asks of a tumor: leaves joined by AND, OR, NOT and WILDTYPE.
///
/// Text and value are inverse: `Criterion(parsing: criterion.description) == criterion`. The grammar:
///
///     criterion   = conjunction { "OR" conjunction }
///     conjunction = term { "AND" term }
///     term        = "NOT" term | "WILDTYPE(" gene ")" | origin "(" leaf ")" | "(" criterion ")" | leaf
///     origin      = "GERMLINE" | "SOMATIC"                                     (without one either counts)
///     leaf        = genomic | fusion | biomarker | gene event
///     genomic     = "g." assembly ":" contig ":" position ":" ref ":" alt      (1-based, + strand, as in VCF)
///     fusion      = ( gene | "*" ) "::" ( gene | "*" )                          (5' partner first)
///     biomarker   = ( "TMB-H" | "MSI-H" | "HRD" | "MGMT-methylated" | "1p/19q-codeleted" ) [ "(" definition ">=" number ")" ]
///     event       = "p." protein change | "codon" number { "," number } [ class ]
///                 | "exon" number ( class | "skipping" ) | "residues" number "-" number [ class ]
///                 | class [ "biallelic" ] | "amplification" | "gain" | "loss" | "homozygous_deletion"
///                 | "oncogenic" | "any" | metabolizer
///     class       = "missense" | "inframe_insertion" | "inframe_deletion" | "inframe_delins" | "nonsense"
///                 | "frameshift" | "splice" | "start_lost" | "stop_lost" | "promoter" | "loss_of_function"
///
///     metabolizer = ( "poor" | "intermediate" | "normal" | "rapid" | "ultrarapid" ) "_metabolizer"    (inherited; of a pharmacogene)
///
/// Granularity says how specific a leaf is, 1 (any event in the gene) to 10 (one genomic allele).
public indirect enum Criterion: Hashable, Sendable {
    /// One genomic allele of one assembly.
    case genomic(Assembly, Variant)
    /// One protein change of a gene.
    case protein(gene: String, change: ProteinChange)
    /// Codons of a gene, with a class or any protein change.
    case codons(gene: String, codons: [Int], class: AlterationClass?)
    /// An exon of a gene and a class.
    case exon(gene: String, exon: Int, class: AlterationClass)
    /// The loss of a whole exon from the transcript.
    case exonSkipping(gene: String, exon: Int)
    /// A stretch of residues (a domain), 1-based closed.
    case residues(gene: String, range: ClosedRange<Int>, class: AlterationClass?)
    /// Any change of a class, or loss of function, perhaps of both alleles.
    case effect(gene: String, class: AlterationClass, isBiallelic: Bool)
    /// A change of gene dosage.
    case dosage(gene: String, DosageEvent)
    /// Any change that is likely oncogenic or better.
    case oncogenic(gene: String)
    /// Any event in the gene: shown, never tier-defining.
    case anyEvent(gene: String)
    /// How well the inherited copies of a pharmacogene work together.
    case metabolizer(gene: String, MetabolizerPhenotype)
    /// Two genes joined; nil is any partner.
    case fusion(fivePrime: String?, threePrime: String?)
    /// A genome-wide measure, with the definition and the smallest value, or by its name alone.
    case biomarker(BiomarkerName, definition: String?, minimum: Double?)
    /// No oncogenic alteration in an assessable gene.
    case wildtype(gene: String)
    /// A leaf that an event of this origin must meet.
    case origin(Origin, Criterion)
    /// Opposite.
    case not(Criterion)
    /// All of them.
    case and([Criterion])
    /// Any of them.
    case or([Criterion])

    /// Where an event arose.
    public enum Origin: String, Hashable, Sendable, CaseIterable {
        /// Inherited.
        case germline = "GERMLINE"
        /// In the tumor.
        case somatic = "SOMATIC"
    }

    /// Genome-wide measures that a criterion can name.
    public enum BiomarkerName: String, Hashable, Sendable, CaseIterable {
        /// High tumor mutational burden.
        case tmbHigh = "TMB-H"
        /// High microsatellite instability.
        case msiHigh = "MSI-H"
        /// Homologous recombination deficiency.
        case hrd = "HRD"
        /// Methylated promoter of MGMT, by the laboratory's assay.
        case mgmtMethylated = "MGMT-methylated"
        /// Loss of both 1p and 19q.
        case codeletion1p19q = "1p/19q-codeleted"
    }

    /// Changes of gene dosage.
    public enum DosageEvent: String, Hashable, Sendable, CaseIterable {
        /// Many copies.
        case amplification
        /// More copies.
        case gain
        /// Fewer copies.
        case loss
        /// No copy left.
        case homozygousDeletion = "homozygous_deletion"
    }

    /// How specific the criterion is, 1 … 10: the most specific leaf that speaks for it.
    ///
    /// Source: the project's specification, section 10.2.
    public var granularity: Int {
        switch self {
        case .genomic: 10
        case .protein: 9
        case .codons: 8
        case .exon, .exonSkipping: 7
        case .residues: 6
        case .effect, .dosage, .fusion, .metabolizer: 5
        case .oncogenic: 4
        case .biomarker: 3
        case .wildtype: 2
        case .anyEvent: 1
        case .not: 1
        case .origin(_, let leaf): leaf.granularity
        case .and(let parts), .or(let parts): parts.map(\.granularity).max() ?? 1
        }
    }

    /// Genes named by leaves, in order of appearance, without repeats.
    public var genes: [String] {
        switch self {
        case .genomic, .biomarker: return []
        case .protein(let gene, _), .codons(let gene, _, _), .exon(let gene, _, _),
            .exonSkipping(let gene, _), .residues(let gene, _, _), .effect(let gene, _, _),
            .dosage(let gene, _), .oncogenic(let gene), .anyEvent(let gene), .wildtype(let gene),
            .metabolizer(let gene, _):
            return [gene]
        case .fusion(let five, let three): return [five, three].compactMap(\.self)
        case .not(let inner), .origin(_, let inner): return inner.genes
        case .and(let parts), .or(let parts):
            var seen = Set<String>()
            return parts.flatMap(\.genes).filter { seen.insert($0).inserted }
        }
    }
}

extension Criterion {
    /// Whether a leaf asks for anything in a gene but how its inherited copies work.
    public func namesEvent(in gene: String) -> Bool {
        leaves.contains { leaf in
            if case .metabolizer = leaf { return false }
            return leaf.genes.contains(gene)
        }
    }

    /// The same asked of inherited changes alone; measures and absences stay as they are.
    var inherited: Criterion {
        switch self {
        case .and(let parts): .and(parts.map(\.inherited))
        case .or(let parts): .or(parts.map(\.inherited))
        case .not(let inner): .not(inner.inherited)
        case .biomarker, .wildtype, .origin, .metabolizer: self
        default: .origin(.germline, self)
        }
    }
}

/// The phenotypes of a pharmacogene that a criterion can name.
///
/// Source: CPIC's standard terms; the raw value is the term in lower case with underscores.
public enum MetabolizerPhenotype: String, Hashable, Sendable, CaseIterable {
    /// No or hardly any function.
    case poor = "poor_metabolizer"
    /// Less than normal.
    case intermediate = "intermediate_metabolizer"
    /// Normal.
    case normal = "normal_metabolizer"
    /// More than normal.
    case rapid = "rapid_metabolizer"
    /// Much more than normal.
    case ultrarapid = "ultrarapid_metabolizer"

    /// Whether `other` is a lower function than this.
    func isAbove(_ other: Self) -> Bool {
        guard let own = Self.allCases.firstIndex(of: self), let place = Self.allCases.firstIndex(of: other)
        else { return false }
        return own > place
    }
}

/// The classes of small variants that a criterion can name.
///
/// Source: the project's specification, section 10.2.
public enum AlterationClass: String, Hashable, Sendable, CaseIterable {
    /// Residues replaced by as many.
    case missense
    /// Residues added.
    case inframeInsertion = "inframe_insertion"
    /// Residues removed, also with others put in their place if fewer remain.
    case inframeDeletion = "inframe_deletion"
    /// Residues replaced by more or fewer.
    case inframeDelins = "inframe_delins"
    /// A new stop.
    case nonsense
    /// The frame lost.
    case frameshift
    /// The two intron bases beside an exon.
    case splice
    /// The start codon lost.
    case startLost = "start_lost"
    /// The stop codon lost.
    case stopLost = "stop_lost"
    /// Upstream of the gene.
    case promoter
    /// Nonsense, frameshift, splice, start lost; also a deleted or broken gene.
    case lossOfFunction = "loss_of_function"
}

extension Criterion: CustomStringConvertible {
    /// The criterion in the grammar above.
    public var description: String {
        switch self {
        case .genomic(let assembly, let variant):
            return "g.\(assembly.rawValue):\(variant.contig):\(variant.position + 1):\(variant.reference):"
                + variant.alternate
        case .protein(let gene, let change): return "\(gene) \(change.shortName)"
        case .codons(let gene, let codons, let kind):
            return "\(gene) codon \(codons.map(String.init).joined(separator: ","))" + Self.suffix(kind)
        case .exon(let gene, let exon, let kind): return "\(gene) exon \(exon) \(kind.rawValue)"
        case .exonSkipping(let gene, let exon): return "\(gene) exon \(exon) skipping"
        case .residues(let gene, let range, let kind):
            return "\(gene) residues \(range.lowerBound)-\(range.upperBound)" + Self.suffix(kind)
        case .effect(let gene, let kind, let isBiallelic):
            return "\(gene) \(kind.rawValue)" + (isBiallelic ? " biallelic" : "")
        case .dosage(let gene, let event): return "\(gene) \(event.rawValue)"
        case .oncogenic(let gene): return "\(gene) oncogenic"
        case .anyEvent(let gene): return "\(gene) any"
        case .metabolizer(let gene, let phenotype): return "\(gene) \(phenotype.rawValue)"
        case .fusion(let five, let three): return "\(five ?? "*")::\(three ?? "*")"
        case .biomarker(let name, let definition, let minimum):
            guard let definition, let minimum else { return name.rawValue }
            return "\(name.rawValue)(\(definition) >= \(Self.number(minimum)))"
        case .wildtype(let gene): return "WILDTYPE(\(gene))"
        case .origin(let origin, let leaf): return "\(origin.rawValue)(\(leaf))"
        case .not(let inner): return "NOT \(inner.inParentheses)"
        case .and(let parts): return parts.map(\.inParentheses).joined(separator: " AND ")
        case .or(let parts):
            return parts.map { if case .or = $0 { "(\($0))" } else { $0.description } }.joined(
                separator: " OR ")
        }
    }

    private var inParentheses: String {
        switch self {
        case .and, .or: "(\(self))"
        default: description
        }
    }

    private static func suffix(_ kind: AlterationClass?) -> String { kind.map { " \($0.rawValue)" } ?? "" }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
