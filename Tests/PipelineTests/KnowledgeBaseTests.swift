import Foundation
import Genome
import Knowledge
import Pipeline
import TestSupport
import Testing

/// The base that comes with the program.
@Suite("Knowledge base")
struct KnowledgeBaseTests {
    static func load() throws -> KnowledgeBase {
        let loaded = try KnowledgeLoader.load([TestData.package.appending(path: "knowledgebase").path])
        #expect(loaded.problems.isEmpty, "\(loaded.problems)")
        return loaded.knowledge
    }

    @Test(
        "every row is understood, cited, and of a known gene and tumor type; all five indications have rows")
    func rows() throws {
        let knowledge = try Self.load()
        #expect(knowledge.evidence.count >= 30)
        for indication in Indication.allCases {
            let types = knowledge.tumorTypes
            let covered = try knowledge.evidence.rows().contains { row in
                row.tumorTypes.contains { types.indication(of: $0) == indication.rawValue || $0 == "SOLID" }
            }
            #expect(covered, "\(indication)")
        }
    }

    @Test(
        "tumor types lead to their indication",
        arguments: [
            ("USARC", "sarcoma"), ("PANET", "metastatic-solid"), ("TNET", "metastatic-solid"),
            ("PAAD", "pancreatic"),
            ("GIST", "sarcoma"), ("THYC", "thymic-epithelial"), ("OS", "sarcoma"),
            ("MEL", "metastatic-solid"),
            ("LUAD", "metastatic-solid"), ("DIFG", "primary-brain"), ("AML", ""),
            ("SOLID", "metastatic-solid"),
        ])
    func indications(code: String, indication: String) throws {
        let types = try Self.load().tumorTypes
        #expect(types.indication(of: code) == indication)
    }

    @Test("old codes are synonyms", arguments: ["GBM", "AASTR", "AODG", "AOAST", "DIPG", "OAST"])
    func oldCodes(code: String) throws {
        let types = try Self.load().tumorTypes
        let type = try #require(types.resolve(code))
        #expect(types.indication(of: type.code) == "primary-brain")
    }

    @Test(
        "every OncoTree code, present and old, is known and reaches a root",
        .enabled(if: TestData.isAvailable))
    func allCodes() throws {
        let types = try Self.load().tumorTypes
        let flat = try String(
            contentsOfFile: TestData.path("oncology/oncotree/oncotree.2023-03-09.txt"), encoding: .utf8)
        for line in flat.split(separator: "\n").dropFirst() {
            let code = String(line.split(separator: "\t")[0])
            #expect(types.resolve(code) != nil, "\(code)")
        }
        let tree = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(filePath: TestData.path("oncology/oncotree/oncotree_2025_10_03.json")))
        )
        var codes: [String] = []
        func walk(_ value: Any) {
            if let object = value as? [String: Any] {
                if let code = object["code"] as? String { codes.append(code) }
                object.values.forEach(walk)
            } else if let list = value as? [Any] {
                list.forEach(walk)
            }
        }
        walk(tree)
        #expect(codes.count > 800)
        let solid = ["metastatic-solid", "sarcoma", "pancreatic", "thymic-epithelial", "primary-brain"]
        for code in codes where code != "TISSUE" {
            let type = try #require(types.resolve(code), "\(code)")
            let path = types.path(of: type.code)
            #expect(path.last == "ANY", "\(code): \(path)")
            // OncoTree puts these lymphomas under an organ; they are none of the five indications.
            if path.contains("SOLID"), !["TLYM", "MLYM"].contains(type.code) {
                #expect(solid.contains(types.indication(of: type.code)), "\(code)")
            }
        }
    }

    @Test("of a source's versions only the newest is read and checked")
    func versions() throws {
        let folder = try TemporaryFolder()
        let bundled = TestData.package.appending(path: "knowledgebase")
        let base = folder.url.appending(path: "base")
        try FileManager.default.copyItem(at: bundled, to: base)
        func write(_ version: String, retrieved: String) throws {
            let place = base.appending(path: "profiles/\(version)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Data("country\tagency\tpayer\tlanguage\nx\tEMA\tP\ten\n".utf8).write(
                to: place.appending(path: "countries.tsv"))
            let source =
                "{\"source\": \"profiles\", \"version\": \"\(version)\", \"retrieved\": \"\(retrieved)\", "
                + "\"files\": {\"countries.tsv\": \"0\"}}"
            try Data(source.utf8).write(to: place.appending(path: "SOURCE.json"))
        }
        try write("old", retrieved: "2000-01-01")
        let loaded = try KnowledgeLoader.load([base.path])
        #expect(loaded.problems.isEmpty, "\(loaded.problems)")
        #expect(loaded.knowledge.countries["denmark"] != nil)
        try write("new", retrieved: "2999-01-01")
        let newer = try KnowledgeLoader.load([base.path])
        #expect(newer.knowledge.countries.keys.sorted() == ["x"])
        #expect(newer.problems.map(\.description).first?.contains("SOURCE.json says 0…") == true)
        #expect(newer.problems.count == 1)
    }

    @Test(
        "REF bases of listed alleles are those of the real genes", .enabled(if: TestData.isAvailable),
        arguments: Assembly.allCases)
    func alleles(assembly: Assembly) throws {
        let regions = try Pack.regions(assembly)
        var checked = 0
        for row in try Self.load().evidence.rows() {
            for variant in row.alleles[assembly] ?? [] where !variant.reference.isEmpty {
                guard let bases = regions.bases(variant.contig.name, variant.range) else { continue }
                #expect(bases == variant.reference, "\(row.id): \(variant.key)")
                checked += 1
            }
        }
        #expect(checked >= 40, "\(checked) alleles lie in the pack")
    }
}

/// The real sequences of the shared gene pack.
struct Pack {
    private var contigs: [String: [(start: Int, bases: String)]] = [:]

    static func regions(_ assembly: Assembly) throws -> Pack {
        let path = TestData.path("annotation/lrg-pack/regions.\(assembly.rawValue).fa.gz")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        var pack = Pack()
        for record in text.split(separator: ">") {
            let lines = record.split(separator: "\n")
            let name = lines[0].split(separator: " ")[0].split(separator: ":")
            let start = Int(name[1].split(separator: "-")[0]) ?? 0
            pack.contigs[String(name[0]), default: []].append((start - 1, lines.dropFirst().joined()))
        }
        return pack
    }

    func bases(_ contig: String, _ range: Range<Int>) -> String? {
        for region in contigs[contig] ?? []
        where region.start <= range.lowerBound && range.upperBound <= region.start + region.bases.utf8.count {
            let from = region.bases.index(region.bases.startIndex, offsetBy: range.lowerBound - region.start)
            return String(region.bases[from..<region.bases.index(from, offsetBy: range.count)]).uppercased()
        }
        return nil
    }
}
