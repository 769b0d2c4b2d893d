import GeneModels
import Genome
import Testing

@Test("a cut inside a gene's coding bases moves to their end; overlapping genes are one")
func codingRegions() throws {
    let text = """
        ##gff-version 3
        1\tt\tgene\t11\t60\t.\t+\t.\tID=gene:G1;Name=A;biotype=protein_coding
        1\tt\tmRNA\t11\t60\t.\t+\t.\tID=transcript:T1;Parent=gene:G1;biotype=protein_coding
        1\tt\texon\t11\t20\t.\t+\t.\tParent=transcript:T1
        1\tt\texon\t31\t60\t.\t+\t.\tParent=transcript:T1
        1\tt\tCDS\t14\t20\t.\t+\t0\tID=CDS:P1;Parent=transcript:T1
        1\tt\tCDS\t31\t50\t.\t+\t2\tID=CDS:P1;Parent=transcript:T1
        1\tt\tgene\t45\t90\t.\t-\t.\tID=gene:G2;Name=B;biotype=protein_coding
        1\tt\tmRNA\t45\t90\t.\t-\t.\tID=transcript:T2;Parent=gene:G2;biotype=protein_coding
        1\tt\texon\t45\t90\t.\t-\t.\tParent=transcript:T2
        1\tt\tCDS\t46\t81\t.\t-\t0\tID=CDS:P2;Parent=transcript:T2

        """
    let regions = CodingRegions(try SmallModels.parse(text).model)
    let contig = Contig("1")
    // The coding bases of both are 13 ..< 81, 0-based.
    for (position, end) in [(5, 5), (13, 13), (14, 81), (25, 81), (50, 81), (80, 81), (81, 81), (95, 95)] {
        #expect(regions.end(contig, around: position) == end, "\(position)")
    }
    #expect(regions.end(Contig("2"), around: 20) == 20)
}
