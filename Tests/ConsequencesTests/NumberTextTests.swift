import Testing

@testable import Consequences

@Test("numbers are written in decimal digits")
func numberText() {
    let powers = (0...17).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * 10) }
    let edges = powers.flatMap { [$0 - 1, $0, $0 + 1, $0 * 7 + 3] }
    let spread = (0..<20_000).map { $0 * 61_543 } + Array(0...1_000)
    for number in edges + spread + [Int(Int32.max), 248_956_422, 100_000_007, 1_000_000_000_000_000_007] {
        var text: [UInt8] = []
        text.append(addingCapacity: 20) { (out: inout OutputSpan<UInt8>) in out.write(number) }
        #expect(String(decoding: text, as: UTF8.self) == "\(number)")
    }
}
