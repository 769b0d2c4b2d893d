public import Variants

extension VCFRecord {
    /// On which copies of a sample allele `index` (1 is the first ALT) lies; ``AllelePhase/unphased`` where the record has no
    /// genotype.
    public func phase(ofAllele index: Int, sample: Int) -> AllelePhase {
        guard let genotype = format("GT", sample: sample) else { return .unphased }
        return AllelePhase(
            genotype: genotype, allele: index, phaseSet: format("PS", sample: sample) ?? "",
            pgt: format("PGT", sample: sample) ?? "", pid: format("PID", sample: sample) ?? "")
    }

    /// The samples whose genotypes have allele `index` (1 is the first ALT).
    public func carriers(of index: Int) -> [Carrier] {
        (0..<sampleCount).compactMap { sample in
            guard let found = AlleleCopies(of: index, in: self, sample: sample), found.copies > 0 else {
                return nil
            }
            if found.copies == found.ploidy { return Carrier(sample: sample, phase: .every) }
            let isPlain =
                formatRange("PGT", sample: sample) == nil
                && genotypeRange(sample: sample).map { !bytes[$0].contains(UInt8(ascii: "|")) } == true
            return Carrier(
                sample: sample, phase: isPlain ? .unphased : phase(ofAllele: index, sample: sample))
        }
    }
}
