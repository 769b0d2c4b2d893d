import Foundation
import TestSupport
import Testing
import Variants

/// A text that breaks one rule, and its twin that does not.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let rule: SpecificationRule
    let bad: String
    let good: String
    /// The line on which the rule is broken.
    let line: Int

    var testDescription: String { "\(rule.id) on line \(line)" }

    private static func frame(_ version: String, _ meta: String, _ columns: String, _ records: String)
        -> String
    {
        """
        ##fileformat=VCFv\(version)
        ##contig=<ID=1,length=1000>
        ##contig=<ID=2>
        ##FILTER=<ID=q10,Description="Quality">
        ##ALT=<ID=DEL,Description="Deletion">
        ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
        ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
        ##INFO=<ID=TXT,Number=1,Type=String,Description="Text">
        ##INFO=<ID=LIST,Number=.,Type=String,Description="Texts">
        ##INFO=<ID=C,Number=1,Type=Character,Description="Letter">
        ##INFO=<ID=SEG,Number=1,Type=Integer,Description="Number">
        ##INFO=<ID=FL,Number=0,Type=Flag,Description="Flag">
        ##INFO=<ID=END,Number=1,Type=Integer,Description="End">
        ##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type">
        ##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">
        ##INFO=<ID=CIPOS,Number=2,Type=Integer,Description="Interval">
        ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
        ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
        ##FORMAT=<ID=AD,Number=\(version == "4.1" ? "." : "R"),Type=Integer,Description="Depths">
        ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">
        ##FORMAT=<ID=GP,Number=G,Type=Float,Description="Probabilities">
        ##FORMAT=<ID=S,Number=1,Type=String,Description="Text">
        \(meta)#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\(columns)
        \(records)
        """
    }

    /// A header line beside the standard ones; it is line 23.
    static func meta(_ rule: SpecificationRule, _ bad: String, _ good: String, _ version: String = "4.2")
        -> RuleCase
    {
        func text(_ meta: String) -> String {
            frame(version, meta + "\n", "", "1\t10\t.\tA\tC\t.\t.\tDP=1\n")
        }
        return RuleCase(rule: rule, bad: text(bad), good: text(good), line: 23)
    }

    /// Columns after POS as they stand in the text, for a file without samples; the record is line 24.
    static func record(_ rule: SpecificationRule, _ bad: String, _ good: String, _ version: String = "4.2")
        -> RuleCase
    {
        RuleCase(
            rule: rule, bad: frame(version, "", "", bad + "\n"), good: frame(version, "", "", good + "\n"),
            line: 24)
    }

    static func info(_ rule: SpecificationRule, _ bad: String, _ good: String, _ version: String = "4.2")
        -> RuleCase
    {
        record(rule, "1\t10\t.\tA\tC\t.\t.\t\(bad)", "1\t10\t.\tA\tC\t.\t.\t\(good)", version)
    }

    static func alt(_ rule: SpecificationRule, _ bad: String, _ good: String, _ version: String = "4.2")
        -> RuleCase
    {
        record(rule, "1\t10\t.\tAT\t\(bad)\t.\t.\t.", "1\t10\t.\tAT\t\(good)\t.\t.\t.", version)
    }

    /// FORMAT and one sample, with the ALT alleles C and CC.
    static func sample(
        _ rule: SpecificationRule, _ bad: String, _ good: String, _ version: String = "4.2",
        alt: String = "C,CC"
    ) -> RuleCase {
        func text(_ sample: String) -> String {
            frame(version, "", "\tFORMAT\tS1", "1\t10\t.\tA\t\(alt)\t.\t.\t.\t\(sample)\n")
        }
        return RuleCase(rule: rule, bad: text(bad), good: text(good), line: 24)
    }

    static func whole(_ rule: SpecificationRule, _ bad: String, _ good: String, line: Int) -> RuleCase {
        RuleCase(rule: rule, bad: bad, good: good, line: line)
    }
}

extension RuleCase {
    private static let top = "##fileformat=VCFv4.2\n"
    private static let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    private static let line = "1\t10\t.\tA\tC\t.\t.\t."

    static let file: [RuleCase] = [
        .info(.fileControlCharacter, "TXT=a\u{0}b", "TXT=ab"),
        .whole(.fileByteOrderMark, "\u{FEFF}\(top)\(columns)\n", "\(top)\(columns)\n", line: 1),
        .whole(.fileLastLineEnd, "\(top)\(columns)\n\(line)", "\(top)\(columns)\n\(line)\n", line: 3),
        .whole(.fileformatFirst, "##source=x\n\(top)\(columns)\n", "\(top)##source=x\n\(columns)\n", line: 1),
        .whole(.fileformatFirst, "fileformat=VCFv4.2\n\(columns)\n", "\(top)\(columns)\n", line: 1),
        .whole(.fileformatVersion, "##fileformat=\n\(columns)\n", "\(top)\(columns)\n", line: 1),
        .whole(.fileformatVersion, "##fileformat=VCF 4.2\n\(columns)\n", "\(top)\(columns)\n", line: 1),
        .whole(.fileformatOther, "##fileformat=VCFv4.0\n\(columns)\n", "\(top)\(columns)\n", line: 1),
        .whole(.fileformatDuplicate, "\(top)\(top)\(columns)\n", "\(top)\(columns)\n", line: 2),
        .whole(.headerMissing, "\(top)\(line)\n", "\(top)\(columns)\n\(line)\n", line: 2),
        .whole(.headerMissing, "\(top)##source=x\n", "\(top)\(columns)\n", line: 2),
        .whole(.headerTabs, "\(top)#CHROM POS ID REF ALT QUAL FILTER INFO\n", "\(top)\(columns)\n", line: 2),
        .whole(.headerTabs, "\(top)\(columns)\t\n", "\(top)\(columns)\n", line: 2),
        .whole(
            .headerColumns, "\(top)#CHROM\tPOS\tID\tREF\tALT\tQUAL\tINFO\n", "\(top)\(columns)\n", line: 2),
        .whole(
            .headerColumns, "\(top)#Chrom\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", "\(top)\(columns)\n",
            line: 2),
        .whole(.headerFormat, "\(top)\(columns)\tFORMAT\n", "\(top)\(columns)\tFORMAT\tS1\n", line: 2),
        .whole(.headerFormat, "\(top)\(columns)\tS1\tS2\n", "\(top)\(columns)\tFORMAT\tS1\n", line: 2),
        .whole(
            .headerSampleEmpty, "\(top)\(columns)\tFORMAT\tS1\t\n", "\(top)\(columns)\tFORMAT\tS1\n", line: 2),
        .whole(
            .headerSampleDuplicate, "\(top)\(columns)\tFORMAT\tS\tS\n", "\(top)\(columns)\tFORMAT\tS\ts\n",
            line: 2),
        .whole(.recordBlank, "\(top)\(columns)\n\n\(line)\n", "\(top)\(columns)\n\(line)\n", line: 3),
        .whole(.recordBlankEnd, "\(top)\(columns)\n\(line)\n\n", "\(top)\(columns)\n\(line)\n", line: 4),
        .whole(.recordHash, "\(top)\(columns)\n##source=x\n", "\(top)##source=x\n\(columns)\n", line: 3),
    ]

    static let meta: [RuleCase] = [
        .meta(.metaSyntax, "##source", "##source=x"),
        .meta(.metaSyntax, "##=x", "##source=x"),
        .meta(.metaSyntax, "INFO=<ID=X>", "##source=x"),
        .meta(.metaBlank, "", "##source=x"),
        .meta(.metaEmpty, "##source=", "##source=x"),
        .meta(.metaEmpty, "##assembly=", "##assembly=ftp://host/file.fa"),
        .meta(.metaEmpty, "##contig=<ID=3,length=>", "##contig=<ID=3,length=5>"),
        .meta(.metaOther, "##Command=<ID=x,Line=\"a \"b\" c\">", #"##Command=<ID=x,Line="a \"b\" c">"#),
        .meta(.metaStructure, "##contig=3", "##contig=<ID=3>"),
        .meta(.metaStructure, "##FILTER=<ID=a,Description=\"x\"", "##FILTER=<ID=a,Description=\"x\">"),
        .meta(.metaStructure, "##ALT=<ID=DEL:A,B,Description=\"x\">", "##ALT=<ID=DEL:A,Description=\"x\">"),
        .meta(.metaStructure, "##contig=<ID=3, length=5>", "##contig=<ID=3,length=5>"),
        .meta(.metaQuotes, "##FILTER=<ID=a,Description=x>", "##FILTER=<ID=a,Description=\"x\">"),
        .meta(.metaQuotes, "##FILTER=<ID=a,Description=\"x>", "##FILTER=<ID=a,Description=\"x, <y> = z\">"),
        .meta(.metaQuotes, "##FILTER=<ID=a,Description=\"x\"y>", #"##FILTER=<ID=a,Description="x\\\"y">"#),
        .meta(.metaQuotes, "##FILTER=<ID=\"a\",Description=\"x\">", "##FILTER=<ID=a,Description=\"\">"),
        .meta(
            .metaOptionalQuotes, "##FILTER=<ID=a,Description=\"x\",Version=1>",
            "##FILTER=<ID=a,Description=\"x\",Version=\"1\",IDX=3>"),
        .meta(.metaRequired, "##FILTER=<ID=a>", "##FILTER=<ID=a,Description=\"x\">"),
        .meta(
            .metaRequired, "##INFO=<ID=X,Type=String,Description=\"x\">",
            "##INFO=<ID=X,Number=1,Type=String,Description=\"x\">"),
        .meta(.metaRequired, "##contig=<length=5>", "##contig=<ID=3>"),
        .meta(.metaGenericID, "##Mine=<A=1>", "##Mine=<ID=x,A=1>", "4.3"),
        .meta(
            .metaOrder, "##INFO=<ID=X,Type=String,Number=1,Description=\"x\">",
            "##INFO=<ID=X,Number=1,Type=String,Description=\"x\">"),
        .meta(.metaOrder, "##contig=<length=5,ID=3>", "##contig=<ID=3,length=5>"),
        .meta(.metaRepeatedKey, "##contig=<ID=3,length=5,length=6>", "##contig=<ID=3,length=5>"),
        .meta(.metaDuplicate, "##contig=<ID=2>", "##contig=<ID=3>"),
        .meta(
            .metaConflict, "##INFO=<ID=DP,Number=2,Type=Integer,Description=\"x\">",
            "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"other\">"),
        .meta(
            .metaID, "##INFO=<ID=a b,Number=1,Type=String,Description=\"x\">",
            "##INFO=<ID=a_b,Number=1,Type=String,Description=\"x\">"),
        .meta(
            .metaID, "##FORMAT=<ID=A&B,Number=1,Type=String,Description=\"x\">",
            "##FORMAT=<ID=A.B,Number=1,Type=String,Description=\"x\">"),
        .meta(.metaID, "##FILTER=<ID=a;b,Description=\"x\">", "##FILTER=<ID=a-b,Description=\"x\">"),
        .meta(.metaID, "##ALT=<ID=DEL A,Description=\"x\">", "##ALT=<ID=DEL:A,Description=\"x\">"),
        .meta(
            .metaIDTolerated, "##INFO=<ID=GERP++_RS,Number=1,Type=String,Description=\"x\">",
            "##INFO=<ID=GERP_RS,Number=1,Type=String,Description=\"x\">"),
        .meta(
            .metaIDTolerated, "##INFO=<ID=3UTR,Number=1,Type=String,Description=\"x\">",
            "##INFO=<ID=1000G,Number=0,Type=Flag,Description=\"x\">", "4.3"),
        .meta(
            .metaNumber, "##INFO=<ID=X,Number=B,Type=String,Description=\"x\">",
            "##INFO=<ID=X,Number=G,Type=String,Description=\"x\">"),
        .meta(
            .metaNumber, "##FORMAT=<ID=X,Number=P,Type=String,Description=\"x\">",
            "##FORMAT=<ID=X,Number=.,Type=String,Description=\"x\">", "4.3"),
        .meta(
            .metaNumber, "##INFO=<ID=X,Number=P,Type=String,Description=\"x\">",
            "##FORMAT=<ID=X,Number=P,Type=String,Description=\"x\">", "4.4"),
        .meta(
            .metaNumberVersion, "##INFO=<ID=X,Number=R,Type=String,Description=\"x\">",
            "##INFO=<ID=X,Number=A,Type=String,Description=\"x\">", "4.1"),
        .meta(
            .metaNumberVersion, "##FORMAT=<ID=X,Number=-1,Type=String,Description=\"x\">",
            "##FORMAT=<ID=X,Number=.,Type=String,Description=\"x\">"),
        .meta(
            .metaType, "##INFO=<ID=X,Number=1,Type=Int,Description=\"x\">",
            "##INFO=<ID=X,Number=1,Type=Integer,Description=\"x\">"),
        .meta(
            .metaType, "##FORMAT=<ID=X,Number=0,Type=Flag,Description=\"x\">",
            "##INFO=<ID=X,Number=0,Type=Flag,Description=\"x\">"),
        .meta(
            .metaFlagNumber, "##INFO=<ID=X,Number=1,Type=Flag,Description=\"x\">",
            "##INFO=<ID=X,Number=0,Type=Flag,Description=\"x\">"),
        .meta(
            .metaReserved, "##INFO=<ID=AC,Number=1,Type=Integer,Description=\"x\">",
            "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"x\">"),
        .meta(
            .metaReserved, "##FORMAT=<ID=HQ,Number=1,Type=Integer,Description=\"x\">",
            "##FORMAT=<ID=HQ,Number=2,Type=Integer,Description=\"x\">"),
        .meta(
            .metaReserved, "##INFO=<ID=ADF,Number=R,Type=String,Description=\"x\">",
            "##INFO=<ID=ADF,Number=R,Type=Integer,Description=\"x\">", "4.3"),
        .meta(
            .metaReservedTolerated, "##FORMAT=<ID=GQ,Number=1,Type=Float,Description=\"x\">",
            "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"x\">"),
        .meta(
            .metaReservedTolerated, "##FORMAT=<ID=GL,Number=.,Type=Float,Description=\"x\">",
            "##FORMAT=<ID=GL,Number=G,Type=Float,Description=\"x\">"),
        .meta(.metaFilterZero, "##FILTER=<ID=0,Description=\"x\">", "##FILTER=<ID=f0,Description=\"x\">"),
        .meta(.metaAlt, "##ALT=<ID=XYZ:A,Description=\"x\">", "##ALT=<ID=DUP:A,Description=\"x\">"),
        .meta(
            .metaAltTolerated, "##ALT=<ID=NON_REF,Description=\"x\">", "##ALT=<ID=R,Description=\"A or G\">"),
        .meta(.metaContig, "##contig=<ID=a b>", "##contig=<ID=a_b>"),
        .meta(.metaContig, "##contig=<ID=*a>", "##contig=<ID=a*>", "4.3"),
        .meta(.metaContigTolerated, "##contig=<ID=HLA-A*01:01>", "##contig=<ID=HLA-A>"),
        .meta(.metaContigTolerated, "##contig=<ID=a(b)>", "##contig=<ID=a:b>", "4.3"),
        .meta(.metaContigLength, "##contig=<ID=3,length=long>", "##contig=<ID=3,length=9>"),
        .meta(.metaURL, "##assembly=file", "##assembly=http://123.0.1.2:8080/file.fa"),
        .meta(.metaURL, "##pedigreeDB=<>", "##pedigreeDB=<https://host/db?a=1>"),
        .meta(
            .metaSample, "##SAMPLE=<ID=S,Genomes=A,Description=\"x\">",
            "##SAMPLE=<ID=S,Genomes=A;B,Mixture=1;2,Description=\"x\">"),
        .meta(
            .metaSample, "##SAMPLE=<ID=S,Genomes=A,Mixture=\"1\",Description=\"x\">",
            "##SAMPLE=<ID=S,Genomes=A,Mixture=1,Description=\"x\">"),
        .meta(
            .metaSampleTolerated, "##SAMPLE=<ID=S,File=x.bam>",
            "##SAMPLE=<ID=S,Genomes=A,Mixture=1,Description=\"x\">"),
        .meta(.metaPedigree, "##PEDIGREE=<Name_0=A,Name_1=B C>", "##PEDIGREE=<Name_0=A,Name_1=B-C>"),
        .meta(.metaPedigree, "##PEDIGREE=<Name_0=A>", "##PEDIGREE=<ID=C,Father=A,Mother=B>", "4.3"),
        .meta(
            .metaMeta, "##META=<ID=Assay,Type=String,Number=1,Values=[A, B]>",
            "##META=<ID=Assay,Type=String,Number=.,Values=[A, B]>", "4.3"),
    ]

    static let fixed: [RuleCase] = [
        .record(.recordColumns, "1\t10\t.\tA\tC\t.\t.", line),
        .record(.recordColumns, "1 10 . A C . . .", line),
        .record(.recordColumns, line + "\tGT\t0/1", line),
        .record(.recordEmpty, "1\t10\t\tA\tC\t.\t.\t.", line),
        .record(.chrom, "a b\t10\t.\tA\tC\t.\t.\t.", "<2>\t10\t.\tA\tC\t.\t.\t."),
        .record(.chrom, "<2\t10\t.\tA\tC\t.\t.\t.", "2\t10\t.\tA\tC\t.\t.\t."),
        .record(.chromColon, "chr:1\t10\t.\tA\tC\t.\t.\t.", "chr1\t10\t.\tA\tC\t.\t.\t."),
        .record(.chromUndeclared, "3\t10\t.\tA\tC\t.\t.\t.", line),
        .record(.position, "1\t1x\t.\tA\tC\t.\t.\t.", "1\t0\t.\tA\tC\t.\t.\t."),
        .record(.position, "1\t-1\t.\tA\tC\t.\t.\t.", line),
        .record(.position, "1\t9999999999\t.\tA\tC\t.\t.\t.", line),
        .record(.positionBeyond, "1\t1002\t.\tA\tC\t.\t.\t.", "1\t1001\t.\tA\tC\t.\t.\t."),
        .record(.positionBeyond, "1\t999\t.\tACG\tA\t.\t.\t.", "1\t999\t.\tAC\tA\t.\t.\t."),
        .record(
            .positionBeyond, "1\t10\t.\tA\t<DEL>\t.\t.\tEND=1001", "1\t10\t.\tA\t<DEL>\t.\t.\tEND=1000"),
        .record(.id, "1\t10\trs1;\tA\tC\t.\t.\t.", "1\t10\trs1;rs2\tA\tC\t.\t.\t."),
        .record(.id, "1\t10\trs 1\tA\tC\t.\t.\t.", "1\t10\trs1\tA\tC\t.\t.\t."),
        .record(.idDuplicate, "1\t10\trs1;rs1\tA\tC\t.\t.\t.", "1\t10\trs1;rs2\tA\tC\t.\t.\t.", "4.3"),
        .record(.idComma, "1\t10\trs1,rs2\tA\tC\t.\t.\t.", "1\t10\trs1;rs2\tA\tC\t.\t.\t."),
        .record(.reference, "1\t10\t.\t.\tC\t.\t.\t.", "1\t10\t.\tacgtn\tC\t.\t.\t."),
        .record(.reference, "1\t10\t.\tA,C\tT\t.\t.\t.", line),
        .record(.referenceAmbiguous, "1\t10\t.\tR\tC\t.\t.\t.", line),
        .alt(.alt, "R", "C"),
        .alt(.alt, "C,", "C"),
        .alt(.alt, "A*", "*"),
        .alt(.alt, "-", "A"),
        .alt(.alt, "<DEL", "<DEL>"),
        .alt(.alt, "<DEL>A", "<DEL>"),
        .alt(.alt, "]1:100", "]1:100]A"),
        .alt(.alt, "]1:]A", "A[<2>:5["),
        .alt(.alt, "A]1:100]A", "[1:100[A"),
        .alt(.alt, "..", "A."),
        .record(.altAmbiguous, "1\t10\t.\tBA\tB\t.\t.\t.", "1\t10\t.\tCA\tC\t.\t.\t."),
        .alt(.altSlash, "A/T", "A,T"),
        .alt(.altMissing, "C,.", "."),
        .alt(.altDuplicate, "C,c", "C,G"),
        .alt(.altReference, "at", "ac"),
        .record(
            .altReferenceSV, "1\t10\t.\tA\tA\t.\t.\tSVTYPE=DEL;END=90",
            "1\t10\t.\tA\t<DEL>\t.\t.\tSVTYPE=DEL;END=90"),
        .alt(.altSymbol, "<XYZ:A>", "<DEL>"),
        .alt(.altOwnType, "<CPX>", "<DEL>"),
        .alt(.altUndeclared, "<INS>", "<*>"),
        .record(.quality, "1\t10\t.\tA\tC\tx\t.\t.", "1\t10\t.\tA\tC\t5.3e-10\t.\t."),
        .record(.quality, "1\t10\t.\tA\tC\t1.\t.\t.", "1\t10\t.\tA\tC\tNaN\t.\t."),
        .record(.qualityNegative, "1\t10\t.\tA\tC\t-1\t.\t.", "1\t10\t.\tA\tC\t+Inf\t.\t."),
        .record(.filter, "1\t10\t.\tA\tC\t.\tq10;\t.", "1\t10\t.\tA\tC\t.\tq10\t."),
        .record(.filter, "1\t10\t.\tA\tC\t.\tq 10\t.", "1\t10\t.\tA\tC\t.\tPASS\t."),
        .record(.filterZero, "1\t10\t.\tA\tC\t.\t0\t.", "1\t10\t.\tA\tC\t.\tPASS\t."),
        .record(.filterMissing, "1\t10\t.\tA\tC\t.\tq10;.\t.", "1\t10\t.\tA\tC\t.\t.\t."),
        .record(.filterPass, "1\t10\t.\tA\tC\t.\tq10;PASS\t.", "1\t10\t.\tA\tC\t.\tPASS\t."),
        .record(.filterDuplicate, "1\t10\t.\tA\tC\t.\tq10;q10\t.", "1\t10\t.\tA\tC\t.\tq10\t.", "4.3"),
        .record(.filterUndeclared, "1\t10\t.\tA\tC\t.\ts50\t.", "1\t10\t.\tA\tC\t.\tq10\t."),
    ]

    static let infos: [RuleCase] = [
        .info(.infoSyntax, "DP=1;;FL", "DP=1;FL"),
        .info(.infoSyntax, ";DP=1", "DP=1"),
        .info(.infoTrailing, "DP=1;", "DP=1"),
        .info(.infoMissing, "DP=1;.", "."),
        .info(.infoKey, "a b=1", "a_b=1"),
        .info(.infoKey, "=1", "DP=1"),
        .info(.infoKey, "a!b=1", "a.b=1", "4.3"),
        .info(.infoKeyTolerated, "1ab=1", "1000G", "4.3"),
        .info(.infoWhitespace, "TXT=a b", "TXT=a_b"),
        .info(.infoEquals, "TXT=a=b", "TXT=a%3Db"),
        .info(.infoDuplicate, "DP=1;DP=2", "DP=1", "4.3"),
        .info(.infoUndeclared, "XX=1", "DP=1"),
        .info(.infoNoValue, "DP", "DP=1"),
        .info(.infoNoValue, "AA", "AA=T"),
        .info(.infoFlag, "FL=yes", "FL"),
        .info(.infoFlag, "H3=SOMETHING", "H3"),
        .info(.infoFlagTolerated, "FL=1", "FL"),
        .info(.infoType, "DP=1.5", "DP=15"),
        .info(.infoType, "AC=x", "AC=1"),
        .info(.infoType, "AF=AF1", "AF=.5"),
        .info(.infoType, "MQ=x", "MQ=1.1e-123"),
        .info(.infoType, "C=ab", "C=a"),
        .info(.infoIdentifier, "SEG=11194_0", "SEG=11194"),
        .info(.infoIntegerForm, "DP=12.0", "DP=12"),
        .info(.infoNumber, "AF=0.1,0.2", "AF=0.1"),
        .info(.infoNumber, "DP=1,2", "DP=."),
        .info(.infoStringNumber, "TXT=a,b", "LIST=a,b"),
        .info(.infoRange, "DP=2147483648", "DP=2147483647", "4.3"),
        .info(.infoRange, "SEG=-2147483641", "SEG=-2147483640", "4.3"),
        .info(.infoNegative, "NS=-1", "NS=1"),
        .info(.infoFraction, "AF=1.5", "AF=1"),
        .info(.infoAncestral, "AA=,", "AA=."),
        .info(.infoCigar, "CIGAR=0.05", "CIGAR=1M30I2D1N"),
        .info(.infoEnd, "END=9", "END=10"),
        .info(.infoSVType, "SVTYPE=TRA", "SVTYPE=BND"),
        .record(
            .infoSVLength, "1\t10\t.\tA\t<DEL>\t.\t.\tSVLEN=5", "1\t10\t.\tA\t<DEL>\t.\t.\tSVLEN=-5"),
        .info(.infoConfidence, "CIPOS=1,2", "CIPOS=-1,2"),
    ]

    static let samples: [RuleCase] = [
        .sample(.formatSyntax, "GT::DP\t0/1:.:1", "GT:DP\t0/1:1"),
        .sample(.formatKey, "GT:a b\t0/1:1", "GT:a_b\t0/1:1"),
        .sample(.formatKey, "GT;DP\t0/1", "GT:DP\t0/1"),
        .sample(.formatKeyTolerated, "GT:5mC\t0/1:1", "GT:mC\t0/1:1"),
        .sample(.formatMissing, ".\t.", "GT\t."),
        .sample(.formatGenotypeFirst, "DP:GT\t1:0/1", "GT:DP\t0/1:1"),
        .sample(.formatDuplicate, "GT:DP:DP\t0/1:1:1", "GT:DP\t0/1:1", "4.3"),
        .sample(.formatUndeclared, "GT:XX\t0/1:1", "GT:DP\t0/1:1"),
        .sample(.sampleCount, "GT\t0/1:1", "GT:DP\t0/1"),
        .sample(.sampleEmpty, "GT:DP:S\t0/1::a", "GT:DP:S\t0/1:.:a"),
        .sample(.sampleWhitespace, "GT:S\t0/1:a b", "GT:S\t0/1:a_b"),
        .sample(.sampleGenotype, "GT\t0/|1", "GT\t0/1"),
        .sample(.sampleGenotype, "GT\t0.5", "GT\t0"),
        .sample(.sampleGenotype, "GT\t/0/1", "GT\t./."),
        .sample(.sampleAllele, "GT\t0/3", "GT\t1|2"),
        .sample(.sampleAlleleNoAlt, "GT\t0/1", "GT\t0/0", alt: "."),
        .sample(.sampleType, "GT:DP\t0/1:x", "GT:DP\t0/1:5"),
        .sample(.sampleIntegerForm, "GT:DP\t0/1:5.0", "GT:DP\t0/1:5"),
        .sample(.sampleNumber, "GT:PL\t0/1:1,2,3", "GT:PL\t0/1:1,2,3,4,5,6"),
        .sample(.sampleNumber, "GT:PL\t0:1,2,3,4,5,6", "GT:PL\t0:1,2,3"),
        .sample(.sampleNumber, "GT:PL\t0/0/1:1,2,3,4,5,6", "GT:PL\t0/0/1:1,2,3,4,5,6,7,8,9,10"),
        .sample(.sampleNumberTolerated, "GT:AD\t0/1:1,2", "GT:AD\t0/1:1,2,3"),
        .sample(.sampleStringNumber, "GT:S\t0/1:a,b", "GT:S\t0/1:a"),
        .sample(.sampleRange, "GT:DP\t0/1:9999999999", "GT:DP\t0/1:1", "4.3"),
        .sample(.sampleNegative, "GT:DP\t0/1:-1", "GT:DP\t0/1:1"),
        .sample(.sampleProbability, "GT:GP\t0/1:0,2,0,0,0,0", "GT:GP\t0/1:0,1,0,0,0,0", "4.3"),
    ]

    private static func pair(_ rule: SpecificationRule, _ bad: [String], _ good: [String]) -> RuleCase {
        let record = Self.record(rule, bad.joined(separator: "\n"), good.joined(separator: "\n"))
        return RuleCase(rule: rule, bad: record.bad, good: record.good, line: 23 + bad.count)
    }

    static let several: [RuleCase] = [
        .pair(
            .orderContig, [line, "2\t10\t.\tA\tC\t.\t.\t.", "1\t20\t.\tA\tC\t.\t.\t."],
            [line, "<1>\t20\t.\tA\tC\t.\t.\t.", "2\t10\t.\tA\tC\t.\t.\t."]),
        .pair(.orderPosition, [line, "1\t9\t.\tA\tC\t.\t.\t."], [line, "1\t10\t.\tA\tG\t.\t.\t."]),
        .pair(
            .recordDuplicate, ["1\t8\t.\tTTAC\tTTCC\t.\t.\t.", line], ["1\t8\t.\tTTAC\tTTGC\t.\t.\t.", line]),
        .pair(
            .recordDuplicate, [line, line],
            ["1\t10\t.\tA\t<DEL>\t.\t.\t.", "1\t10\t.\tA\t<DEL>\t.\t.\t."]),
    ]

    static let all = file + meta + fixed + infos + samples + several
}

@Suite("Rules of the VCF specification")
struct SpecificationRuleTests {
    static func check(_ text: String) -> SpecificationReport {
        var check = SpecificationCheck()
        var number = 0
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            number += 1
            check.add(ArraySlice(Array(line)), line: number)
        }
        check.finish(endsWithLineEnd: text.utf8.last == 0x0A)
        return check.report
    }

    @Test("a text that breaks a rule is named by it and its line, its twin is not", arguments: RuleCase.all)
    func rule(of example: RuleCase) {
        let found = Self.check(example.bad).violations.filter { $0.rule == example.rule }
        #expect(found.first?.line == example.line, "\(Self.check(example.bad).violations.map(\.text))")
        let twin = Self.check(example.good)
        #expect(!twin.violations.contains { $0.rule == example.rule }, "\(twin.violations.map(\.text))")
        #expect(!twin.hasErrors, "\(twin.violations.map(\.text))")
    }

    @Test("every rule has such a pair, but for those of bytes that text cannot hold")
    func allRules() {
        let byBytes: Set<SpecificationRule> = [.fileEncoding, .fileLineLength, .chromColonDeclared]
        let missing = Set(SpecificationRule.allCases).subtracting(RuleCase.all.map(\.rule)).subtracting(
            byBytes)
        #expect(missing.isEmpty, "\(missing.map(\.id).sorted())")
    }

    @Test("ids are unique, and each has a remedy and a section")
    func ids() {
        for rule in SpecificationRule.allCases {
            #expect(rule.id.split(separator: ".").count == 2, "\(rule.id)")
            #expect(!rule.remedy.isEmpty && rule.remedy.hasSuffix(".") || rule.remedy.hasSuffix("?"))
            for version in SpecificationVersion.allCases { #expect(!rule.section(in: version).isEmpty) }
        }
    }

    @Test("what a later version forbids is a warning before")
    func versions() {
        for rule in [SpecificationRule.fileLastLineEnd, .idDuplicate, .infoDuplicate, .infoRange] {
            #expect(rule.severity(in: .v42) == .warning)
            #expect(rule.severity(in: .v43) == .error)
        }
        #expect(SpecificationRule.infoWhitespace.severity(in: .v41) == .warning)
        #expect(SpecificationRule.sampleGenotype.severity(in: .v45) == .error)
    }

    @Test("the README lists every tolerance and no error among them")
    func readme() throws {
        let text = try String(contentsOf: TestData.package.appending(path: "README.md"), encoding: .utf8)
        let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix("Tolerances") } ?? ""
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") }.joined()
        let named = Set(SpecificationRule.allCases.filter { rows.contains("`\($0.id)`") })
        let warnings = SpecificationRule.allCases.filter { rule in
            SpecificationVersion.allCases.contains { rule.severity(in: $0) == .warning }
        }
        #expect(named == Set(warnings), "\(named.symmetricDifference(warnings).map(\.id).sorted())")
    }

    @Test("a colon in a contig's name is tolerated where the header declares the name")
    func declaredColon() {
        let text =
            "##fileformat=VCFv4.2\n##contig=<ID=HLA-A*01:01>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
            + "HLA-A*01:01\t1\t.\tA\tC\t.\t.\t.\n"
        let report = Self.check(text)
        #expect(report.violations.map(\.rule) == [.metaContigTolerated, .chromColonDeclared])
        #expect(!report.hasErrors)
    }

    @Test("bytes that are no UTF-8 and a line that is too long are told")
    func bytes() {
        var check = SpecificationCheck()
        check.add(ArraySlice(Array("##fileformat=VCFv4.3".utf8)), line: 1)
        check.add(ArraySlice(Array("##source=caf".utf8) + [0xE9]), line: 2)
        check.addTooLong(line: 3, limit: 10)
        #expect(check.report.violations.map(\.rule) == [.fileEncoding, .fileLineLength])
        var valid = SpecificationCheck()
        valid.add(ArraySlice(Array("##fileformat=VCFv4.3".utf8)), line: 1)
        valid.add(ArraySlice(Array("##source=café".utf8)), line: 2)
        #expect(valid.report.violations.isEmpty)
    }

    @Test("carriage returns at the line ends are no fault")
    func carriageReturns() {
        let text =
            "##fileformat=VCFv4.3\r\n##contig=<ID=1>\r\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\r\n"
        #expect(Self.check(text + "1\t1\t.\tA\tC\t.\t.\t.\r\n").violations.isEmpty)
    }

    @Test("a rule that a million lines break is one sentence with the count")
    func bounded() {
        var check = SpecificationCheck()
        check.add(ArraySlice(Array("##fileformat=VCFv4.2".utf8)), line: 1)
        check.add(ArraySlice(Array("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO".utf8)), line: 2)
        for number in 0..<20_000 {
            check.add(
                ArraySlice(Array("1\t\(number)\t.\tA\tC\t-1\t.\tK\(number)=1".utf8)), line: number + 3)
        }
        let violations = check.report.violations
        let quality = violations.filter { $0.rule == .qualityNegative }
        #expect(quality.map(\.count) == [20_000])
        #expect(quality.first?.text.contains("; 20000 lines, the next: 4, 5, 6") == true)
        let undeclared = violations.filter { $0.rule == .infoUndeclared }
        #expect(undeclared.count == SpecificationReport.maximumSubjects)
        #expect(undeclared.last?.text.contains("; with others like it 19989 lines") == true)
    }

    @Test("genotypes and sample names stay out of the sentences")
    func privacy() {
        let example = RuleCase.sample(.sampleAllele, "GT\t0/7", "GT\t0/1")
        let text = Self.check(example.bad).violations.map(\.text).joined()
        #expect(!text.contains("0/7") && !text.contains("S1"), "\(text)")
    }

    @Test("damaged bytes never stop the check", arguments: 0..<200)
    func damage(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let example = RuleCase.all[random(RuleCase.all.count)]
        var bytes = Array(example.good.utf8)
        let marks = Array("<>=\",;:\t\n\\[]|/.*#\0-+0A ".utf8) + [0xFF, 0x80]
        for _ in 0..<(1 + random(12)) where !bytes.isEmpty {
            let index = random(bytes.count)
            switch random(3) {
            case 0: bytes[index] = marks[random(marks.count)]
            case 1: bytes.insert(marks[random(marks.count)], at: index)
            default: bytes.removeSubrange(index..<min(index + random(20), bytes.count))
            }
        }
        var check = SpecificationCheck()
        for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            check.add(line, line: number + 1)
        }
        check.finish(endsWithLineEnd: false)
        #expect(check.report.violations.allSatisfy { $0.line > 0 })
    }

    @Test("keys of INFO are judged alike whatever stood in the records before")
    func keysOfInfo() {
        let header = [
            "##fileformat=VCFv4.3", "##contig=<ID=1,length=100000>",
            "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"a\">",
            "##INFO=<ID=AF,Number=A,Type=Float,Description=\"a\">",
            "##INFO=<ID=X,Number=.,Type=String,Description=\"a\">",
            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO",
        ]
        let entries = [
            "DP=3", "DP=a", "AF=0.5", "AF=0.5,0.1", "AF=-3e-2", "X=a,b", "X", "OWN=1", "1bad=2", "DP",
            "a b=1", ".", "", "X==",
            "AF=nan", "AF=.", "AF=1.", "AF=+5", "AF=--1",
        ]
        func counts(_ records: [String]) -> [String: Int] {
            var check = SpecificationCheck()
            for (index, line) in (header + records).enumerated() {
                check.add(ArraySlice(Array(line.utf8)), line: index + 1)
            }
            check.finish(endsWithLineEnd: true)
            return check.report.violations.reduce(into: [:]) { $0[$1.rule.id, default: 0] += $1.count }
        }
        var random = SeededGenerator(seed: 8)
        let records = (0..<400).map { number in
            let info = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                entries.randomElement(using: &random) ?? ""
            }
            return "1\t\(number * 10 + 1)\t.\tA\tC\t.\t.\t\(info.joined(separator: ";"))"
        }
        let apart = records.map { counts([$0]) }.reduce(into: [String: Int]()) {
            $0.merge($1, uniquingKeysWith: +)
        }
        #expect(counts(records) == apart)
        #expect(apart.keys.contains("INFO.DUPLICATE_KEY") && apart.count > 8, "\(apart)")
        // More keys than are kept.
        let many = (0..<5000).map { "1\t\($0 + 1)\t.\tA\tC\t.\t.\tK\($0);DP=1;K\($0)" }
        #expect(counts(many)["INFO.DUPLICATE_KEY"] == 5000)
    }
}
