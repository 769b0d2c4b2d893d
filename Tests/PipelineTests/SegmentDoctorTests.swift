import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct SegmentDoctorTests {
    private static let header = "chromosome\tstart\tend\ttotalCopyNumber\tminorCopyNumber\n"

    private static func examine(_ text: String) throws -> Doctor.Diagnosis {
        let folder = try TemporaryFolder()
        return Doctor.examine(try folder.write("segments.tsv", text))
    }

    @Test("a sound table is usable")
    func sound() throws {
        let found = try Self.examine(Self.header + "chr1\t1\t248956422\t2\t1\nchrX\t1\t100\t1\t0\n")
        #expect(found.format == "plain segments")
        #expect(found.records == 2)
        #expect(found.usable)
        #expect(found.problems.isEmpty)
        #expect(found.sorted)
        #expect(found.contigStyle == "ucsc")
        #expect(found.assembly.value == "GRCh38")
        #expect(Doctor.exitCode([found]) == 0)
        #expect(found.text.contains("samples: not named (the table has no sample column)"))
    }

    @Test("faulty rows are told once a kind, with how many; the file is not usable")
    func faults() throws {
        let found = try Self.examine(
            Self.header + "1\t9\t5\t2\t1\n1\t1\t5\tx\t1\n1\t10\t19\t2\t1\n1\t1\t5\ty\t1\n")
        #expect(found.records == 4)
        #expect(!found.usable)
        #expect(Doctor.exitCode([found]) == 65)
        #expect(
            found.problems.map { "\($0.severity) \($0.place): \($0.problem)" } == [
                "error line 2: start 9 is behind end 5",
                "error line 3: totalCopyNumber is \"x\", a number was expected; 2 such rows",
            ])
    }

    @Test("order, overlaps, mixed contig names and samples are warnings")
    func warnings() throws {
        let found = try Self.examine(
            "sample\t" + Self.header
                + "A\tchr2\t1\t100\t2\t1\nB\t1\t1\t9\t2\t1\nA\t2\t51\t150\t2\t1\nA\t2\t1\t9\t2\tNA\n")
        #expect(found.usable)
        #expect(!found.sorted)
        #expect(
            found.problems.map { "\($0.severity) \($0.place): \($0.problem)" } == [
                "warning file: contig names of 2 styles are mixed",
                "warning samples: 2 samples in one file: A, B",
                "warning 2:1: 2 segments overlap others of their sample, by 59 bases",
                "warning file: 1 of 4 segments have no minor copy number",
            ])
        #expect(found.samples.evidence.suffix(2) == ["A: 3 segments", "B: 1 segments"])
    }

    @Test("a table that is nearly one, or empty, is told as such; others go their way")
    func nearly() throws {
        let near = try Self.examine("chrom\tstart\tend\ttcn.em\n1\t1\t5\t2\n")
        #expect(near.format == "copy-number segments")
        #expect(
            near.problems.first?.problem.hasPrefix("the columns are those of no known segment table") == true)
        #expect(
            try Self.examine(Self.header).problems.first?.problem
                == "the table has column names but no segment")
        #expect(try Self.examine("##fileformat=VCFv4.2\n" + Self.header).format != "plain segments")
        #expect(try Self.examine("a\tb\n").format == "unknown")
    }

    @Test(
        "real tables",
        .enabled(if: TestData.isAvailable),
        arguments: [
            (
                "colo829_hartwig/tumor_sample.purple.cnv.somatic.tsv", "PURPLE segments", 222, true, "none",
                "GRCh37"
            ),
            (
                "colo829_hartwig/tumor_sample.purple.segment.tsv", "PURPLE segments", 3565, true, "none",
                "GRCh37"
            ),
            ("hrd/560breast_ascat_segments.tsv.gz", "ASCAT segments", 3687, true, "gzip", "GRCh37"),
            ("hrd/scarHRD_test2.txt", "scarHRD segments", 223, false, "none", "GRCh38"),
            (
                "sv_cnv_matrices/battenberg_subclones.tsv.gz", "Battenberg segments", 868, true, "gzip",
                "GRCh38"
            ),
            ("callers/cnvkit_cl_seq.cns", "CNVkit segments", 78, true, "none", "GRCh37"),
            ("callers/cnvkit_amplicon.cns", "CNVkit segments", 88, false, "none", "GRCh37"),
            ("callers/maftools_TCGA.AB.3009.hg19.seg.txt", "SEG segments", 818, true, "none", "GRCh37"),
            ("callers/cnvkit_acgh-log10.seg", "SEG segments", 10527, true, "none", "GRCh37"),
        ])
    func real(
        file: String, format: String, records: Int, isUsable: Bool, compression: String, assembly: String
    ) {
        let found = Doctor.examine(TestData.path("oncology/\(file)"))
        #expect(found.format == format)
        #expect(found.records == records)
        #expect(found.usable == isUsable)
        #expect(found.compression == compression)
        #expect(found.assembly.value == assembly)
        #expect(Doctor.exitCode([found]) == (isUsable ? 0 : 65))
    }
}
