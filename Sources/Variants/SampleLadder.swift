import Genome

/// The rungs of ``SampleRoles/decide(file:header:request:contrast:)``.
struct SampleLadder {
    /// One statement about one column.
    struct Claim: Hashable {
        let column: Int
        let role: SampleNames.Role
        let text: String
    }

    let file: String
    let header: VCFHeader
    let request: SampleRoles.Request
    let contrast: VAFContrast?

    private var samples: [String] { header.samples }

    func decide() throws(InputError) -> SampleRoles {
        let tumorName = try index(of: request.tumor, flag: "--tumor")
        let normalName = try index(of: request.normal, flag: "--normal")
        if let tumorName, tumorName == normalName {
            throw fault(
                "--tumor and --normal both name \"\(samples[tumorName])\"", "Name two samples.", kind: .usage)
        }
        let claims = headerClaims() + columnClaims() + dataClaims()
        if tumorName != nil || normalName != nil {
            return try named(tumor: tumorName, normal: normalName, claims: claims)
        }
        switch samples.count {
        case 0: return withoutColumns()
        case 1: return try oneColumn(claims)
        default: return try columns(claims)
        }
    }

    // MARK: Rungs

    /// Rung 2. A name that is no column says nothing.
    func headerClaims() -> [Claim] {
        var claims: [Claim] = []
        func claim(_ name: String?, _ role: SampleNames.Role, _ text: String) {
            guard let name, let column = samples.firstIndex(of: name) else { return }
            claims.append(Claim(column: column, role: role, text: "header line \(text)"))
        }
        for line in header.lines {
            switch line.key {
            case "tumor_sample", "tumour_sample": claim(line.value, .tumor, "##\(line.key)=\(line.value)")
            case "normal_sample": claim(line.value, .normal, "##\(line.key)=\(line.value)")
            case "SAMPLE":
                guard let id = line["ID"], let role = SampleNames.role(named: id) else { continue }
                let name = line["SampleName"].flatMap { samples.contains($0) ? $0 : nil } ?? id
                claim(name, role, "##SAMPLE=<ID=\(id)>" + (name == id ? "" : " with SampleName=\(name)"))
            case "PEDIGREE":
                claim(line["Derived"], .tumor, "##PEDIGREE with Derived=\(line["Derived"] ?? "")")
                claim(line["Original"], .normal, "##PEDIGREE with Original=\(line["Original"] ?? "")")
            case "TUMOR": claim(SampleNames.embeddedName(line), .tumor, "##TUMOR")
            case "NORMAL": claim(SampleNames.embeddedName(line), .normal, "##NORMAL")
            default: continue
            }
        }
        return claims
    }

    /// Rung 3.
    func columnClaims() -> [Claim] {
        samples.enumerated().compactMap { column, name in
            SampleNames.role(named: name).map { Claim(column: column, role: $0, text: "column name \(name)") }
        }
    }

    /// Rung 4.
    private func dataClaims() -> [Claim] {
        guard let contrast, let tumor = contrast.tumorColumn else { return [] }
        return [Claim(column: tumor, role: .tumor, text: contrast.text(samples: samples))]
    }

    /// Rung 5.
    private func hints() -> [Claim] {
        samples.enumerated().compactMap { column, name in
            SampleNames.hint(in: name).map {
                Claim(column: column, role: $0, text: "name pattern of \(name)")
            }
        }
    }

    // MARK: Answers

    private func named(tumor: Int?, normal: Int?, claims: [Claim]) throws(InputError) -> SampleRoles {
        guard let tumorColumn = tumor ?? normal.flatMap(otherColumn) else {
            throw fault(
                "--normal alone does not say which sample is the tumor", "Give --tumor too.", kind: .usage)
        }
        var normalColumn = normal
        if normal == nil, !request.isTumorOnly {
            normalColumn = otherColumn(tumorColumn) ?? only(claims, .normal, besides: tumorColumn)
            if normalColumn == nil, !isJoinedHeader {
                throw fault(
                    "the normal of \"\(samples[tumorColumn])\" is not named",
                    "Give --normal or --tumor-only.",
                    kind: .usage)
            }
        }
        let against = claims.filter {
            $0.role == .tumor ? $0.column != tumorColumn : $0.column == tumorColumn
        }
        return SampleRoles(
            tumor: tumorColumn, normal: normalColumn, isJoined: normalColumn == nil && isJoined(request),
            decidedBy: tumor == nil ? "--normal" : "--tumor", evidence: claims.map(describe),
            warnings: against.map { "the samples are as named by flag, against \(describe($0))" })
    }

    private func withoutColumns() -> SampleRoles {
        SampleRoles(tumor: nil, normal: nil, isJoined: isJoinedHeader, decidedBy: "no sample columns")
    }

    private func oneColumn(_ claims: [Claim]) throws(InputError) -> SampleRoles {
        if let normal = claims.first(where: { $0.role == .normal }) {
            throw fault(
                "the only sample, \(samples[0]), is the normal: \(normal.text)",
                "Give the tumor's file, or name the sample with --tumor.")
        }
        if isJoined(request) {
            return SampleRoles(
                tumor: 0, normal: nil, isJoined: true,
                decidedBy: "one column with tags of tumor and control (TVAF, TDP, ADT, DPT)",
                evidence: claims.map(describe))
        }
        guard request.isTumorOnly else {
            throw fault(
                "the only sample is \(samples[0]), and there is no normal to compare with",
                "Say so with --tumor-only.", kind: .usage)
        }
        return SampleRoles(
            tumor: 0, normal: nil, decidedBy: claims.first?.text ?? "the only sample",
            evidence: claims.map(describe))
    }

    private func columns(_ claims: [Claim]) throws(InputError) -> SampleRoles {
        if isContradictory(claims) {
            throw fault(
                "what tells tumor and normal apart contradicts itself: "
                    + claims.map(describe).joined(separator: "; "),
                "Give the names with --tumor and --normal.")
        }
        let guesses = claims.isEmpty ? hints() : claims
        let tumors = Set(guesses.filter { $0.role == .tumor }.map(\.column))
        let normals = Set(guesses.filter { $0.role == .normal }.map(\.column))
        var tumor = tumors.count == 1 ? tumors.first : nil
        var normal = normals.count == 1 ? normals.first : nil
        if tumors.isEmpty, let known = normal { tumor = otherColumn(known) }
        if normals.isEmpty, let known = tumor { normal = otherColumn(known) }
        guard let tumor, normal != nil || request.isTumorOnly, tumor != normal else {
            let names = SampleNames.shortened(samples).joined(separator: ", ")
            let found = guesses.isEmpty ? "nothing" : guesses.map(describe).joined(separator: "; ")
            throw fault(
                "\(found) tells which of \(names) is the tumor and which its normal",
                "Give the names with --tumor and --normal.")
        }
        let decider = guesses.first { $0.column == tumor || $0.column == normal }
        let warnings = claims.isEmpty ? ["tumor and normal were told apart by their names alone"] : []
        return SampleRoles(
            tumor: tumor, normal: request.isTumorOnly ? nil : normal, decidedBy: decider?.text ?? "",
            evidence: guesses.map(describe), warnings: warnings)
    }

    // MARK: Parts

    /// Whether a column is claimed as both, or one of two columns' claims leave none for the other role.
    private func isContradictory(_ claims: [Claim]) -> Bool {
        let tumors = Set(claims.filter { $0.role == .tumor }.map(\.column))
        let normals = Set(claims.filter { $0.role == .normal }.map(\.column))
        if !tumors.isDisjoint(with: normals) { return true }
        return samples.count == 2 && (tumors.count > 1 || normals.count > 1)
    }

    private var isJoinedHeader: Bool {
        header.info["TVAF"] != nil || header.info["TDP"] != nil
            || (samples.count == 1 && header.format["ADT"] != nil)
    }

    private func isJoined(_ request: SampleRoles.Request) -> Bool { isJoinedHeader && samples.count <= 1 }

    private func otherColumn(_ column: Int) -> Int? { samples.count == 2 ? 1 - column : nil }

    private func only(_ claims: [Claim], _ role: SampleNames.Role, besides column: Int) -> Int? {
        let found = Set(claims.filter { $0.role == role && $0.column != column }.map(\.column))
        return found.count == 1 ? found.first : nil
    }

    private func describe(_ claim: Claim) -> String {
        "\(samples[claim.column]) is the \(claim.role.rawValue) by \(claim.text)"
    }

    private func index(of name: String?, flag: String) throws(InputError) -> Int? {
        guard let name else { return nil }
        if let index = samples.firstIndex(of: name) { return index }
        let list: String
        switch samples.count {
        case 0: throw fault("no sample \"\(name)\"; the file has no sample columns", "Leave out \(flag).")
        case 1: list = samples[0]
        default:
            let names = SampleNames.shortened(samples)
            list = names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        }
        throw fault("no sample \"\(name)\"; the file has \(list)", "Give one of them with \(flag).")
    }

    private func fault(_ problem: String, _ remedy: String, kind: InputError.Kind = .data) -> InputError {
        InputError(file: file, problem: problem, remedy: remedy, kind: kind)
    }
}
