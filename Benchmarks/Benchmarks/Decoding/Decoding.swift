import Benchmark
import Biomarkers
import Foundation
import Genome
import HTS
import Variants

/// One caller's line, as the generator writes it, for kernels that need no file.
private let line =
    "chr1\t8410\trs477\tA\tG\t476.09\tPASS\tAC=1;AF=0.500;AN=2;BaseQRankSum=-0.568;DP=29;ExcessHet=3.0103;FS=0.046;"
    + "MLEAC=1;MLEAF=0.500;MQ=58.9;MQRankSum=-1.131;QD=16.42;ReadPosRankSum=-0.65;SOR=0.879\tGT:AD:DP:GQ:PL\t"
    + "0/1:12,17:29:55:459,0,324"

/// A tumor of 286 segments, thirteen on each chromosome, with the copies of a rearranged genome; real breast cancers have 284 on average.
private let segments: [CopyNumberSegment] = (1...22).flatMap { chromosome in
    (0..<13).map { number in
        let minor = (number * 7 + chromosome) % 3 % 2, major = 1 + (number * 5 + chromosome) % 3
        return CopyNumberSegment(
            interval: GenomicInterval(
                contig: Contig("\(chromosome)"),
                oneBased: (number * 3_500_000 + 1)...((number + 1) * 3_500_000)),
            total: Double(major + minor), minor: Double(min(minor, major)))
    }
}

/// The folder that `Benchmarks/make-calls` wrote, from `$WGS_BENCHMARK_DATA`.
private let folder = ProcessInfo.processInfo.environment["WGS_BENCHMARK_DATA"]

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.cpuTotal, .wallClock, .throughput], scalingFactor: .kilo, maxDuration: .seconds(2))

    Benchmark("VCFRecord: columns and AD of a line") { benchmark in
        let bytes = Array(line.utf8)
        var record = VCFRecord()
        for _ in benchmark.scaledIterations {
            record.fill(lineNumber: 1) { $0.append(contentsOf: bytes) }
            blackHole(record.formatIntegers("AD", sample: 0).count)
        }
    }

    Benchmark("AlleleNormalizer: an indel in a repeat, left-aligned") { benchmark in
        guard let record = VCFRecord(line: "1\t40\t.\tCACA\tCA\t.\tPASS\t.") else { return }
        var genome = InMemoryReference(["1": "G" + String(repeating: "CA", count: 60) + "G"])
        let normalizer = AlleleNormalizer()
        for _ in benchmark.scaledIterations {
            blackHole(try? normalizer.outcomes(of: record, reference: &genome))
        }
    }

    Benchmark("KeySketch: a hash taken in") { benchmark in
        let hashes = ContigHash(Contig("7"))
        var sketch = KeySketch(capacity: 1 << 15)
        for position in benchmark.scaledIterations {
            sketch.insert(hashes.hash(position: position, reference: 0x41, alternate: 0x43))
        }
        blackHole(sketch.count)
    }

    Benchmark("GenomicScars: a thousand tumors", configuration: .init(scalingFactor: .one)) { benchmark in
        for _ in benchmark.scaledIterations {
            for _ in 0..<1000 { blackHole(try GenomicScars(segments, assembly: .grch38).sum) }
        }
    }

    guard let folder else { return }
    for (name, decoder) in [("scanner", VariantReader.Decoder.scanner), ("htslib", .htslib)] {
        Benchmark(
            "VariantReader: a germline file by \(name)",
            configuration: .init(scalingFactor: .one, maxDuration: .seconds(5))
        ) { benchmark in
            for _ in benchmark.scaledIterations {
                let reader = try VariantReader(path: folder + "/germline.vcf.gz", decoder: decoder)
                var record = VCFRecord()
                while try reader.next(into: &record) {}
                blackHole(reader.recordCount)
            }
        }
    }
}
