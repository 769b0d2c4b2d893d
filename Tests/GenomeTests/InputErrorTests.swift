import Genome
import Testing

@Suite struct InputErrorTests {
    @Test("an error is one line: file, place, problem, remedy")
    func description() {
        let file = InputError(file: "a.vcf", problem: "no sample \"T\"", remedy: "Give one.")
        #expect(file.description == "a.vcf: no sample \"T\". Give one.")
        let line = InputError(file: "a.gff", place: .line(3), problem: "phase 5.", remedy: "")
        #expect(line.description == "a.gff:3: phase 5.")
        let record = InputError(file: "a.vcf", place: .record("1:2 A>T"), problem: "is it?", remedy: "No.")
        #expect(record.description == "a.vcf: 1:2 A>T: is it? No.")
        #expect(InputError(file: "", problem: "", remedy: "", kind: .usage).exitCode == 64)
    }
}
