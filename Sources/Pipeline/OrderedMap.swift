/// Does `work` for each item, at most `width` at a time, and hands each result to `emit` in the order of the items.
///
/// - Throws: the error of the first item, in order, whose work failed.
func orderedMap<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int, work: @escaping @Sendable (Item) throws -> Result,
    emit: (Result) throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: (Int, Swift.Result<Result, any Error>).self) { group in
        var next = 0
        func start() {
            guard next < items.count else { return }
            let (index, item) = (next, items[next])
            next += 1
            group.addTask { (index, Swift.Result { try work(item) }) }
        }
        for _ in 0..<max(1, width) { start() }
        var waiting: [Int: Swift.Result<Result, any Error>] = [:]
        var emitted = 0
        while let (index, result) = try await group.next() {
            waiting[index] = result
            while let result = waiting.removeValue(forKey: emitted) {
                try emit(result.get())
                emitted += 1
            }
            start()
        }
    }
}
