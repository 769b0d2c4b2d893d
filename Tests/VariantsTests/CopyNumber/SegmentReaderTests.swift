import Genome
import TestSupport
import Testing
import Variants

@Suite struct SegmentReaderTests {
    private static let plain = "chromosome start end totalCopyNumber minorCopyNumber"
    private static let sequenza = "chromosome start.pos end.pos CNt A B"
    private static let battenberg = "chr startpos endpos nMaj1_A nMin1_A frac1_A nMaj2_A nMin2_A frac2_A"

    private static func table(_ lines: String...) throws -> SegmentTable {
        try SegmentTable(
            file: "t.tsv", text: lines.map { $0.replacing(" ", with: "\t") + "\n" }.joined())
    }

    @Test(
        "a damaged row is named with what is there, what was expected and what to do",
        arguments: [
            (
                plain, "1 9 5 2 1",
                "start 9 is behind end 5. Mend the line; see whether the columns are named the right way round."
            ),
            (
                plain, "1 0 5 2 1",
                "start is 0, but positions of the plain form count from 1. See whether the table has 0-based positions; if so, "
                    + "add 1 to each start."
            ),
            (
                plain, "1 1.5 5 2 1",
                "start is \"1.5\", a position was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                plain, "1 1 NA 2 1",
                "end is \"NA\", a position was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                plain, "1 1 99999999999 2 1",
                "end is \"99999999999\", a position was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                plain, "1 -4 5 2 1",
                "start is \"-4\", a position was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (plain, ". 1 5 2 1", "chromosome is \".\", a chromosome was expected. Mend the line."),
            (
                plain, "1 1 5 two 1",
                "totalCopyNumber is \"two\", a number was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                plain, "1 1 5 2,5 1",
                "totalCopyNumber is \"2,5\", a number was expected. Write numbers with a decimal point and without separators."
            ),
            (
                plain, "1 1 5 inf 1",
                "totalCopyNumber is \"inf\", a number was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                plain, "1 1 5 1e999 1",
                "totalCopyNumber is \"1e999\", a number was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                plain, "1 1 5 1e300 1",
                "totalCopyNumber is \"1e300\", a number of copies was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                plain, "1 1 5 -1 NA",
                "totalCopyNumber is -1, a copy number is not negative. See whether the column holds log ratios; if so, "
                    + "name it seg.mean."
            ),
            (
                plain, "1 1 5 -0.5 NA",
                "totalCopyNumber is -0.5, a copy number is not negative. See whether the column holds log ratios; if "
                    + "so, name it seg.mean."
            ),
            (
                plain, "1 1 5 2 3",
                "minorCopyNumber 3 is more than the total copy number 2. See whether the columns are named the right "
                    + "way round."
            ),
            (
                plain, "1 1 5 2",
                "the row has 4 cells, the header 5. Columns are separated by tabs; see whether the file is cut short."
            ),
            (
                plain, "1 1 1 5 2 1",
                "the row has 6 cells, the header 5. R writes row names without a header: write the table with "
                    + "row.names = FALSE."
            ),
            (
                sequenza, "1 1 5 4 2 1",
                "CNt is 4, but A 2 and B 1 are 3. Make the table again."
            ),
            (
                sequenza, "1 1 5 2 -0.1 2.1",
                "A is -0.1, a copy number is not negative. See whether the column holds log ratios; if so, name it seg.mean."
            ),
            (
                battenberg, "1 1 5 2 1 0.5 3 1 0.3",
                "the fractions frac1_A and frac2_A add up to 0.8, 1 was expected. Make the table again."
            ),
            (
                battenberg, "1 1 5 2 1 0.5 NA NA NA",
                "the fractions frac1_A and frac2_A add up to 0.5, 1 was expected. Make the table again."
            ),
            (
                battenberg, "1 1 5 2 1 1.5 NA NA NA",
                "frac1_A is \"1.5\", a fraction from 0 to 1 was expected. Mend the line; a missing value is NA, . or nothing."
            ),
            (
                "chromosome start end gene log2 probes", "1 5 5 - 0.1 3",
                "start and end are both 5, which is no base: positions of CNVkit are 0-based and half-open. Mend the "
                    + "line, or give the table as the caller wrote it."
            ),
            (
                "ID chrom loc.start loc.end num.mark seg.mean", "T 1 1 5 2.5 0.1",
                "num.mark is \"2.5\", a whole number was expected. Mend the line; a missing value is NA, . or nothing."
            ),
        ])
    func damagedRow(header: String, row: String, message: String) {
        let error = #expect(throws: InputError.self) { try Self.table(header, row) }
        #expect(error?.description == "t.tsv:2: " + message)
        #expect(error?.exitCode == 65)
    }

    @Test(
        "a table without a needed column, header or row is named",
        arguments: [
            (
                "chromosome start totalCopyNumber minorCopyNumber\n1 1 2 1\n",
                "t.tsv:1: a table of the plain form without a column for the end (end, endpos, End_Position, loc.end); "
                    + "there are chromosome, start, totalCopyNumber, minorCopyNumber. Add the column, or give the table "
                    + "as the caller wrote it."
            ),
            (
                "chromosome start end copyNumber bafCount\n",
                "t.tsv:1: a table of PURPLE (purple.cnv.somatic.tsv) without a column for the minor copy number "
                    + "(minorAlleleCopyNumber, minorAllelePloidy); there are chromosome, start, end, copyNumber, bafCount. "
                    + "Add the column, or give the table as the caller wrote it."
            ),
            (
                "chr startpos endpos nMaj1_A nMin1_A frac1_A\n",
                "t.tsv:1: a table of Battenberg (subclones.txt) without a column for the major copy number of the second "
                    + "state (nMaj2_A); there are chr, startpos, endpos, nMaj1_A, nMin1_A, frac1_A. Add the column, or give "
                    + "the table as the caller wrote it."
            ),
            (
                "chromosome start loc.start end totalCopyNumber minorCopyNumber\n",
                "t.tsv:1: columns start and loc.start both name the start. Take one of them out."
            ),
            (
                "",
                "t.tsv: the file has no line of column names. A segment table names its columns, such as chromosome, "
                    + "start, end, totalCopyNumber, minorCopyNumber."
            ),
            (
                "# only a comment\n\n",
                "t.tsv: the file has no line of column names. A segment table names its columns, such as chromosome, "
                    + "start, end, totalCopyNumber, minorCopyNumber."
            ),
            (
                "chromosome start end totalCopyNumber minorCopyNumber\n",
                "t.tsv: the table has column names but no segment. See whether the file is cut short; a caller covers "
                    + "the genome."
            ),
        ])
    func damagedTable(text: String, message: String) {
        let error = #expect(throws: InputError.self) {
            try SegmentTable(file: "t.tsv", text: text.replacing(" ", with: "\t"))
        }
        #expect(error?.description == message)
    }

    @Test("missing values are missing, never 0", arguments: ["NA", ".", "", "NaN"])
    func missing(value: String) throws {
        let table = try Self.table(Self.plain, "1 1 5 \(value) \(value)", "1 6 9 2 \(value)")
        #expect(table.segments.map(\.total) == [nil, 2])
        #expect(table.segments.map(\.minor) == [nil, nil])
        #expect(table.segments.map(\.major) == [nil, nil])
        #expect(table.tally.withoutTotal == 1)
        #expect(table.tally.withoutMinor == 1)
        let alleles = try Self.table(Self.sequenza, "1 1 5 2 \(value) \(value)", "1 6 9 \(value) 2 1")
        #expect(alleles.segments.map(\.total) == [2, 3])
        #expect(alleles.segments.map(\.minor) == [nil, 1])
    }

    @Test("a minor copy number of more than half is exchanged and counted")
    func swap() throws {
        let table = try Self.table(Self.plain, "1 1 5 5 4", "1 6 9 4 2", "1 10 12 2.5 0.5", "1 13 14 3 3")
        #expect(table.segments.map(\.minor) == [1, 2, 0.5, 0])
        #expect(table.segments.map(\.major) == [4, 2, 2, 3])
        #expect(table.segments.map(\.isSwapped) == [true, false, false, true])
        #expect(
            table.notes.map(\.text) == [
                "the minor copy number was more than half in 2 segments: alleles exchanged"
            ])
    }

    @Test("a fit just below zero is kept and counted")
    func noise() throws {
        let table = try Self.table(Self.plain, "1 1 5 -0.0117 -0.0117", "1 6 9 1.9 -0.01")
        #expect(table.segments.map(\.total) == [-0.0117, 1.9])
        #expect(table.tally.belowZero == 2)
    }

    @Test("line ends, a byte order mark, comments, quotes and blanks do not count")
    func text() throws {
        let table = try SegmentTable(
            file: "t",
            text:
                "\u{FEFF}#made by hand\r\n\r\n\"Chromosome\"\tSTART\tEnd\ttotal_copy_number\tMinor Copy Number\r\n"
                + "# 1\t2\r\n\"chr1\"\t 1\t5 \t2\t1\r\n\n1\t6\t9\t3\t1")
        #expect(table.segments.count == 2)
        #expect(table.segments.map(\.lineNumber) == [5, 7])
        #expect(table.contigStyles.examples.count == 2)
    }

    @Test("contigs of any style are one name")
    func contigs() throws {
        let table = try Self.table(
            Self.plain, "chrX 1 5 2 1", "NC_000024.10 1 5 2 1", "chrM 1 5 2 1", "24 1 5 2 1", "chr23 1 5 2 1",
            "25 1 5 2 1", "chrUn_KI270442v1 1 5 2 1")
        #expect(
            table.segments.map(\.interval.contig.name) == [
                "X", "Y", "MT", "Y", "X", "25", "chrUn_KI270442v1",
            ])
        #expect(table.tally.numberedSexChromosomes == 2)
    }

    @Test("of several samples one must be named")
    func samples() throws {
        let table = try Self.table(
            "sample chr startpos endpos nMajor nMinor", "B 1 1 5 1 1", "A 1 1 5 2 1", "B 1 6 9 2 0")
        #expect(table.samples.map(\.name) == ["A", "B"])
        #expect(table.samples.map(\.segments) == [1, 2])
        #expect(try table.segments(of: "B").map(\.lineNumber) == [2, 4])
        let none = #expect(throws: InputError.self) { try table.segments(of: nil) }
        #expect(
            none?.description
                == "t.tsv: the table has 2 samples, a case has one. Name it with --tumor, for example --tumor B."
        )
        let wrong = #expect(throws: InputError.self) { try table.segments(of: "C") }
        #expect(
            wrong?.description
                == "t.tsv: no sample \"C\"; the table has A, B. Give one of them with --tumor.")
        let one = try Self.table("sample chr startpos endpos nMajor nMinor", "B 1 1 5 1 1")
        #expect(try one.segments(of: nil).count == 1)
        let unnamed = try Self.table(Self.plain, "1 1 5 2 1")
        #expect(unnamed.samples.isEmpty)
        #expect(try unnamed.segments(of: "C").count == 1, "the table names nobody")
        let mixed = try Self.table("sample chr startpos endpos nMajor nMinor", "B 1 1 5 1 1", "NA 1 1 5 2 1")
        #expect(throws: InputError.self) { try mixed.segments(of: nil) }
    }

    @Test("reading goes on after a fault, which is counted by kind and column")
    func goesOn() throws {
        var reader = SegmentReader(file: "t")
        var segments = 0
        for line in [Self.plain, "1 1 5 x 1", "1 1 5 2 1", "1 1 5 y 1", "1 9 5 2 1", "1 1 5 2 z"] {
            do {
                if try reader.read(Array(line.replacing(" ", with: "\t").utf8)) != nil { segments += 1 }
            } catch {}
        }
        try reader.finish()
        #expect(segments == 1)
        #expect(reader.tally.faults.map(\.count) == [2, 1, 1])
        #expect(reader.tally.faults.map(\.column) == ["totalCopyNumber", "start", "minorCopyNumber"])
        #expect(reader.tally.faults.first?.first.place == .line(2))
    }

    @Test("sound rows can be kept; a table without one throws its first fault")
    func soundRows() throws {
        let text = "chromosome\tstart\tend\ttotalCopyNumber\tminorCopyNumber\n1\t9\t5\t2\t1\n"
        let kept = try SegmentTable(file: "t", text: text + "1\t5\t9\t2\t1\n", keepingSoundRows: true)
        #expect(kept.segments.map(\.lineNumber) == [3])
        #expect(kept.tally.faults.map(\.kind) == [.range])
        let error = #expect(throws: InputError.self) {
            try SegmentTable(file: "t", text: text, keepingSoundRows: true)
        }
        #expect(error?.place == .line(2))
    }

    @Test("log ratios are no copy numbers")
    func logRatios() throws {
        let negative = try Self.table("ID chrom loc.start loc.end num.mark seg.mean", "T 1 1 5 2 -0.1")
        #expect(
            negative.notes.map(\.text) == [
                "the table holds mean log ratios and no copy numbers, which are not known without purity and ploidy",
                "SEG does not name the base of the logarithm; 2 is usual, values are kept as written",
            ])
        let positive = try Self.table("ID chrom loc.start loc.end num.mark seg.mean", "T 1 1 5 2 2.1")
        #expect(positive.segments[0].total == nil)
        #expect(
            positive.notes.map(\.text).contains(
                "no value of seg.mean is negative: these may be copy numbers; they are kept as log ratios"))
        let cnvkit = try Self.table("chromosome start end gene log2 probes", "1 0 5 - 0.1 3")
        #expect(
            cnvkit.notes.map(\.remedy) == [
                "Run `cnvkit.py call` with --purity and --ploidy, and --vcf for the alleles; give the .call.cns."
            ])
    }

    @Test(
        "writing the plain form and reading it back is the identity", arguments: 1...40 as ClosedRange<UInt64>
    )
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let names = (1...22).map(String.init) + ["X", "Y", "MT", "GL000192.1"]
        let segments = (0..<50).map { place in
            let start = Int.random(in: 0..<200_000_000, using: &random)
            var segment = CopyNumberSegment(
                interval: GenomicInterval(
                    contig: Contig(names.randomElement(using: &random) ?? "1"),
                    zeroBased: start..<(start + Int.random(in: 1...50_000_000, using: &random))),
                lineNumber: place + 2)
            switch Int.random(in: 0...3, using: &random) {
            case 0: break
            case 1: segment.total = Double(Int.random(in: 0...40, using: &random))
            case 2:
                let total = Int.random(in: 0...40, using: &random)
                segment.total = Double(total)
                segment.minor = Double(Int.random(in: 0...(total / 2), using: &random))
            default:
                let total = Double.random(in: 0...1e4, using: &random)
                segment.total = total
                segment.minor = total * Double.random(in: 0...0.49, using: &random)
            }
            return segment
        }
        let table = try SegmentTable(file: "t", text: SegmentTable.plainText(segments))
        #expect(table.segments == segments, "seed \(seed)")
        #expect(table.recognition.format == .plain)
    }
}
