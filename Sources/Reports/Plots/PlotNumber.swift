internal import Foundation

/// How numbers are written in pictures.
enum PlotNumber {
    /// The largest count that a picture shows; above it whole numbers are not exact.
    static let most = 1e15

    /// A value: whole as it is, else with two digits behind the point, below 1 with three digits that count.
    static func text(_ value: Double) -> String {
        if value == value.rounded(), abs(value) <= most { return String(Int(value)) }
        guard value.isFinite, abs(value) > 1e-200 else { return String(value) }
        let digits = abs(value) >= 1 ? 2 : 2 - Int(log10(abs(value)).rounded(.down))
        let scale = pow(10, Double(digits))
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) <= most ? String(Int(rounded)) : String(rounded)
    }

    /// The same with commas between thousands.
    static func grouped(_ value: Double) -> String {
        let text = text(value)
        guard !text.contains("e") else { return text }
        let whole = text.prefix { $0 != "." }
        var grouped = ""
        for (place, digit) in whole.enumerated() {
            if place > 0, (whole.count - place) % 3 == 0, grouped != "-" { grouped += "," }
            grouped.append(digit)
        }
        return grouped + text.dropFirst(whole.count)
    }
}

/// An axis from 0 to a round number.
struct AxisScale: Hashable, Sendable {
    /// The distance of ticks: 1, 2 or 5 times a power of ten.
    let step: Double
    /// How many steps the axis has.
    let steps: Int

    /// The shortest axis of at most six steps that holds `maximum`; with `isWhole` no step is less than 1.
    init(maximum: Double, isWhole: Bool) {
        guard maximum > 1e-12 else {
            (step, steps) = (1, 1)
            return
        }
        let least = maximum / 6
        var power = pow(10, log10(least).rounded(.down))
        if isWhole { power = max(power, 1) }
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= least * (1 - 1e-9) } ?? 10 * power
        self.step = step
        steps = max(1, Int((maximum / step * (1 - 1e-9)).rounded(.up)))
    }

    /// Where the axis ends.
    var end: Double { step * Double(steps) }

    /// The places of ticks, from 0 to ``end``.
    var ticks: [Double] { (0...steps).map { Double($0) * step } }
}
