/// Finds e ≥ 0 that makes |Se − d| smallest, for one matrix S and any number of vectors d.
///
/// The active-set method on the normal equations: S is read once, after that a solution costs as much as its few columns that are not 0.
///
/// - Source: Lawson and Hanson, Solving Least Squares Problems, 1974, chapter 23.
public struct NonNegativeLeastSquares: Sendable {
    /// Columns of S.
    private let columns: [[Double]]
    private let lanes: [LaneVector]
    /// SᵀS, by rows.
    private let gram: [[Double]]

    /// A problem with the columns of S; all have the same length.
    public init(columns: [[Double]]) {
        self.columns = columns
        let lanes = columns.map(LaneVector.init)
        gram = lanes.map { one in lanes.map(one.dot) }
        self.lanes = lanes
    }

    /// The solution for d with only some of the columns; the others are 0.
    ///
    /// - Shape: `allowed` numbers of columns, ascending; one value a column is returned.
    public func solve(_ target: [Double], allowed: [Int]) -> [Double] {
        solve(products: lanes.map(LaneVector(target).dot), allowed: allowed)
    }

    /// The same with Sᵀd at hand.
    func solve(products: [Double], allowed: [Int]) -> [Double] {
        var solution = Array(repeating: 0.0, count: columns.count)
        var passive: [Int] = []
        let scale = allowed.map { abs(products[$0]) }.max() ?? 0
        guard scale > 0 else { return solution }
        var rejected = Set<Int>()
        // Each round lets one column in; more than three rounds a column do not happen but by rounding.
        for _ in 0..<(3 * allowed.count + 10) {
            var best: (column: Int, gradient: Double)?
            for column in allowed where !passive.contains(column) && !rejected.contains(column) {
                var gradient = products[column]
                for other in passive { gradient -= gram[column][other] * solution[other] }
                if gradient > (best?.gradient ?? 1e-11 * scale) { best = (column, gradient) }
            }
            guard let best else { return solution }
            passive.append(best.column)
            guard let values = unconstrained(passive, products), values[passive.count - 1] > 0 else {
                // It depends on the others, but for rounding.
                passive.removeLast()
                rejected.insert(best.column)
                continue
            }
            rejected.removeAll()
            settle(&passive, values, products, &solution)
        }
        return solution
    }

    /// Moves towards the unconstrained solution; columns that reach 0 on the way are let out.
    private func settle(
        _ passive: inout [Int], _ first: [Double], _ products: [Double], _ solution: inout [Double]
    ) {
        var values = first
        while true {
            guard values.contains(where: { $0 <= 0 }) else {
                for (place, column) in passive.enumerated() { solution[column] = values[place] }
                return
            }
            var step = 1.0
            for (place, column) in passive.enumerated() where values[place] <= 0 {
                step = min(step, solution[column] / (solution[column] - values[place]))
            }
            var kept: [Int] = []
            for (place, column) in passive.enumerated() {
                solution[column] += step * (values[place] - solution[column])
                if values[place] <= 0, solution[column] <= 1e-12 * (abs(values[place]) + 1) {
                    solution[column] = 0
                } else {
                    kept.append(column)
                }
            }
            // One at least goes, so this ends.
            if kept.count == passive.count {
                let least = passive.indices.filter { values[$0] <= 0 }.min {
                    solution[passive[$0]] < solution[passive[$1]]
                }
                if let least {
                    solution[passive[least]] = 0
                    kept.remove(at: least)
                }
            }
            passive = kept
            guard !passive.isEmpty, let next = unconstrained(passive, products) else { return }
            values = next
        }
    }

    /// The least-squares solution over some columns, by Cholesky; nil where they depend on each other.
    private func unconstrained(_ chosen: [Int], _ products: [Double]) -> [Double]? {
        let count = chosen.count
        var factor = Array(repeating: 0.0, count: count * count)
        for row in 0..<count {
            for column in 0...row {
                var sum = gram[chosen[row]][chosen[column]]
                for inner in 0..<column {
                    sum -= factor[row * count + inner] * factor[column * count + inner]
                }
                if row == column {
                    guard sum > 1e-13 * gram[chosen[row]][chosen[row]] else { return nil }
                    factor[row * count + row] = sum.squareRoot()
                } else {
                    factor[row * count + column] = sum / factor[column * count + column]
                }
            }
        }
        var values = chosen.map { products[$0] }
        for row in 0..<count {
            for inner in 0..<row { values[row] -= factor[row * count + inner] * values[inner] }
            values[row] /= factor[row * count + row]
        }
        for row in (0..<count).reversed() {
            for inner in (row + 1)..<max(count, row + 1) {
                values[row] -= factor[inner * count + row] * values[inner]
            }
            values[row] /= factor[row * count + row]
        }
        return values
    }

    /// Se.
    public func reconstruction(_ solution: [Double]) -> [Double] {
        var sum = Array(repeating: 0.0, count: columns.first?.count ?? 0)
        for (column, value) in zip(columns, solution) where value != 0 {
            for index in sum.indices { sum[index] += column[index] * value }
        }
        return sum
    }
}
