internal import Biomarkers
internal import Genome
internal import Variants

extension CopyNumberPlot {
    private static let left = 56.0
    private static let plotWidth = 1152.0
    private static let top = 70.0
    private static let plotHeight = 240.0
    private static let bottom = top + plotHeight
    private static let (totalColor, minorColor, lostColor) = ("#1F1F1F", "#E8590C", "#CFE6F7")

    /// The picture, an SVG file. Segments too short to be seen are drawn half a pixel wide; the shading has its true width.
    public var svg: String {
        let heading = ": copy numbers, \(assembly.rawValue)"
        var picture = SVGDocument(
            width: Self.left + Self.plotWidth + 20, height: Self.bottom + 40, title: sample + heading,
            description: description)
        picture.heading(sample, heading)
        for stretch in lostStretches {
            let (start, end) = (x(stretch, \.lowerBound), x(stretch, \.upperBound))
            picture.rect(
                "loh", x: start, y: Self.top, width: end - start, height: Self.plotHeight,
                fill: Self.lostColor,
                title:
                    "\(stretch.contig):\(stretch.range.lowerBound + 1)-\(stretch.range.upperBound) loss of heterozygosity"
            )
        }
        addAxes(to: &picture)
        let end = Double(axisEnd)
        for segment in segments {
            let start = x(segment.interval, \.lowerBound)
            let width = max(x(segment.interval, \.upperBound) - start, 0.5)
            let steps = [
                ("total", segment.total, Self.totalColor, 4.0),
                ("minor", segment.minor, Self.minorColor, 3.0),
            ]
            for (kind, copies, color, height) in steps {
                guard let copies else { continue }
                let y = Self.bottom - min(max(copies, 0), end) / end * Self.plotHeight
                picture.rect(
                    kind, x: start, y: y - height / 2, width: width, height: height, fill: color,
                    title: Self.text(segment))
                if copies > end {
                    picture.triangle(
                        "clipped", x: start + width / 2, y: Self.top - 11, size: 7, fill: color,
                        title: Self.text(segment))
                }
            }
        }
        addLegend(to: &picture)
        return picture.text
    }

    private var genomeLength: Int { assembly.chromosomeLengths.reduce(0, +) }

    /// Where a place of a chromosome (0 … 23) is drawn.
    private func x(_ chromosome: Int, _ position: Double) -> Double {
        let before = assembly.chromosomeLengths.prefix(chromosome).reduce(0, +)
        let place = min(position, Double(assembly.chromosomeLengths[chromosome]))
        return Self.left + (Double(before) + place) / Double(genomeLength) * Self.plotWidth
    }

    private func x(_ interval: GenomicInterval, _ bound: KeyPath<Range<Int>, Int>) -> Double {
        x((interval.contig.humanNumber ?? 1) - 1, Double(interval.range[keyPath: bound]))
    }

    private func addAxes(to picture: inout SVGDocument) {
        for copies in 0...axisEnd {
            let y = Self.bottom - Double(copies) / Double(axisEnd) * Self.plotHeight
            picture.line(
                "grid", from: (Self.left, y), to: (Self.left + Self.plotWidth, y), stroke: "#E0E0E0")
            picture.text(String(copies), x: Self.left - 8, y: y + 4, anchor: .end)
        }
        picture.text(
            "Copies", x: 20, y: Self.top + Self.plotHeight / 2, size: 12, anchor: .middle, isUpright: true)
        for (number, contig) in Contig.chromosomes.enumerated() {
            let length = Double(assembly.chromosomeLengths[number])
            let (start, end) = (x(number, 0), x(number, length))
            if let edges = Centromere.edges(assembly, contig) {
                let middle = x(number, Double(edges.shortArmEnd + edges.longArmStart) / 2)
                picture.line(
                    "centromere", from: (middle, Self.top), to: (middle, Self.bottom), stroke: "#B5B5B5",
                    width: 0.75, isDashed: true)
            }
            picture.line(
                "chromosome", from: (start, Self.top), to: (start, Self.bottom + 5), stroke: "#777777",
                width: 0.75)
            picture.text(contig.name, x: (start + end) / 2, y: Self.bottom + 18, anchor: .middle)
        }
        let right = Self.left + Self.plotWidth
        picture.line(
            "chromosome", from: (right, Self.top), to: (right, Self.bottom + 5), stroke: "#777777",
            width: 0.75)
        picture.text(
            "Chromosome", x: Self.left + Self.plotWidth / 2, y: Self.bottom + 34, size: 12, anchor: .middle)
    }

    private func addLegend(to picture: inout SVGDocument) {
        let y = 46.0
        var x = Self.left
        func next(_ words: String) {
            picture.text(words, x: x + 26, y: y + 4)
            x += 26 + SVGDocument.width(of: words, size: 11) + 20
        }
        picture.rect("key", x: x, y: y - 2, width: 20, height: 4, fill: Self.totalColor)
        next("all copies")
        picture.rect("key", x: x, y: y - 1.5, width: 20, height: 3, fill: Self.minorColor)
        next("copies of the allele that has fewer")
        picture.rect("key", x: x, y: y - 6, width: 20, height: 12, fill: Self.lostColor)
        next("loss of heterozygosity" + (isFemale ? "" : " (chromosomes 1 to 22)"))
        picture.line("key", from: (x + 10, y - 6), to: (x + 10, y + 6), stroke: "#B5B5B5", isDashed: true)
        next("centromere")
        if segments.contains(where: { ($0.total ?? 0) > Double(axisEnd) }) {
            picture.triangle(
                "key", x: x + 10, y: y - 4, size: 7, fill: Self.totalColor, title: "above the axis")
            next("above \(axisEnd)")
        }
    }
}
