/// Counts one sample's variants for every definition of burden.
///
/// Filters, their order, and what each leaves out are part of the result. A filter decides what is counted here,
/// never what is matched to evidence.
public struct BurdenCounter: Sendable {
    /// What the counts mean for one sample.
    public struct Context: Sendable {
        /// Fields that the input has.
        public var fields: BurdenFields
        /// No normal sample: values are upper bounds.
        public var isTumorOnly = false
        /// Tumor purity, 0 … 1.
        public var purity: Double?
        /// Callable coding sequence in Mb; nil for the assumed 34.
        public var callableMegabases: Double?

        /// A tumor/normal pair with these fields.
        public init(fields: BurdenFields) { self.fields = fields }
    }

    /// Fallback for the callable coding sequence, in Mb. Source: PCGR.
    public static let assumedCodingMegabases = 34.0
    /// Below this number of counted variants a value says `low_count`.
    public static let minimumCount = 20
    /// Below this purity a value says `low_confidence`.
    public static let minimumPurity = 0.2

    /// Default filters: depth, alternate reads, VAF in the tumor; reads and fraction in the normal; frequency.
    public static let minimumDepth = 10
    /// Alternate reads in the tumor.
    public static let minimumAlternateReads = 3
    /// Allele fraction in the tumor.
    public static let minimumVAF = 0.05
    /// A variant stays if its fraction in the normal is at most this …
    public static let maximumNormalVAF = 0.02
    /// … or its reads there are at most this many.
    public static let maximumNormalReads = 2
    /// A variant stays if it is rarer than this in every population.
    public static let maximumFrequency = 0.001

    private let usesDefaultFilters: Bool
    private var counted: [BurdenDefinition: Int] = [:]
    private var dropped: [BurdenDefinition: [String: Int]] = [:]
    /// Insertions and deletions among those counted for ``BurdenDefinition/codingAll``.
    public private(set) var codingIndels = 0

    /// Counters at zero; `usesDefaultFilters` is false with `--no-default-filters`.
    public init(usesDefaultFilters: Bool) { self.usesDefaultFilters = usesDefaultFilters }

    /// Counts one variant; an MNV is one variant.
    public mutating func add(_ variant: BurdenVariant) {
        for definition in BurdenDefinition.allCases { count(variant, definition, 1) }
    }

    /// Counts `whole` in place of `parts`, which were counted and lie on one copy: phased changes that act as one are one
    /// variant in each definition that rests on what they do. All small variants of the genome are counted as written.
    public mutating func replace(_ parts: [BurdenVariant], by whole: BurdenVariant) {
        for definition in BurdenDefinition.allCases where definition.needsAnnotation {
            for part in parts { count(part, definition, -1) }
            count(whole, definition, 1)
        }
    }

    private mutating func count(_ variant: BurdenVariant, _ definition: BurdenDefinition, _ change: Int) {
        guard isNumerator(variant, definition) else { return }
        guard let reason = firstFailedFilter(variant, definition) else {
            counted[definition, default: 0] += change
            if definition == .codingAll, variant.isIndel { codingIndels += change }
            return
        }
        let number = dropped[definition]?[reason] ?? 0
        dropped[definition, default: [:]][reason] = number + change == 0 ? nil : number + change
    }

    /// Adds the counts of another part of the sample's variants.
    public mutating func merge(_ other: BurdenCounter) {
        counted.merge(other.counted) { $0 + $1 }
        codingIndels += other.codingIndels
        dropped.merge(other.dropped) { $0.merging($1) { $0 + $1 } }
    }

    /// The burden by every definition, in the order of ``BurdenDefinition``.
    public func results(_ context: Context) -> [MutationalBurden] {
        BurdenDefinition.allCases.map { result($0, context) }
    }

    private func isNumerator(_ variant: BurdenVariant, _ definition: BurdenDefinition) -> Bool {
        switch definition {
        case .nonsynonymousGEL: variant.isNonsynonymous && variant.length < 50
        case .codingAll, .panelLike: variant.isCoding
        case .codingNonsynonymous: variant.isNonsynonymous
        case .missense: variant.isMissense
        case .genomeHMF: true
        case .loadHMF: variant.isMissenseAnywhere
        }
    }

    private func firstFailedFilter(_ variant: BurdenVariant, _ definition: BurdenDefinition) -> String? {
        if definition == .panelLike, variant.isKnownDriver { return "known_driver" }
        let isDefault = definition.usesDefaultFilters
        if isDefault, !usesDefaultFilters { return nil }
        if !variant.isPass { return "not_pass" }
        if definition != .nonsynonymousGEL, let vaf = variant.tumorVAF, vaf < Self.minimumVAF { return "vaf" }
        guard isDefault else { return nil }
        if variant.isMitochondrial { return "mitochondrial" }
        if let depth = variant.tumorDepth, depth < Self.minimumDepth { return "depth" }
        if let reads = variant.tumorAlternateDepth, reads < Self.minimumAlternateReads {
            return "alternate_reads"
        }
        if !isAbsentFromNormal(variant) { return "in_normal" }
        if let frequency = variant.populationFrequency, frequency >= Self.maximumFrequency {
            return "population_frequency"
        }
        return nil
    }

    private func isAbsentFromNormal(_ variant: BurdenVariant) -> Bool {
        switch (variant.normalVAF, variant.normalAlternateDepth) {
        case (nil, nil): true
        case (let vaf, let reads):
            vaf.map { $0 <= Self.maximumNormalVAF } ?? false
                || reads.map { $0 <= Self.maximumNormalReads } ?? false
        }
    }

    private func result(_ definition: BurdenDefinition, _ context: Context) -> MutationalBurden {
        let fields = context.fields
        var filters: [String] = []
        var skipped: [String] = []
        func apply(_ text: String, if isPresent: Bool) {
            if isPresent { filters.append(text) } else { skipped.append(text) }
        }
        let isDefault = definition.usesDefaultFilters
        if !isDefault || usesDefaultFilters {
            filters.append("FILTER PASS")
            if definition != .nonsynonymousGEL { apply("tumor VAF >= 0.05", if: fields.hasTumorVAF) }
            if definition == .nonsynonymousGEL { filters.append("length < 50") }
        }
        if isDefault, usesDefaultFilters {
            filters.append("not MT")
            apply("tumor depth >= 10 and alternate reads >= 3", if: fields.hasTumorDepth)
            if !context.isTumorOnly { apply("normal VAF <= 0.02 or reads <= 2", if: fields.hasNormal) }
            apply("population frequency < 0.001", if: fields.hasPopulationFrequency)
        }
        if definition == .panelLike { filters.append("no known driver or truncated suppressor") }
        var text = filters.isEmpty ? "none (--no-default-filters)" : filters.joined(separator: "; ")
        if !skipped.isEmpty {
            text += "; skipped, field not in the input: " + skipped.joined(separator: "; ")
        }

        let unit = definition == .loadHMF ? "mutations" : "mutations/Mb"
        var impossible: String?
        if definition.needsAnnotation, !fields.hasAnnotation {
            impossible = "the input has no consequence annotation"
        }
        if impossible == nil, isDefault, usesDefaultFilters, context.isTumorOnly,
            !fields.hasPopulationFrequency
        {
            impossible = "without a normal sample population frequencies are needed, and the input has none"
        }
        if let impossible {
            return MutationalBurden(
                id: definition.rawValue, status: .notComputable, statusReason: impossible, value: nil,
                unit: unit,
                variants: 0, megabases: nil, interval95: nil, classification: nil, isBorderline: false,
                filter: text,
                dropped: [:], denominatorSource: nil)
        }

        let count = counted[definition, default: 0]
        var megabases: Double?
        var source: String?
        if definition != .loadHMF {
            if let fixed = definition.fixedMegabases {
                (megabases, source) = (fixed, "fixed")
            } else if let callable = context.callableMegabases {
                (megabases, source) = (callable, "callable")
            } else {
                (megabases, source) = (Self.assumedCodingMegabases, "assumed")
            }
        }
        let divisor = megabases ?? 1
        let value = Double(count) / divisor
        let exact = PoissonInterval.interval95(count: count)
        let interval = [exact.lower / divisor, exact.upper / divisor]
        var weak: [String] = []
        if !skipped.isEmpty { weak.append("a filter was skipped because the input lacks its field") }
        if context.isTumorOnly { weak.append("tumor-only: an upper bound") }
        if let purity = context.purity, purity < Self.minimumPurity { weak.append("purity below 0.2") }
        var status: BiomarkerStatus = weak.isEmpty ? .ok : .lowConfidence
        if count < Self.minimumCount {
            weak.append("fewer than 20 counted variants")
            if status == .ok { status = .lowCount }
        }
        let cutoff = definition.cutoff
        return MutationalBurden(
            id: definition.rawValue, status: status, statusReason: weak.joined(separator: "; "), value: value,
            unit: unit,
            variants: count, megabases: megabases, interval95: interval,
            // An upper bound can say "low", never "high".
            classification: cutoff.flatMap { value < $0 ? "low" : context.isTumorOnly ? nil : "high" },
            isBorderline: cutoff.map { interval[0] <= $0 && $0 <= interval[1] } ?? false, filter: text,
            dropped: dropped[definition] ?? [:], denominatorSource: source)
    }
}
