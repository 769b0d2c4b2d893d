import Foundation
import GeneModels
import Genome
import Testing

@testable import Pipeline

@Suite("Kept gene models")
struct GeneModelStoreTests {
    private static let text = """
        ##gff-version 3
        ##sequence-region 1 1 600
        1\tt\tgene\t11\t60\t.\t+\t.\tID=gene:G1;Name=ABC;biotype=protein_coding
        1\tt\tmRNA\t11\t60\t.\t+\t.\tID=transcript:T1;Parent=gene:G1;biotype=protein_coding
        1\tt\texon\t11\t60\t.\t+\t.\tParent=transcript:T1
        1\tt\tCDS\t14\t37\t.\t+\t0\tParent=transcript:T1;protein_id=P1

        """

    /// A folder with a file of gene models, and a place for the kept ones.
    private final class World {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wgs-genes-\(UUID().uuidString)")
        var genes: String { folder.appending(path: "genes.gff3").path }
        var cache: String { folder.appending(path: "cache/genes.bin").path }

        init(_ text: String) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: genes))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func store(isStrict: Bool = false) throws -> GeneModelStore {
            try GeneModelStore(path: genes, isStrict: isStrict, cache: cache)
        }
    }

    @Test("the name has the versions of layout and parser")
    func name() {
        #expect(
            GeneModelStore.cacheName(sha256: "ab")
                == "genes-v\(GeneModel.codecVersion).\(GFF3Parser.version)-ab.bin")
    }

    @Test("a hit is the same with and without --strict, and tells of the genome what the file told")
    func strictness() throws {
        let world = try World(Self.text)
        let first = try world.store()
        #expect(FileManager.default.fileExists(atPath: world.cache))
        // Proof that the next ones are hits: the file itself is gone.
        try FileManager.default.removeItem(atPath: world.genes)
        for isStrict in [false, true] {
            let store = try world.store(isStrict: isStrict)
            #expect(store.model == first.model)
            #expect(store.faultCount == 0)
            #expect(throws: InputError.self) {
                try store.model.requireReference("ref.fa", file: "genes.gff3") { _ in 599 }
            }
        }
    }

    @Test("models with faults are not kept, so --strict after a run without it is still an error")
    func faults() throws {
        let world = try World(Self.text + "1\tt\texon\tx\t60\t.\t+\t.\tParent=transcript:T1\n")
        #expect(try world.store().faultCount == 1)
        #expect(!FileManager.default.fileExists(atPath: world.cache))
        #expect(throws: InputError.self) { try world.store(isStrict: true) }
        #expect(try world.store().faultCount == 1)
    }

    @Test(
        "a kept file that is damaged in any way is read over and mended", arguments: [11, 12, 13] as [UInt64])
    func damage(seed: UInt64) throws {
        let world = try World(Self.text)
        let expected = try world.store().model
        let whole = [UInt8](try Data(contentsOf: URL(filePath: world.cache)))
        var random = Random(state: seed)
        for round in 0..<150 {
            var bytes = whole
            switch round % 5 {
            case 0: bytes.removeLast(Int(random.next() % UInt64(bytes.count)) + 1)
            case 1: bytes.insert(UInt8(random.next() & 0xFF), at: Int(random.next() % UInt64(bytes.count)))
            case 2: bytes += (0...(random.next() % 64)).map { _ in 0 }
            case 3: bytes = (0..<(random.next() % 2000)).map { _ in UInt8(random.next() >> 16 & 0xFF) }
            default:
                for _ in 0...(random.next() % 8) {
                    bytes[Int(random.next() % UInt64(bytes.count))] ^= UInt8(1 << (random.next() & 7))
                }
            }
            try Data(bytes).write(to: URL(filePath: world.cache))
            #expect(try world.store().model == expected, "seed \(seed), round \(round)")
            let mended = [UInt8](try Data(contentsOf: URL(filePath: world.cache)))
            #expect(mended == whole, "seed \(seed), round \(round)")
        }
    }

    @Test("a folder in the kept file's place is no fault")
    func folder() throws {
        let world = try World(Self.text)
        try FileManager.default.createDirectory(atPath: world.cache, withIntermediateDirectories: true)
        #expect(try world.store().model.transcripts.count == 1)
    }

    @Test("runs that keep the same model at once all get it, and no half-written file is ever there")
    func atOnce() async throws {
        let world = try World(Self.text)
        let (genes, cache) = (world.genes, world.cache)
        let expected = try world.store().model
        let whole = try Data(contentsOf: URL(filePath: cache))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for round in 0..<50 {
                        if writer == 0, round % 10 == 0 { try? FileManager.default.removeItem(atPath: cache) }
                        if writer.isMultiple(of: 2) { Cache.keep(whole, at: cache) }
                        if let seen = FileManager.default.contents(atPath: cache), seen != whole {
                            return false
                        }
                        let store = try GeneModelStore(
                            path: genes, isStrict: false, cache: cache)
                        if store.model != expected { return false }
                    }
                    return true
                }
            }
            for try await isWhole in group { #expect(isWhole) }
        }
        let folder = URL(filePath: cache).deletingLastPathComponent()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["genes.bin"])
    }

    /// SplitMix64.
    private struct Random {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }
}
