internal import Genome

/// Joins pieces to their containers and lays the result out as flat arrays.
struct GeneModelAssembly {
    private var builder: GeneModelBuilder
    private var parse: GeneModelParse
    /// Containers by key; several where one ID stands for several places.
    private var byKey: [Int: [Int]] = [:]
    private var piecesOf: [[Int]] = []
    private var hasChildren: [Bool] = []

    init(_ builder: consuming GeneModelBuilder) {
        self.builder = builder
        parse = self.builder.parse
    }

    mutating func assemble() -> GeneModelParse {
        index()
        distributePieces()
        var drafts = transcripts()
        layOut(&drafts)
        parse.faults.sort { $0.line < $1.line }
        return parse
    }

    private mutating func index() {
        let known = Set(builder.containers.map(\.key))
        let implied = builder.implied.values.filter { !known.contains($0.key) }.sorted { $0.line < $1.line }
        builder.containers.append(contentsOf: implied)
        for (number, container) in builder.containers.enumerated() {
            let twin = byKey[container.key]?.first {
                let other = builder.containers[$0]
                return other.contig == container.contig && other.start < container.end
                    && container.start < other.end
            }
            if twin != nil {
                let name = String(decoding: builder.names[container.key], as: UTF8.self)
                add(container.line, "ID \(name) was there before; the first one is kept")
            } else {
                byKey[container.key, default: []].append(number)
            }
        }
    }

    /// The container that a feature at this place means by a key.
    private func container(_ key: Int, contig: Int, start: Int) -> Int? {
        guard let candidates = byKey[key] else { return nil }
        if candidates.count == 1 { return candidates[0] }
        return candidates.first {
            let candidate = builder.containers[$0]
            return candidate.contig == contig && candidate.start <= start && start < candidate.end
        } ?? candidates.first { builder.containers[$0].contig == contig }
    }

    private mutating func distributePieces() {
        piecesOf = Array(repeating: [], count: builder.containers.count)
        hasChildren = Array(repeating: false, count: builder.containers.count)
        for (number, piece) in builder.pieces.enumerated() {
            if let parent = container(piece.parentKey, contig: piece.contig, start: piece.start),
                builder.containers[parent].contig == piece.contig
            {
                piecesOf[parent].append(number)
            } else {
                let name = String(decoding: builder.names[piece.parentKey], as: UTF8.self)
                add(piece.line, "Parent \(name) is not in the file")
            }
        }
        for (number, child) in builder.containers.enumerated()
        where child.parentKey >= 0 && !piecesOf[number].isEmpty {
            if let parent = container(child.parentKey, contig: child.contig, start: child.start) {
                hasChildren[parent] = true
            }
        }
    }

    private mutating func transcripts() -> [TranscriptDraft] {
        var drafts: [TranscriptDraft] = []
        var maturePlaces: [Int: [Range<Int>]] = [:]
        for number in builder.containers.indices where !piecesOf[number].isEmpty {
            let container = builder.containers[number]
            let parent =
                container.parentKey < 0
                ? nil : self.container(container.parentKey, contig: container.contig, start: container.start)
            if container.isMicroRNA, let parent, !builder.containers[parent].isGene {
                maturePlaces[parent, default: []].append(container.start..<container.end)
                continue
            }
            // Exons that a file also hangs on the gene of real transcripts say nothing new.
            if container.isGene, hasChildren[number] { continue }
            let pieces = piecesOf[number].map { builder.pieces[$0] }
            guard
                let draft = TranscriptDraft(container, gene: parent ?? number, number: number, pieces: pieces)
            else {
                add(container.line, "a transcript without exons was left out")
                continue
            }
            if let problem = draft.problem { add(container.line, problem) }
            drafts.append(draft)
        }
        for index in drafts.indices { drafts[index].maturePlaces = maturePlaces[drafts[index].number] ?? [] }
        return drafts
    }

    // MARK: Laying out

    private mutating func layOut(_ drafts: inout [TranscriptDraft]) {
        let contigs = Dictionary(
            uniqueKeysWithValues: Set(drafts.map(\.container.contig)).map { ($0, contig($0)) })
        let names = builder.names
        func name(_ reference: NameReference) -> ArraySlice<UInt8> {
            names.bytes[Int(reference.offset)..<Int(reference.offset + reference.length)]
        }
        drafts.sort { left, right in
            if left.container.contig != right.container.contig {
                return contigs[left.container.contig, default: Contig("")]
                    < contigs[right.container.contig, default: Contig("")]
            }
            if left.start != right.start { return left.start < right.start }
            if left.end != right.end { return left.end < right.end }
            return name(left.container.transcriptID).lexicographicallyPrecedes(
                name(right.container.transcriptID))
        }
        var genes = GeneNumbers()
        for draft in drafts {
            startContig(draft.container.contig)
            let gene = genes.number(of: draft.gene) { parse.model.genes.count }
            if gene == parse.model.genes.count { append(gene: draft) }
            append(draft, gene: gene)
        }
        parse.model.build = builder.names.reference(to: builder.claim.build.utf8)
        parse.model.statedContigs = builder.claim.contigs.map { contig, end in
            .init(name: builder.names.reference(to: contig.name.utf8), end: end)
        }
        parse.model.names = builder.names.bytes
    }

    private struct GeneNumbers {
        private var known: [Int: Int] = [:]

        mutating func number(of container: Int, next: () -> Int) -> Int {
            if let number = known[container] { return number }
            let number = next()
            known[container] = number
            return number
        }
    }

    private func contig(_ key: Int) -> Contig { Contig(String(decoding: builder.names[key], as: UTF8.self)) }

    private mutating func startContig(_ key: Int) {
        let name = builder.names.references[key]
        if parse.model.contigs.last?.name != name {
            parse.model.contigs.append(
                GeneModel.ContigEntry(
                    name: name, firstTranscript: Int32(parse.model.transcripts.count), transcriptCount: 0))
        }
        parse.model.contigs[parse.model.contigs.count - 1].transcriptCount += 1
    }

    private mutating func append(gene draft: TranscriptDraft) {
        let gene = builder.containers[draft.gene]
        let own = draft.container
        parse.model.genes.append(
            Gene(
                id: gene.geneID.isEmpty ? own.geneID : gene.geneID,
                symbol: gene.symbol.isEmpty ? own.symbol : gene.symbol,
                hgncID: gene.hgncID.isEmpty ? own.hgncID : gene.hgncID, biotype: gene.biotype,
                contig: Int32(parse.model.contigs.count - 1), start: Int32(gene.start), end: Int32(gene.end),
                strand: gene.strand))
    }

    private mutating func append(_ draft: TranscriptDraft, gene: Int) {
        let number = parse.model.transcripts.count
        let isMitochondrial = contig(draft.container.contig).isMitochondrial
        parse.model.transcripts.append(
            draft.transcript(
                gene: Int32(gene), firstExon: Int32(parse.model.exons.count),
                isMitochondrial: isMitochondrial,
                biotype: biotype(of: draft)))
        parse.model.exons.append(contentsOf: draft.exons)
        for (codon, residue) in draft.recodings(names: builder.names) {
            parse.model.recodings.append(
                Recoding(transcript: Int32(number), codon: Int32(codon), residue: residue))
            if residue == UInt8(ascii: "U") { parse.model.transcripts[number].flags.insert(.selenocysteine) }
            if residue == UInt8(ascii: "*") {
                parse.model.transcripts[number].flags.insert(.stopCompletedByTail)
            }
        }
        for place in draft.maturePlaces {
            parse.model.matureRegions.append(
                MatureRegion(
                    transcript: Int32(number), start: Int32(place.lowerBound), end: Int32(place.upperBound)))
        }
    }

    private mutating func biotype(of draft: TranscriptDraft) -> (NameReference, String) {
        var reference = draft.container.biotype
        if reference.isEmpty { reference = builder.containers[draft.gene].biotype }
        if reference.isEmpty, !draft.coding.isEmpty {
            reference = builder.names.reference(to: "protein_coding".utf8)
        }
        let bytes = builder.names.bytes[Int(reference.offset)..<Int(reference.offset + reference.length)]
        return (reference, String(decoding: bytes, as: UTF8.self))
    }

    private mutating func add(_ line: Int, _ problem: String) {
        parse.faultCount += 1
        if parse.faults.count < GeneModelParse.faultLimit {
            parse.faults.append(GeneModelFault(line: line, problem: problem))
        }
    }
}
