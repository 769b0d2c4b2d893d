import Foundation
import TestSupport
import Testing

/// Whole runs on a generated genome: the answer of a record rests on that record alone.
@Suite("Runs on generated genomes")
struct GeneratedRunTests {
    private struct World {
        let folder: Folder
        let fasta: String, genes: String
        let genome: GeneratedGenome

        init(seed: UInt64) throws {
            folder = try Folder()
            genome = GeneratedGenome(seed: seed)
            fasta = try folder.write(genome.fasta, to: "ref.fa")
            genes = try folder.write(genome.gff3, to: "genes.gff3")
        }

        func run(_ records: [String], _ name: String, _ more: [String] = []) throws -> Program.Result {
            let path = try folder.write(
                genome.vcfHeader + records.joined(separator: "\n") + "\n", to: "\(name).vcf")
            return try Program.run(
                [
                    "consequences", "-f", fasta, "-g", genes, "--strict", "--no-cache", "--no-version",
                    "--all-transcripts", path,
                ] + more)
        }
    }

    private static func body(_ vcf: String) -> [String] {
        vcf.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    @Test("REF is the genome's in every record, and every record has its answer", arguments: [1, 2])
    func whole(seed: UInt64) throws {
        let world = try World(seed: seed)
        let records = world.genome.records(1500, seed: seed)
        let result = try world.run(records, "calls")
        #expect(result.status == 0 && result.errors.isEmpty, "seed \(seed): \(result.errors)")
        let lines = Self.body(result.output)
        #expect(lines.count == records.count)
        for term in ["missense_variant", "frameshift_variant", "splice_donor_variant", "5_prime_UTR_variant"]
        {
            #expect(lines.contains { $0.contains(term) }, "seed \(seed): \(term)")
        }
    }

    @Test(
        "records in any order, mixed over the contigs, have the answers that they have in order",
        arguments: [3, 4])
    func order(seed: UInt64) throws {
        let world = try World(seed: seed)
        let records = world.genome.records(1500, seed: seed)
        var random = SeededGenerator(seed: seed)
        let sorted = Self.body(try world.run(records, "sorted").output)
        let shuffled = Self.body(try world.run(records.shuffled(using: &random), "shuffled").output)
        #expect(sorted.count == records.count)
        #expect(shuffled.sorted() == sorted.sorted(), "seed \(seed)")
    }

    @Test("a record alone has the answer that it has among others", arguments: [5])
    func alone(seed: UInt64) throws {
        let world = try World(seed: seed)
        let records = world.genome.records(600, seed: seed)
        let among = Self.body(try world.run(records, "all").output)
        for part in 0..<3 {
            let few = stride(from: part * 7, to: records.count, by: 97).map { $0 }
            let answers = Self.body(try world.run(few.map { records[$0] }, "few\(part)").output)
            #expect(answers == few.map { among[$0] }, "seed \(seed), part \(part)")
        }
    }

    @Test("a compressed reference, and any number of threads, give the same bytes", arguments: [6])
    func bytes(seed: UInt64) throws {
        let world = try World(seed: seed)
        let records = world.genome.records(1500, seed: seed)
        var outputs: [Data] = []
        for threads in [1, 2, 5] {
            let out = world.folder.file("out\(threads).vcf.gz")
            let result = try world.run(records, "calls", ["-Oz", "-o", out, "--threads", "\(threads)"])
            #expect(result.status == 0, "\(result.errors)")
            outputs.append(try Data(contentsOf: URL(filePath: out)))
        }
        #expect(Set(outputs).count == 1, "seed \(seed)")
        guard Tools.bcftools != nil else { return }
        let plain = try world.run(records, "calls")
        let packed = world.folder.file("ref.fa.gz")
        #expect(try Tools.run("/bin/sh", ["-c", "bgzip -c '\(world.fasta)' > '\(packed)'"]).status == 0)
        let again = try Program.run(
            [
                "consequences", "-f", packed, "-g", world.genes, "--no-cache", "--no-version",
                "--all-transcripts",
                world.folder.file("calls.vcf"),
            ])
        #expect(again.output == plain.output && again.status == 0, "seed \(seed)")
    }

    /// Calls of a tumor with its normal, phased by random blocks, compressed and with an index.
    private static func phased(_ world: World, _ records: [String], seed: UInt64) throws -> String {
        var random = SeededGenerator(seed: seed)
        let lines = records.map { record -> String in
            let genotype = ["0|1", "1|0", "0/1", "1/1", "0|1"].randomElement(using: &random) ?? "0/1"
            let block = Int.random(in: 1...3, using: &random)
            let reads = Int.random(in: 8...30, using: &random)
            return record.dropLast(3) + "PASS\t.\tGT:PS:AD\t0/0:.:40,0\t\(genotype):\(block):30,\(reads)"
        }
        let header = world.genome.vcfHeader.replacingOccurrences(
            of: "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n",
            with: """
                ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
                ##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Block">
                ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
                #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNORMAL\tTUMOR

                """)
        let path = try world.folder.write(header + lines.joined(separator: "\n") + "\n", to: "phased.vcf")
        let made = try Tools.run("/bin/sh", ["-c", "bgzip -f '\(path)' && tabix -f -p vcf '\(path).gz'"])
        #expect(made.status == 0, "\(made.errors)")
        return path + ".gz"
    }

    @Test(
        "haplotypes are the same for any number of threads, however the file is cut",
        .enabled(if: Tools.find("bgzip") != nil && Tools.find("tabix") != nil), arguments: [7, 8])
    func haplotypes(seed: UInt64) throws {
        let world = try World(seed: seed)
        let path = try Self.phased(world, world.genome.records(2500, seed: seed), seed: seed)
        var outputs = Set<String>(), cases = Set<Data>()
        for threads in [1, 3, 8] {
            let models = ["-f", world.fasta, "-g", world.genes, "--no-cache", "--threads", "\(threads)"]
            let lines = try Program.run(["consequences", "--no-version", path] + models)
            #expect(lines.status == 0, "\(lines.errors)")
            outputs.insert(lines.output)
            let out = world.folder.file("case\(threads)")
            let result = try Program.run(
                ["annotate", "--case", "C", "--tumor-type", "MEL", "--somatic", path, "-o", out] + models)
            #expect(result.status == 0, "\(result.errors)")
            cases.insert(try Data(contentsOf: URL(filePath: out + "/case.json")))
        }
        #expect(outputs.count == 1 && cases.count == 1, "seed \(seed)")
        // Groups were found, and counted once.
        let joined = Self.body(outputs.first ?? "").filter { $0.contains("+") }
        #expect(joined.count > 20, "seed \(seed): \(joined.count)")
    }
}
