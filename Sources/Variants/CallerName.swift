extension VCFHeader {
    /// The program that made the calls (`Mutect2`, `Strelka2`, `ESVEE` …), or nil.
    ///
    /// Looked for in `##source`, in the version and command lines that callers write under keys of their own, then
    /// in tags that one caller alone writes. A caller is preferred to the filters and annotators named beside it.
    public var callerName: String? {
        let named = lines.compactMap { line -> String? in
            switch line.key {
            case "source", "GATKCommandLine", "program", "caller", "variant_caller": line["ID"] ?? line.value
            case let key where Self.ownKeys.contains { key.hasPrefix($0) }: key
            default: nil
            }
        }.map { $0.lowercased() }
        for (word, name) in Self.callerWords where named.contains(where: { $0.contains(word) }) {
            return name
        }
        if info["SVMETHOD"] != nil, format["DV"] != nil, format["RV"] != nil { return "Delly" }
        return callerByTags
    }

    private var callerByTags: String? {
        func has(_ keys: String...) -> Bool { keys.allSatisfy { format[$0] != nil } }
        if has("AU", "CU", "GU", "TU") || has("TAR", "TIR") { return "Strelka2" }
        if has("RD", "AD", "FREQ") { return "VarScan2" }
        if has("RO", "AO", "QA") { return "FreeBayes" }
        if has("DR", "DV", "RR", "RV") { return "Delly" }
        if has("PR", "SR") { return "Manta" }
        if has("VF", "BVF") { return "GRIDSS" }
        if has("VD", "ALD") { return "VarDict" }
        if has("NV", "NR") { return "Platypus" }
        if has("AD", "BQ", "FA") { return "MuTect" }
        if info["TLOD"] != nil, has("AD", "AF") { return "Mutect2" }
        return nil
    }

    /// Keys under which callers write their version or command.
    private static let ownKeys = [
        "MutectVersion", "MuSE", "EsveeVersion", "esveeVersion", "gridssVersion", "sageVersion",
        "purpleVersion",
        "DRAGENCommandLine", "DeepVariant", "MuTect", "strelka", "VarScan", "Delly", "Platypus", "lofreq",
    ]

    /// Words of those lines, callers before the tools that filter their output.
    private static let callerWords: [(word: String, name: String)] = [
        ("mutect2", "Mutect2"), ("mutectversion", "Mutect2"), ("mutect", "MuTect"), ("dragen", "DRAGEN"),
        ("strelka", "Strelka2"), ("varscan", "VarScan2"), ("freebayes", "FreeBayes"), ("vardict", "VarDict"),
        ("lofreq", "LoFreq"), ("platypus", "Platypus"), ("generatesvcandidates", "Manta"), ("manta", "Manta"),
        ("gridss", "GRIDSS"), ("esvee", "ESVEE"), ("sage", "SAGE"), ("delly", "Delly"), ("muse", "MuSE"),
        ("deepvariant", "DeepVariant"), ("deepsomatic", "DeepSomatic"),
        ("haplotypecaller", "HaplotypeCaller"),
        ("caveman", "CaVEMan"), ("pindel", "Pindel"), ("octopus", "Octopus"), ("sentieon", "Sentieon"),
        ("clair", "Clair"), ("bcftools", "bcftools"), ("samtools", "bcftools"), ("purple", "PURPLE"),
    ]
}
