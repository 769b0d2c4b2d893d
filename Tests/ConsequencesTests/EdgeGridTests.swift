import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Variants at every kind of edge", .enabled(if: TestData.isAvailable))
struct EdgeGridTests {
    @Test("terms and c. names equal VEP's where its peers agree with it, p. names but for argued differences")
    func grid() throws {
        var pack = try PackCaller(models: "mane_select")
        var mirrored: [String: ContigSequence] = [:]
        var terms = Agreement(), coding = Agreement(), protein = Agreement()
        var argued: [String: Int] = [:]
        for row in try TestData.table("annotation/edge-grid/peers.tsv.gz") {
            let value = { (name: String) in row[name, default: "."] == "." ? "" : row[name, default: ""] }
            let position = try #require(Int(value("pos")))
            let (contig, ref, alt, id) = (value("chrom"), value("ref"), value("alt"), value("transcript"))
            guard !value("vep_consequence").isEmpty, let mine = pack.answer(contig, position, ref, alt, id)
            else {
                continue
            }
            let place =
                "  \(contig):\(position) \(ref.prefix(12))>\(alt.prefix(12)) \(value("gene")) \(value("why"))"
            if value("terms_vep_eq_bcftools") == "1" {
                let theirs = value("vep_consequence").split(separator: "&").map(String.init)
                terms.compare(mine.terms.sorted(), theirs.sorted(), place)
            }
            guard value("hgvsc_vep_eq_snpeff") == "1" else { continue }
            coding.compare(mine.coding, Self.bare(value("vep_hgvsc")), place)
            let theirs = Self.bare(value("vep_hgvsp")).replacing("%3D", with: "=")
            if mine.protein != theirs {
                if mirrored[id] == nil { mirrored[id] = try Self.mirror(pack, contig, position, id) }
                let sequence = try #require(mirrored[id])
                let other = pack.answer(sequence, position, ref, alt, id)?.protein ?? ""
                if let reason = Self.argument(mine.protein, theirs, mirrored: other) {
                    argued[reason, default: 0] += 1
                    continue
                }
            }
            protein.compare(mine.protein, theirs, place)
        }
        print("grid: terms \(terms), c. \(coding), p. \(protein), argued \(argued)")
        for difference in (terms.differences + coding.differences + protein.differences).prefix(80) {
            print(difference)
        }
        #expect(terms.total > 2600 && terms.differences == [])
        #expect(coding.total > 2900 && coding.differences == [])
        #expect(protein.total > 2800 && protein.differences == [])
        #expect(argued == ["mirrored 3' region": 58, "start lost": 3, "before the stop": 5, "same stop": 1])
    }

    private static func bare(_ name: String) -> String {
        name.split(separator: ":").last.map(String.init) ?? ""
    }

    /// Why a protein name may differ from VEP's; see `DIFFERENCES.md`.
    private static func argument(_ mine: String, _ theirs: String, mirrored: String) -> String? {
        if mine == "p.Met1?", theirs == "p.Met1_?2" { return "start lost" }
        if theirs.isEmpty, mine.contains("_Ter"), mine.contains("ins") { return "before the stop" }
        if theirs.hasSuffix("delinsTer"), theirs.hasPrefix("p.Ter"), mine.hasSuffix("=") {
            return "same stop"
        }
        if mirrored == theirs { return "mirrored 3' region" }
        // A deletion of the stop codon may be named one base on over the other bases; its residues stay.
        let residues = { (name: String) in name.prefix { $0 != "e" || !name.contains("delextTer") } }
        return mine.contains("delextTer") && residues(mine) == residues(theirs) ? "mirrored 3' region" : nil
    }

    /// The bases as VEP 115 with a FASTA file takes them: the 3' region of a transcript on the reverse strand are
    /// those of exons at the mirrored places of the transcript.
    private static func mirror(_ pack: PackCaller, _ contig: String, _ position: Int, _ id: String) throws
        -> ContigSequence
    {
        let transcript = try #require(pack.transcript(id))
        let sequence = try #require(pack.genome.region(Contig(contig), position)).sequence
        guard transcript.strand == .reverse else { return sequence }
        var letters: [Int: UInt8] = [:]
        for spliced in Int(transcript.codingEnd)..<Int(transcript.length) {
            let place = pack.caller.model.position(ofSpliced: spliced, in: transcript)
            let index = pack.caller.model.exonIndex(of: transcript, startingBefore: place)
            let exon = pack.caller.model.exons[Int(transcript.firstExon) + index]
            let shift = Int(transcript.start + transcript.end - exon.start - exon.end)
            letters[place] = BaseCode.letter(sequence.code(at: place + shift))
        }
        return sequence.replacing(letters)
    }
}
