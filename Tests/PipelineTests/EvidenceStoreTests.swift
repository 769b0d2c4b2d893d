import Foundation
import Genome
import TestSupport
import Testing

@testable import Knowledge
@testable import Pipeline

@Suite("The kept index of evidence")
struct EvidenceStoreTests {
    static func rows(count: Int) throws -> [EvidenceRow] {
        let types = try KnowledgeBaseTests.load().tumorTypes
        let lines = (0..<count).map { place in
            [
                "R\(place)", "BRAF", "", "BRAF p.V\(place + 1)E", "SOLID", "", "Drug", "sensitive", "A", "",
                "",
                "", "", "", "", "", "", "", "7:\(place + 1):A:T", "", "PMID:1", "verified", "", "", "",
            ].joined(separator: "\t")
        }
        let text = ([EvidenceRow.columns.joined(separator: "\t")] + lines).joined(separator: "\n")
        let table = try TSVTable(text: text, file: "evidence.tsv", required: EvidenceRow.columns)
        return EvidenceRow.parse(table, source: "test 1", tumorTypes: types).rows
    }

    @Test("the second time the index is taken from its file; a damaged file is told or made anew")
    func kept() throws {
        let folder = try TemporaryFolder()
        let cache = folder.path("evidence.bin")
        let rows = try Self.rows(count: 300)
        let first = try EvidenceStore.load(cache: cache) { (rows, []) }
        let second = try EvidenceStore.load(cache: cache) { () throws(InputError) in
            Issue.record("the tables were read again")
            return ([], [])
        }
        #expect(try second.index.rows() == first.index.rows())
        #expect(try second.index.compiled() == first.index.compiled())

        let good = try Data(contentsOf: URL(filePath: cache))
        for place in stride(from: 0, to: good.count, by: 501) {
            var bad = good
            bad[place] ^= 0x10
            try bad.write(to: URL(filePath: cache), options: .atomic)
            do {
                let again = try EvidenceStore.load(cache: cache) { (rows, []) }
                #expect(try again.index.rows() == rows.sorted { $0.id < $1.id })
            } catch {
                #expect(error.kind == .io && error.description.contains("damaged"))
            }
            try good.write(to: URL(filePath: cache), options: .atomic)
        }
        for length in [0, 1, 23, 24, good.count - 1] {
            try good.prefix(length).write(to: URL(filePath: cache), options: .atomic)
            let again = try EvidenceStore.load(cache: cache) { (rows, []) }
            #expect(again.index.count == 300)
        }
    }

    @Test("a new index removes those of other versions and those that nobody used for thirty days")
    func swept() throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        func make(_ name: String, days: Double) throws {
            try Data("x".utf8).write(to: URL(filePath: folder.path(name)))
            try manager.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -days * 86_400)],
                ofItemAtPath: folder.path(name))
        }
        let own = EvidenceStore.prefix
        try make("evidence-v0-a.bin", days: 0)
        try make("\(own)young.bin", days: 29)
        try make("\(own)old.bin", days: 31)
        try make("genes-v1.1-a.bin", days: 400)
        try make("evidence-v0-a.txt", days: 400)
        let rows = try Self.rows(count: 3)
        let cache = folder.path("\(own)new.bin")
        let index = try EvidenceStore.load(cache: cache) { (rows, []) }.index
        let left = try manager.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(left == ["evidence-v0-a.txt", "\(own)new.bin", "\(own)young.bin", "genes-v1.1-a.bin"])

        // One that is read and removed is read on; use makes it young again.
        try manager.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -31 * 86_400)], ofItemAtPath: cache)
        let reader = try EvidenceStore.load(cache: cache) { ([], []) }.index
        let date = try manager.attributesOfItem(atPath: cache)[.modificationDate] as? Date
        #expect(try #require(date).timeIntervalSinceNow > -3600)
        try manager.removeItem(atPath: cache)
        #expect(try reader.rows() == index.rows())
    }

    @Test("rows of a base with faults are not kept")
    func faults() throws {
        let folder = try TemporaryFolder()
        let cache = folder.path("evidence.bin")
        let fault = InputError(file: "evidence.tsv", problem: "a fault", remedy: "Mend it.")
        _ = try EvidenceStore.load(cache: cache) { ([], [fault]) }
        #expect(!FileManager.default.fileExists(atPath: cache))
    }
}
