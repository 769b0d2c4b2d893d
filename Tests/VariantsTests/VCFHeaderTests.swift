import Testing
import Variants

private let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"

@Test("a quotation mark inside a value is a letter, as htslib reads it")
func quotationMarkInsideAValue() {
    let header = VCFHeader(
        text: "##INFO=<ID=D\"P,Number=1,Type=Integer,Description=\"a, \\\"b\\\"\">\n\(columns)\n")
    #expect(header.info["D\"P"]?.type == "Integer")
    #expect(header.info["D\"P"]?.tagDescription == "a, \"b\"")
}

@Test("of a field that stands twice in a declaration the last counts, as for htslib")
func fieldTwice() {
    let header = VCFHeader(
        text:
            "##FORMAT=<ID=GT,ID=AD,Number=1,Number=R,Type=String,Type=Integer,Description=\"a\">\n\(columns)\n"
    )
    #expect(header.format.keys.sorted() == ["AD"])
    #expect(header.format["AD"]?.number == "R" && header.format["AD"]?.type == "Integer")
}

@Test("a comma between angle brackets inside a value is a letter, as htslib reads it")
func nestedBrackets() {
    let header = VCFHeader(
        text: "##INFO=<ID=DP,Number=1,Type=Integer,X=<a,Type=String>,Description=\"d\">\n\(columns)\n")
    #expect(header.info["DP"]?.type == "Integer" && header.info["DP"]?.tagDescription == "d")
    #expect(header.lines[0]["X"] == "<a,Type=String>")
}

@Test(
    "only a line feed ends a header line",
    arguments: ["\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\r"])
func lineEnds(character: String) {
    let header = VCFHeader(
        text: "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"a\(character)b\">\r\n\(columns)\r\n")
    #expect(header.info["DP"]?.type == "Integer")
    #expect(header.lines.count == 1)
}

@Test("a name that begins with a combining mark is a name")
func combiningMark() {
    let header = VCFHeader(
        text: "##INFO=<ID=\u{301}A,Number=1,Type=Integer,Description=\"a\">\n\(columns)\tFORMAT\t\u{301}A\n")
    #expect(header.info["\u{301}A"]?.type == "Integer")
    #expect(header.samples == ["\u{301}A"])
}
