import Foundation
import TestSupport
import Testing

/// Tumors whose spectra were drawn from COSMIC's signatures, and those of the shared generator of whole cases.
@Suite("Mutational processes that were put in come out", .enabled(if: TestData.isAvailable))
struct MutationalProfileTests {
    private static func reference(_ name: String) -> String {
        TestData.path("oncology/signatures/reference/COSMIC_v3.4_\(name).txt")
    }

    /// Which signatures each tumor type may have, as a user's table has it.
    private static let allowed = [
        "LUAD": ["1", "2", "3", "4", "5", "13"], "BRCA": ["1", "2", "3", "5", "13", "18"],
        "BLCA": ["1", "2", "4", "5", "8", "13"], "MEL": ["1", "2", "5", "7a", "7b", "13", "17b"],
        "COAD": ["1", "5", "18"],
    ]

    private static func allowedTable(in folder: Folder) throws -> String {
        let rows = allowed.keys.sorted().flatMap { type in
            (allowed[type] ?? []).map { "\(type)\tSBS\($0)\n" }
        }
        return try folder.write("tumorType\tsignature\n" + rows.joined(), to: "allowed.tsv")
    }

    private static func biomarkers(_ arguments: [String], _ folder: Folder) throws -> [String: Any] {
        let result = try Program.run(
            [
                "biomarkers", "--signatures", reference("SBS_GRCh38"), "--allowed-signatures",
                try allowedTable(in: folder),
            ] + arguments)
        #expect(result.status == 0, "\(result.errors)")
        return try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    private static func signatures(_ object: [String: Any], _ kind: String) -> [String: Any] {
        (object["signatures"] as? [String: Any])?[kind] as? [String: Any] ?? [:]
    }

    /// The types that were seen at all.
    private static func catalogue(_ object: [String: Any], _ kind: String) -> [String: Int] {
        (signatures(object, kind)["catalogue"] as? [String: Int] ?? [:]).filter { $0.value > 0 }
    }

    /// Fraction and interval of each signature.
    private static func fractions(_ object: [String: Any]) -> [String: Double] {
        let exposures = signatures(object, "sbs")["exposures"] as? [[String: Any]] ?? []
        return exposures.reduce(into: [:]) { all, row in
            if let name = row["signature"] as? String { all[name] = row["fraction"] as? Double }
        }
    }

    // MARK: - Drawn from COSMIC

    /// A tumor: parts of signatures of single bases and of insertions and deletions.
    struct Tumor: Sendable {
        var name: String, type: String, bases: [String: Double], indels: [String: Double]
    }

    static let tumors = [
        Tumor(
            name: "hrd", type: "BRCA", bases: ["SBS3": 0.5, "SBS5": 0.35, "SBS1": 0.15],
            indels: ["ID6": 0.7, "ID1": 0.15, "ID2": 0.15]),
        Tumor(
            name: "smoker", type: "LUAD", bases: ["SBS4": 0.6, "SBS5": 0.3, "SBS13": 0.1],
            indels: ["ID3": 0.7, "ID1": 0.3]),
        Tumor(
            name: "apobec", type: "BLCA", bases: ["SBS2": 0.35, "SBS13": 0.4, "SBS5": 0.25],
            indels: ["ID1": 0.5, "ID2": 0.5]),
        Tumor(
            name: "mixed", type: "LUAD",
            bases: ["SBS1": 0.15, "SBS2": 0.1, "SBS4": 0.2, "SBS5": 0.4, "SBS13": 0.15],
            indels: ["ID1": 0.4, "ID2": 0.3, "ID8": 0.3]),
        Tumor(
            name: "uv", type: "MEL", bases: ["SBS7a": 0.5, "SBS7b": 0.3, "SBS5": 0.2],
            indels: ["ID1": 0.5, "ID13": 0.5]),
    ]

    /// So many types, each drawn with its weight in the mixture.
    private static func draw(
        _ count: Int, _ parts: [String: Double], from table: String, using random: inout SeededGenerator
    ) throws -> [String] {
        let lines = try String(contentsOfFile: reference(table), encoding: .utf8)
            .split(whereSeparator: \.isNewline).map { $0.split(separator: "\t").map(String.init) }
        let columns = try parts.keys.sorted().map { name in
            (try #require(lines[0].firstIndex(of: name)), parts[name] ?? 0)
        }
        let weights = lines.dropFirst().map { row in
            columns.reduce(0.0) { $0 + (Double(row[$1.0]) ?? 0) * $1.1 }
        }
        let total = weights.reduce(0, +)
        return (0..<count).map { _ in
            var left = Double.random(in: 0..<total, using: &random)
            let row =
                weights.firstIndex {
                    left -= $0; return left < 0
                } ?? weights.count - 1
            return lines[row + 1][0]
        }
    }

    /// A stretch of genome with a change of this type on it: bases before, REF, ALT, bases after. `A` and `G` end the repeats, which are of `C` and `T`
    /// or begin with `C` and end with `T`.
    private static func change(_ type: String) -> (before: String, ref: String, alt: String, after: String) {
        if type.count == 7 {
            let letters = type.map { String($0) }
            return (letters[0], letters[2], letters[4], letters[6])
        }
        let parts = type.split(separator: ":").map(String.init)
        let count = Int(parts[3]) ?? 0
        let isDeletion = parts[1] == "Del"
        if parts[2] == "M" {
            // The first bases of what goes stand behind it again.
            let unit = parts[0] == "5" ? "CCGAAGT" : String("CGAT".prefix((Int(parts[0]) ?? 0) - 1)) + "T"
            let other = unit.dropFirst(count).first == "A" ? "C" : "A"
            return ("", "A" + unit, "A", unit.prefix(count) + other)
        }
        let unit = parts[2] == "R" ? String("CGAGG".prefix((Int(parts[0]) ?? 0) - 1)) + "T" : parts[2]
        let copies = String(repeating: unit, count: count)
        return isDeletion ? ("", "A" + unit, "A", copies + "A") : ("", "A", "A" + unit, copies + "A")
    }

    @Test("spectra drawn from COSMIC are counted exactly and fitted to what was put in", arguments: tumors)
    func drawn(tumor: Tumor) throws {
        var random = SeededGenerator(seed: 5)
        let bases = try Self.draw(3000, tumor.bases, from: "SBS_GRCh38", using: &random)
        let indels = try Self.draw(300, tumor.indels, from: "ID_GRCh37", using: &random)
        var genome = "", rows = ""
        for type in (bases + indels).shuffled(using: &random) {
            let change = Self.change(type)
            genome += "AGTCAGGACTGA" + change.before
            rows +=
                "1\t\(genome.utf8.count + 1)\t.\t\(change.ref)\t\(change.alt)\t.\tPASS\t.\tAD\t30,0\t20,10\n"
            genome += change.ref + change.after
        }
        genome += "AGTCAGGACTGA"
        let folder = try Folder()
        let vcf = try folder.write(
            "##fileformat=VCFv4.2\n##contig=<ID=1,length=\(genome.utf8.count)>\n##tumor_sample=T\n##normal_sample=N\n"
                + "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n"
                + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT\n" + rows, to: "t.vcf")
        let object = try Self.biomarkers(
            [
                "--tumor-type", tumor.type, "--somatic", vcf, "-f",
                try folder.write(">1\n\(genome)\n", to: "g.fa"),
            ], folder)
        func counts(_ types: [String]) -> [String: Int] {
            types.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(Self.catalogue(object, "sbs") == counts(bases), "\(tumor.name)")
        #expect(Self.catalogue(object, "id") == counts(indels), "\(tumor.name)")
        let fractions = Self.fractions(object)
        for name in Set(fractions.keys).union(tumor.bases.keys) {
            let found = fractions[name] ?? 0, put = tumor.bases[name] ?? 0
            #expect(abs(found - put) < 0.08, "\(tumor.name) \(name): \(put) put in, \(found) found")
        }
        let microhomology = indels.count { $0.contains("Del:M") }
        #expect(
            tumor.name == "hrd" ? microhomology > 120 : microhomology < 60, "\(tumor.name): \(microhomology)")
    }

    // MARK: - The shared generator

    private static let generator = TestData.path("../tools/bench/make_wgs.py")
    /// With a sanitizer the drawn tumors do: whole generated cases would take minutes.
    private static let canGenerate: Bool = {
        guard ProcessInfo.processInfo.environment["WGS_TEST_SANITIZER"] == nil else { return false }
        guard FileManager.default.isReadableFile(atPath: generator), let python = Tools.find("python3") else {
            return false
        }
        return (try? Tools.run(python, ["-c", "import numpy"]))?.status == 0
    }()

    /// A generated case of 12 Mb: its counts by the generator, and ours. Its C>A is spread evenly over the contexts, which SBS18 fits as well as SBS4,
    /// and its `hrd` is nearly flat, which SBS5 fits alone: only a fit that drops nothing has SBS3.
    private static func generated(_ profile: String, _ tumorType: String, _ folder: Folder) throws -> (
        truth: [String: Int], object: [String: Any]
    ) {
        let out = folder.file(profile)
        let made = try Tools.run(
            try #require(Tools.find("python3")),
            [
                generator, "--out", out, "--profile", profile, "--genome-mb", "12", "--somatic", "3000",
                "--popaf", "10", "--kb", "10", "--sv", "10", "--no-germline", "--no-bcf",
            ])
        try #require(made.status == 0, "\(made.errors)")
        let index = try String(contentsOfFile: out + "/ref.fa.fai", encoding: .utf8)
        let regions = index.split(separator: "\n").map { $0.split(separator: "\t") }
            .map { "\($0[0])\t0\t\($0[1])\n" }
        let data = try Data(contentsOf: URL(filePath: out + "/truth.json"))
        let truth = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let object = try biomarkers(
            [
                "--tumor-type", tumorType, "--somatic", out + "/somatic.vcf.gz", "-f", out + "/ref.fa",
                "--callable", try folder.write(regions.joined(), to: profile + ".bed"),
            ], folder)
        return (try #require(truth["sbs96_pass"] as? [String: Int]), object)
    }

    @Test(
        "generated cases show the process of their profile", .enabled(if: canGenerate),
        arguments: [
            ("smoker", "LUAD", ["SBS4"], 0.4), ("apobec", "BLCA", ["SBS2", "SBS13"], 0.4),
            ("mixed", "LUAD", ["SBS1", "SBS2", "SBS5", "SBS13"], 0.8),
            ("uv", "MEL", ["SBS7a", "SBS7b"], 0.4),
            ("msi", "COAD", ["SBS1", "SBS5"], 0.8),
        ])
    func generated(profile: String, tumorType: String, signatures: [String], part: Double) throws {
        let (truth, object) = try Self.generated(profile, tumorType, try Folder())
        #expect(Self.catalogue(object, "sbs") == truth, "\(profile)")
        let fractions = Self.fractions(object)
        for name in signatures { #expect(fractions[name] ?? 0 > 0.02, "\(profile): \(name) in \(fractions)") }
        #expect(signatures.reduce(0) { $0 + (fractions[$1] ?? 0) } > part, "\(profile): \(fractions)")
        let msi = object["msi"] as? [String: Any] ?? [:]
        #expect((msi["classification"] as? String == "MSI") == (profile == "msi"), "\(profile): \(msi)")
        #expect(msi["denominatorSource"] as? String == "callable")
    }

    @Test(
        "the generated deficient case has SBS3, and more deletions at microhomology",
        .enabled(if: canGenerate))
    func deficient() throws {
        let folder = try Folder()
        func microhomology(_ object: [String: Any]) -> Double {
            let indels = Self.catalogue(object, "id").filter { $0.key.contains("Del:M") }
            return Double(indels.values.reduce(0, +))
                / Double(Self.catalogue(object, "sbs").values.reduce(0, +))
        }
        let (truth, object) = try Self.generated("hrd", "BRCA", folder)
        #expect(Self.catalogue(object, "sbs") == truth)
        #expect(microhomology(object) > microhomology(try Self.generated("mixed", "BRCA", folder).object))
        let matrix = try folder.write(
            "MutationType\tT\n" + truth.keys.sorted().map { "\($0)\t\(truth[$0] ?? 0)\n" }.joined()
                + (try Self.absent(from: truth)), to: "SBS96.tsv")
        let result = try Program.run([
            "signatures", "refit", "--matrix", matrix, "--reference", Self.reference("SBS_GRCh38"),
            "--method", "nnls",
            "--allowed", "SBS1,SBS2,SBS3,SBS5,SBS13", "--bootstrap", "100",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let row = try #require(result.output.split(separator: "\n").first { $0.hasPrefix("SBS3\t") })
        let values = row.split(separator: "\t").dropFirst().compactMap { Double($0) }
        #expect(values.count == 3 && values[0] > 100 && values[1] > 50, "\(row)")
    }

    /// Rows of the types that were not seen.
    private static func absent(from seen: [String: Int]) throws -> String {
        try String(contentsOfFile: reference("SBS_GRCh38"), encoding: .utf8).split(
            whereSeparator: \.isNewline
        )
        .dropFirst().map { String($0.prefix { $0 != "\t" }) }.filter { seen[$0] == nil }
        .map { "\($0)\t0\n" }.joined()
    }
}
