import Foundation
import TestSupport
import Testing

@Suite("signatures refit")
struct SignaturesCommandTests {
    @Test("exposures of a table go to a file, a row a signature; faults are told with the file")
    func refit() throws {
        let folder = try Folder()
        let matrix = try folder.write("MutationType\tP1\tP2\nb\t45\t0\na\t80\t0\nc\t75\t0\n", to: "m.tsv")
        let reference = try folder.write("Type\tS1\tS2\na\t0.7\t0.1\nb\t0.2\t0.3\nc\t0.1\t0.6\n", to: "s.tsv")
        let out = folder.file("e.tsv")
        let result = try Program.run([
            "signatures", "refit", "--matrix", matrix, "--reference", reference, "-o", out,
        ])
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        let lines = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "Signature\tP1\tP2")
        #expect(lines.dropFirst().map { $0.prefix(8) } == ["S1\t97.57", "S2\t104.2"])
        let other = try folder.write("Type\tS1\nx\t1\n", to: "x.tsv")
        let wrong = try Program.run(["signatures", "refit", "--matrix", matrix, "--reference", other])
        #expect(wrong.status == 65 && wrong.errors.contains("x.tsv") && wrong.errors.contains("\"b\""))
        let method = try Program.run([
            "signatures", "refit", "--matrix", matrix, "--reference", reference, "--method", "magic",
        ])
        #expect(method.status == 64)
    }
}
