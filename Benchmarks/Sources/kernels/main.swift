// Sums over vectors in lanes beside their scalar twins and a plain loop; compiled together with the kernels by Benchmarks/kernels.

func seconds(_ body: () -> Double) -> (time: Double, sum: Double) {
    let clock = ContinuousClock()
    var best = Double.infinity, sum = 0.0
    for _ in 0..<5 {
        let time = clock.measure { sum = body() }
        best = min(best, Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds))
    }
    return (best, sum)
}

func plain(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in 0..<left.count { sum += left[index] * right[index] }
    return sum
}

let rounds = 1_000_000
for length in [78, 83, 96, 384] {
    var vectors: [[Double]] = []
    for number in 0..<8 {
        vectors.append((0..<length).map { place -> Double in Double((place * 37 + number * 11) % 101) / 101 })
    }
    let other = vectors.removeLast()
    let inLanes = vectors.map(LaneVector.init), otherInLanes = LaneVector(other)
    func run(_ name: String, _ kernel: (Int) -> Double) -> Double {
        let (time, sum) = seconds {
            var total = 0.0
            for round in 0..<rounds { total += kernel(round % 7) }
            return total
        }
        print("\(length) \(name): \((time / Double(rounds) * 1e10).rounded() / 10) ns, sum \(sum)")
        return time
    }
    let lanes = run("lanes") { inLanes[$0].dot(otherInLanes) }
    let twin = run("scalar twin") { ScalarKernels.dot(vectors[$0], other) }
    let loop = run("plain loop") { plain(vectors[$0], other) }
    print(
        "\(length): twin / lanes \((twin / lanes * 100).rounded() / 100), loop / lanes \((loop / lanes * 100).rounded() / 100)"
    )
}
