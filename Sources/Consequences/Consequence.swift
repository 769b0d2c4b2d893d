/// What one variant does to one transcript, as our caller or an annotator before us found it.
public struct Consequence: Hashable, Sendable {
    /// Gene symbol, empty for intergenic.
    public var gene: String
    /// Transcript id with version where given.
    public var transcript: String
    /// Sequence Ontology terms, most severe first.
    public var terms: [SequenceOntologyTerm]
    /// `c.` or `n.` name without the transcript, empty if none.
    public var codingName: String
    /// `p.` name in three-letter form without the protein id and without brackets (`p.Val600Glu`), empty if none.
    public var proteinName: String
    /// Protein id with version where given.
    public var protein: String
    /// The protein change by residues, where ``proteinName`` could be read.
    public var proteinChange: ProteinChange?
    /// First exon touched, 1-based, where the annotation says so.
    public var exon: Int?
    /// Whether this is the MANE Select transcript.
    public var isMANESelect: Bool
    /// Whether this is the Ensembl canonical transcript, or the one the annotator picked.
    public var isCanonical: Bool
    /// Whether the transcript's biotype is protein coding (true when not said and a protein name is there).
    public var isProteinCoding: Bool
    /// Whether this is a MANE Plus Clinical transcript.
    public var isMANEPlusClinical: Bool
    /// The annotator's gene id (`ENSG00000157764`, `673`), empty if not said.
    public var geneID: String
    /// The HGNC id (`HGNC:1097`), empty if not said.
    public var hgncID: String

    /// Creates a consequence.
    public init(
        gene: String, transcript: String, terms: [SequenceOntologyTerm], codingName: String = "",
        proteinName: String = "", protein: String = "", proteinChange: ProteinChange? = nil, exon: Int? = nil,
        isMANESelect: Bool = false, isCanonical: Bool = false, isProteinCoding: Bool = true,
        isMANEPlusClinical: Bool = false, geneID: String = "", hgncID: String = ""
    ) {
        self.gene = gene
        self.transcript = transcript
        self.terms = terms
        self.codingName = codingName
        self.proteinName = proteinName
        self.protein = protein
        self.proteinChange = proteinChange
        self.exon = exon
        self.isMANESelect = isMANESelect
        self.isCanonical = isCanonical
        self.isProteinCoding = isProteinCoding
        self.isMANEPlusClinical = isMANEPlusClinical
        self.geneID = geneID
        self.hgncID = hgncID
    }
}

extension Sequence<Consequence> {
    /// One consequence per gene, the one to report, most severe first.
    ///
    /// Of a gene's transcripts the first by: MANE Select, MANE Plus Clinical, canonical or picked, protein coding,
    /// severity, transcript id. Genes are told apart by symbol, without one by gene id.
    public func reported() -> [Consequence] {
        var best: [String: Consequence] = [:]
        for consequence in self {
            let gene = consequence.gene.isEmpty ? consequence.geneID : consequence.gene
            if let other = best[gene], !consequence.isReported(before: other) { continue }
            best[gene] = consequence
        }
        return best.values.sorted { left, right in
            left.severity == right.severity
                ? (left.gene, left.geneID) < (right.gene, right.geneID) : left.severity < right.severity
        }
    }
}

extension Consequence {
    /// The rank of the most severe term, past the last where there is none.
    var severity: Int { terms.map(\.rank).min() ?? SequenceOntologyTerm.allCases.count }

    fileprivate func isReported(before other: Consequence) -> Bool {
        for (mine, theirs) in zip(merits, other.merits) where mine != theirs { return mine }
        if severity != other.severity { return severity < other.severity }
        return (transcript, codingName, proteinName) < (other.transcript, other.codingName, other.proteinName)
    }

    private var merits: [Bool] { [isMANESelect, isMANEPlusClinical, isCanonical, isProteinCoding] }
}
