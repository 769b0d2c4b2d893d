// Several tasks annotate one file: each takes the next stretch of records from the reader, annotates it by itself, and
// hands the lines to the sink, which puts the stretches in order and writes them.
//
//     reader ─(lock)─▶ stretch 0 ─▶ task A ─┐
//                      stretch 1 ─▶ task B ─┼─(lock)─▶ in order ─▶ haplotypes ─▶ writer
//                      stretch 2 ─▶ task A ─┘
//
// No index is needed, and standard input is read so too. The lines, the messages and the first error are those of one
// task, since all that depends on order is done under the second lock.

internal import HTS
internal import Variants

/// Annotates the records of one reader with several tasks.
final class ParallelAnnotation: Sendable {
    private struct Source: ~Copyable {
        let reader: VariantReader
        var next = 0
        var isAtEnd = false
        /// The record that was read last, which changes place with one of a stretch: a copy would count references that all tasks share.
        var record = VCFRecord()
        /// Whether it begins the next stretch, since it lies on another contig.
        var isAhead = false
    }

    private struct Sink: ~Copyable {
        let writer: VariantWriter
        var queue: HaplotypeQueue
        var waiting: [Int: Result<AnnotatedLines, any Error>] = [:]
        var next = 0
        var report = AnnotationReport()
        var failure: (any Error)?
    }

    /// Records a stretch.
    private static let stretch = 256
    /// Stretches that may wait for one before them, for each task.
    private static let patience = 8

    private let source: Locked<Source>
    private let sink: Locked<Sink>
    private let rules: RecordAnnotator.Rules

    /// Takes over the reader and the writer.
    init(_ reader: sending VariantReader, _ writer: sending VariantWriter, _ rules: RecordAnnotator.Rules) {
        source = Locked(Source(reader: reader))
        sink = Locked(Sink(writer: writer, queue: HaplotypeQueue(rules)))
        self.rules = rules
    }

    /// Does the work and closes the writer, unless records have a `CSQ` or `ANN` that is to be replaced and that the header does not declare.
    ///
    /// - Returns: the report, the reader's warnings, and the name of such a field.
    /// - Throws: the error that one task alone would have met first.
    func run(threads: Int) async throws -> (AnnotationReport, warnings: [String], undeclared: String?) {
        await withTaskGroup { group in
            for _ in 0..<threads { group.addTask { await self.work(threads) } }
        }
        let (warnings, undeclared) = source.withLock {
            ($0.reader.warnings, rules.undeclaredField($0.reader.headerGaps))
        }
        let report = try sink.withLock { sink in
            if let failure = sink.failure { throw failure }
            try sink.queue.finish(to: sink.writer)
            if undeclared == nil { try sink.writer.close() }
            sink.report.merge(sink.queue.report)
            return sink.report
        }
        return (report, warnings, undeclared)
    }

    private func work(_ threads: Int) async {
        var records = [VCFRecord](repeating: VCFRecord(), count: Self.stretch)
        var record = VCFRecord()
        var annotator: RecordAnnotator?
        while true {
            // One slow stretch must not let all others pile up behind it.
            while sink.withLock({ $0.failure == nil && $0.waiting.count > Self.patience * threads }) {
                await Task.yield()
            }
            guard let (number, count, fault) = take(&records) else { return }
            let result = Result { () throws -> AnnotatedLines in
                var lines = AnnotatedLines()
                // Taken out, or what it keeps would be copied when it changes.
                var worker = try annotator.take() ?? RecordAnnotator(rules)
                for index in 0..<count {
                    swap(&record, &records[index])
                    try worker.annotate(record, into: &lines)
                }
                try worker.check()
                annotator = worker
                return lines
            }
            guard give(number, result, fault) else { return }
        }
    }

    /// Reads the next stretch; nil at the end. A fault of the reader ends the stretch.
    private func take(_ records: inout [VCFRecord]) -> (number: Int, count: Int, fault: (any Error)?)? {
        source.withLock { source in
            guard !source.isAtEnd else { return nil }
            var count = 0
            var contig: [UInt8] = []
            let number = source.next
            source.next += 1
            do {
                while count < records.count {
                    if source.isAhead {
                        source.isAhead = false
                    } else if try !source.reader.next(into: &source.record) {
                        source.isAtEnd = true
                        break
                    }
                    let column = source.record.column(0)
                    if count == 0 { contig = Array(source.record.bytes[column]) }
                    guard source.record.spells(column, contig) else {
                        source.isAhead = true
                        break
                    }
                    swap(&records[count], &source.record)
                    count += 1
                }
                return (number, count, nil)
            } catch {
                source.isAtEnd = true
                return (number, count, error)
            }
        }
    }

    /// Writes what is next in order; false if an error was met.
    private func give(
        _ number: Int, _ result: Result<AnnotatedLines, any Error>, _ fault: (any Error)?
    ) -> Bool {
        sink.withLock { sink in
            sink.waiting[number * 2] = result
            sink.waiting[number * 2 + 1] = fault.map { .failure($0) } ?? .success(AnnotatedLines())
            while sink.failure == nil, let result = sink.waiting.removeValue(forKey: sink.next) {
                sink.next += 1
                do {
                    let lines = try result.get()
                    guard !lines.ends.isEmpty else { continue }
                    try sink.queue.add(lines, to: sink.writer)
                    sink.report.merge(lines.report)
                } catch { sink.failure = error }
            }
            return sink.failure == nil
        }
    }
}
