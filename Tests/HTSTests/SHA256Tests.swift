import Foundation
import Genome
import HTS
import TestSupport
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "the examples of FIPS 180-4 come out",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func examples(text: String, sum: String) {
        #expect(SHA256.hexadecimal(Array(text.utf8)) == sum)
    }

    @Test("a million times the letter a, in pieces of any size", arguments: [1, 63, 64, 65, 1000, 999_999])
    func pieces(size: Int) {
        var sum = SHA256()
        var left = 1_000_000
        // Pieces of one byte for the first thousand only, which crosses every boundary.
        while left > 0 {
            let count = min(left, size == 1 && left <= 999_000 ? left : size)
            sum.update(Array(repeating: UInt8(ascii: "a"), count: count))
            left -= count
        }
        #expect(
            sum.hexadecimal() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("files of every length around a block have the checksum that sha256sum gives")
    func files() throws {
        let tool = try #require(Tools.find("sha256sum"))
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 20_261_125)
        var names: [String] = []
        for length in Array(0...130) + [262_143, 262_144, 262_145, 1_000_003] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let path = folder.path(String(length))
            try Data(bytes).write(to: URL(filePath: path))
            names.append(path)
        }
        let expected = try Tools.run(tool, names).lines.map { String($0.prefix(64)) }
        #expect(expected.count == names.count)
        for (path, sum) in zip(names, expected) {
            #expect(try SHA256.hexadecimal(file: path) == sum, "\(path)")
            #expect(SHA256.hexadecimal(try FileSystem.bytes(of: path)) == sum, "\(path)")
        }
    }

    @Test("a file that is not there, and a folder, are missing inputs")
    func missing() throws {
        let folder = try TemporaryFolder()
        for path in [folder.path("none"), folder.url.path] {
            let error = #expect(throws: InputError.self) { try SHA256.hexadecimal(file: path) }
            #expect(error?.kind == .missing && error?.file == path)
        }
    }
}
