public import Cohorts
internal import Foundation
public import Genome
internal import HTS
public import Knowledge

/// Reads knowledge-base folders: `<folder>/<source>/<version>/` with tables and SOURCE.json.
///
/// Of one source's versions the one with the newest `retrieved` in SOURCE.json is taken (then the highest version);
/// later folders win on the same id. Each file's SHA-256 is compared with SOURCE.json's.
public struct KnowledgeLoader: Sendable {
    /// What was read, and what is wrong with it.
    public struct Loaded: Sendable {
        /// The base.
        public let knowledge: KnowledgeBase
        /// Faults in evidence rows and checksums; empty for a sound base.
        public let problems: [InputError]
    }

    /// Where a base is looked for when none is named.
    public static func defaultFolders(executable: String) -> [String] {
        if let path = ProcessInfo.processInfo.environment["WGS_ANNOTATE_KNOWLEDGEBASE"], !path.isEmpty {
            return [path]
        }
        let binary = FileSystem.realPath(of: executable) ?? executable
        let prefix = ((binary as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
        for path in [prefix + "/share/wgs-annotate/knowledgebase", "knowledgebase"]
        where FileSystem.kind(of: path) != .missing {
            return [path]
        }
        return []
    }

    private struct SourceFile: Decodable {
        var source: String
        var version: String
        var title: String?
        var origin: String?
        var licence: String?
        var retrieved: String?
        var files: [String: String]?
    }

    /// Tables from this size on, in bytes, are not hashed again while their file is the same.
    private static let largeTable = 4 << 20

    /// One version of a source.
    private struct Folder {
        let path: String
        let source: SourceFile
        var checksum = ""
        /// The files that SOURCE.json names, read for their checksums.
        var files: [String: [UInt8]] = [:]

        /// The source's name and version, as rows give them.
        var name: String { "\(source.source) \(source.version)" }

        /// What tells this state of the tables that evidence rests on from every other.
        var key: String {
            get throws(InputError) {
                var key = "\(source.source) \(source.version) \(checksum)\n"
                for name in ["evidence.tsv", "genes.tsv", "indications.tsv", "trials.tsv", "tumor_types.tsv"]
                where source.files?[name] == nil && FileSystem.kind(of: "\(path)/\(name)") != .missing {
                    key += "\(name) \(try Checksum.sha256(path: "\(path)/\(name)"))\n"
                }
                return key
            }
        }

        /// A table; nil where the source has none of this name.
        func table(_ name: String, _ columns: [String]) throws(InputError) -> TSVTable? {
            let path = path + "/" + name
            guard let bytes = files[name] else {
                guard FileSystem.kind(of: path) != .missing else { return nil }
                return try TSVTable(bytes: try FileSystem.bytes(of: path), file: path, required: columns)
            }
            return try TSVTable(bytes: bytes, file: path, required: columns)
        }
    }

    /// Reads one or more bases.
    ///
    /// With `usesCache` the compiled evidence is kept for the next run, and the checksum of a large table is not computed anew as
    /// long as the file is the same.
    ///
    /// - Throws: `InputError` if a folder is missing, holds no source, or lacks a table that everything rests on.
    public static func load(_ folders: [String], usesCache: Bool = false) throws(InputError) -> Loaded {
        guard !folders.isEmpty else {
            throw InputError(
                file: "knowledgebase", problem: "no knowledge base was found",
                remedy: "Name one with --knowledge-base or $WGS_ANNOTATE_KNOWLEDGEBASE.", kind: .missing)
        }
        var problems: [InputError] = []
        var sources: [Folder] = []
        for folder in folders {
            for source in try newestSources(in: folder) {
                sources.append(try checked(source, usesCache, &problems))
            }
        }
        let all = sources
        func tables(_ name: String, _ columns: [String]) throws(InputError) -> [(
            table: TSVTable, folder: Folder
        )] {
            var found: [(table: TSVTable, folder: Folder)] = []
            for folder in all {
                if let table = try folder.table(name, columns) { found.append((table, folder)) }
            }
            return found
        }
        func last(_ name: String, _ columns: [String]) throws(InputError) -> TSVTable {
            guard let table = try tables(name, columns).last?.table else {
                throw InputError(
                    file: folders.joined(separator: ", "), problem: "no source has the table \(name)",
                    remedy: "Use the knowledge base that comes with the program as the first folder.",
                    kind: .missing)
            }
            return table
        }
        let types = try TumorTypes(
            types: try last("tumor_types.tsv", ["code", "name", "parent", "tissue", "synonyms", "doid"]),
            indications: try last("indications.tsv", ["code", "indication"]))
        let genes = GeneTable(try tables("genes.tsv", GeneTable.columns).map(\.table))
        var key = ""
        for folder in all { key += try folder.key }
        var trials: [String: [Trial.Entry]] = [:]
        for (table, folder) in try tables("trials.tsv", Trial.columns) {
            let parsed = Trial.parse(table, source: folder.name, tumorTypes: types)
            trials[folder.path] = parsed.trials
            problems += parsed.problems
        }
        let isSound = problems.isEmpty
        let evidence = try EvidenceStore.load(
            key: key, usesCache: usesCache && isSound, span: { genes[$0]?.interval }
        ) { () throws(InputError) in
            var rows: [EvidenceRow] = []
            var problems: [InputError] = []
            for folder in all {
                rows += (trials[folder.path] ?? []).map(\.row)
                guard let table = try folder.table("evidence.tsv", EvidenceRow.columns) else { continue }
                problems += EvidenceRow.parse(
                    table, source: folder.name, tumorTypes: types, into: &rows)
            }
            problems += genesNotKnown(rows, genes)
            return (rows, problems)
        }
        problems += evidence.problems
        var roles: [String: KnowledgeBase.Role] = [:]
        for (table, _) in try tables("gene_roles.tsv", ["gene", "role"]) {
            for row in table.rows {
                roles[table.cell(row, "gene")] = KnowledgeBase.Role(rawValue: table.cell(row, "role"))
            }
        }
        var exons: [String: [Int: ClosedRange<Int>]] = [:]
        var exonEnds: [String: [Int: Int]] = [:]
        for (table, _) in try tables("exons.tsv", ["gene", "exon", "firstResidue", "lastResidue"]) {
            for row in table.rows {
                guard let exon = Int(table.cell(row, "exon")),
                    let first = Int(table.cell(row, "firstResidue")),
                    let last = Int(table.cell(row, "lastResidue")), first <= last
                else {
                    problems.append(
                        InputError(
                            file: table.file, place: .line(row.line),
                            problem: "exon \"\(table.cell(row, "exon"))\" has no range of residues",
                            remedy: "Give exon, firstResidue and lastResidue as numbers."))
                    continue
                }
                exons[table.cell(row, "gene"), default: [:]][exon] = first...last
                exonEnds[table.cell(row, "gene"), default: [:]][exon] = Int(table.cell(row, "lastCodingBase"))
            }
        }
        var numberings: [TranscriptNumbering] = []
        for (table, _) in try tables("numbering.tsv", TranscriptNumbering.columns) {
            numberings += try TranscriptNumbering.parse(table)
        }
        var promoters: [PromoterAllele] = []
        for (table, _) in try tables("promoters.tsv", PromoterAllele.columns) {
            promoters += try PromoterAllele.parse(table)
        }
        var predisposition = Set<String>()
        for (table, _) in try tables("predisposition.tsv", ["gene", "list"]) {
            // Secondary findings (ACMG SF) need consent and a work-up of their own; they are not reported yet.
            for row in table.rows where !table.cell(row, "list").hasPrefix("acmg_sf") {
                predisposition.insert(table.cell(row, "gene"))
            }
        }
        var countries: [String: KnowledgeBase.Country] = [:]
        for (table, _) in try tables("countries.tsv", ["country", "agency", "payer", "language"]) {
            for row in table.rows {
                let id = table.cell(row, "country")
                countries[id] = KnowledgeBase.Country(
                    id: id, agency: table.cell(row, "agency"), payer: table.cell(row, "payer"),
                    language: table.cell(row, "language"))
            }
        }
        var knowledge = KnowledgeBase(
            evidence: evidence.index, tumorTypes: types, sources: sources.map(source), genes: genes,
            roles: roles,
            exons: exons, numberings: numberings,
            predisposition: predisposition, countries: countries)
        knowledge.exonEnds = exonEnds
        knowledge.promoters = promoters
        // The three tables speak of each other, so that they come from one source.
        if let folder = try tables("pharmacogene_positions.tsv", Pharmacogene.positionColumns).last?.folder,
            let positions = try folder.table("pharmacogene_positions.tsv", Pharmacogene.positionColumns),
            let alleles = try folder.table("pharmacogene_alleles.tsv", Pharmacogene.alleleColumns),
            let phenotypes = try folder.table("pharmacogene_phenotypes.tsv", Pharmacogene.phenotypeColumns)
        {
            knowledge.pharmacogenes = try Pharmacogene.parse(
                positions: positions, alleles: alleles, phenotypes: phenotypes)
        }
        for folder in all {
            for (trial, _) in trials[folder.path] ?? [] { knowledge.trials[trial.id] = trial }
        }
        return Loaded(knowledge: knowledge, problems: problems)
    }

    private static func genesNotKnown(_ rows: [EvidenceRow], _ genes: GeneTable) -> [InputError] {
        guard !genes.isEmpty else { return [] }
        return rows.filter { !$0.gene.isEmpty && genes[$0.gene] == nil }.map { row in
            InputError(
                file: row.source, place: .record(row.id),
                problem: "gene \"\(row.gene)\" is not in the gene table",
                remedy: "Use the present HGNC symbol.")
        }
    }

    /// The published expectations of the first base that has them; none without such a table.
    ///
    /// - Throws: `InputError` for a table that cannot be read.
    public static func expectations(_ folders: [String]) throws(InputError) -> [Expectation] {
        let columns = ["id", "indication", "measure", "definition", "value", "source"]
        for folder in folders {
            for source in try newestSources(in: folder) {
                if let table = try source.table("expectations.tsv", columns) {
                    return try Expectation.parse(table)
                }
            }
        }
        return []
    }

    private static func source(_ folder: Folder) -> KnowledgeBase.Source {
        KnowledgeBase.Source(
            name: folder.source.source, version: folder.source.version, title: folder.source.title ?? "",
            licence: folder.source.licence ?? "not stated", origin: folder.source.origin ?? "not stated",
            retrieved: folder.source.retrieved ?? "", sha256: folder.checksum)
    }

    /// The newest version of each source.
    private static func newestSources(in folder: String) throws(InputError) -> [Folder] {
        guard FileSystem.kind(of: folder) != .missing else {
            throw InputError(
                file: folder, problem: "the knowledge base cannot be read", remedy: "Check --knowledge-base.",
                kind: .missing)
        }
        var newest: [Folder] = []
        for name in try FileSystem.names(in: folder) {
            // Notes beside the sources are passed over; a folder that cannot be read is an error, never a gap.
            guard FileSystem.kind(of: "\(folder)/\(name)") == .folder else { continue }
            var found: [Folder] = []
            for version in try FileSystem.names(in: "\(folder)/\(name)") {
                let path = "\(folder)/\(name)/\(version)"
                switch FileSystem.kind(of: path + "/SOURCE.json") {
                case .missing: continue
                case .unreachable: _ = try FileSystem.bytes(of: path + "/SOURCE.json")
                default: found.append(try read(path))
                }
            }
            if let best = found.max(by: {
                ($0.source.retrieved ?? "", $0.source.version) < (
                    $1.source.retrieved ?? "", $1.source.version
                )
            }) {
                newest.append(best)
            }
        }
        guard !newest.isEmpty else {
            throw InputError(
                file: folder, problem: "no source with a SOURCE.json is there",
                remedy: "Expected is <folder>/<source>/<version>/SOURCE.json.", kind: .missing)
        }
        return newest
    }

    private static func read(_ path: String) throws(InputError) -> Folder {
        let file = path + "/SOURCE.json"
        let bytes = try FileSystem.bytes(of: file)
        guard let source = try? JSONDecoder().decode(SourceFile.self, from: Data(bytes)) else {
            throw InputError(
                file: file, problem: "the file is no JSON object with source and version", remedy: "Mend it.")
        }
        return Folder(path: path, source: source)
    }

    /// Reads the files that SOURCE.json names and compares their checksums with it.
    private static func checked(
        _ folder: Folder, _ usesCache: Bool, _ problems: inout [InputError]
    ) throws(InputError) -> Folder {
        var folder = folder
        var sums = ""
        for (name, stated) in (folder.source.files ?? [:]).sorted(by: { $0.key < $1.key }) {
            let path = folder.path + "/" + name
            let sum: String
            if try FileIdentity(path: path).size >= largeTable {
                // Not held in memory: its rows are read only where they are not compiled yet.
                sum = try Checksum.sha256(path: path, usesCache: usesCache)
            } else {
                let bytes = try FileSystem.bytes(of: path)
                sum = SHA256.hexadecimal(bytes)
                if name.hasSuffix(".tsv") { folder.files[name] = bytes }
            }
            sums += "\(sum)  \(name)\n"
            if stated != sum {
                problems.append(
                    InputError(
                        file: path,
                        problem: "SHA-256 is \(sum.prefix(12))…, SOURCE.json says \(stated.prefix(12))…",
                        remedy:
                            "Restore the file, or run scripts/update-knowledge-tables --checksums if the change is meant."
                    ))
            }
        }
        folder.checksum = Checksum.sha256(text: sums)
        return folder
    }
}
