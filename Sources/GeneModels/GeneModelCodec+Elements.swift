internal import Genome

/// Writes elements of a gene model.
struct Encoder {
    var bytes: [UInt8] = []

    mutating func put(_ number: Int32) {
        let bits = UInt32(bitPattern: number)
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
    }

    mutating func put(_ numbers: Int32...) {
        for number in numbers { put(number) }
    }

    mutating func put(_ name: NameReference, _ numbers: Int32...) {
        put(name.offset)
        put(name.length)
        for number in numbers { put(number) }
    }

    mutating func put(_ gene: Gene) {
        for name in [gene.id, gene.symbol, gene.hgncID, gene.biotype] { put(name) }
        put(gene.contig, gene.start, gene.end, Int32(gene.strand.rawValue))
    }

    mutating func put(_ transcript: Transcript) {
        for name in [transcript.id, transcript.proteinID, transcript.biotype] { put(name) }
        put(transcript.gene, transcript.start, transcript.end, transcript.firstExon, transcript.exonCount)
        put(transcript.length, transcript.codingStart, transcript.codingEnd)
        put(transcript.codingRegionStart, transcript.codingRegionEnd)
        put(transcript.slipOffset, transcript.slipLength, Int32(bitPattern: transcript.flags.rawValue))
        put(Int32(transcript.missingBases), Int32(transcript.strand.rawValue))
    }
}

/// Reads elements of a gene model; never past the end.
struct Decoder {
    let bytes: [UInt8]
    var place: Int
    let end: Int

    mutating func number() throws(GeneModelDamage) -> Int32 {
        guard place + 4 <= end else { throw .length }
        let low = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
        let high = UInt32(bytes[place + 2]) | UInt32(bytes[place + 3]) << 8
        place += 4
        return Int32(bitPattern: low | high << 16)
    }

    mutating func name() throws(GeneModelDamage) -> NameReference {
        NameReference(offset: try number(), length: try number())
    }

    private mutating func strand() throws(GeneModelDamage) -> Strand {
        guard let strand = Strand(rawValue: UInt8(truncatingIfNeeded: try number())) else { throw .reference }
        return strand
    }

    mutating func gene() throws(GeneModelDamage) -> Gene {
        Gene(
            id: try name(), symbol: try name(), hgncID: try name(), biotype: try name(), contig: try number(),
            start: try number(), end: try number(), strand: try strand())
    }

    mutating func transcript() throws(GeneModelDamage) -> Transcript {
        Transcript(
            id: try name(), proteinID: try name(), biotype: try name(), gene: try number(),
            start: try number(), end: try number(), firstExon: try number(), exonCount: try number(),
            length: try number(), codingStart: try number(), codingEnd: try number(),
            codingRegionStart: try number(), codingRegionEnd: try number(), slipOffset: try number(),
            slipLength: try number(), flags: TranscriptFlags(rawValue: UInt32(bitPattern: try number())),
            missingBases: UInt8(truncatingIfNeeded: try number()), strand: try strand())
    }
}

extension GeneModel {
    /// Whether every number points into the array it belongs to and every range is in order.
    var isConsistent: Bool {
        let count = transcripts.count
        func holds(_ name: NameReference) -> Bool {
            name.offset >= 0 && name.length >= 0 && Int(name.offset) + Int(name.length) <= names.count
        }
        return contigs.allSatisfy {
            holds($0.name) && $0.firstTranscript >= 0 && $0.transcriptCount >= 0
                && Int($0.firstTranscript) + Int($0.transcriptCount) <= count
        }
            && genes.allSatisfy {
                holds($0.id) && holds($0.symbol) && holds($0.hgncID) && holds($0.biotype)
                    && contigs.indices.contains(Int($0.contig)) && $0.start <= $0.end
            }
            && transcripts.allSatisfy {
                holds($0.id) && holds($0.proteinID) && holds($0.biotype) && isConsistent($0)
            }
            && exons.allSatisfy { $0.start < $0.end && $0.offset >= 0 }
            && recodings.allSatisfy { transcripts.indices.contains(Int($0.transcript)) && $0.codon >= 0 }
            && matureRegions.allSatisfy {
                transcripts.indices.contains(Int($0.transcript)) && $0.start <= $0.end
            }
            && statedContigs.allSatisfy { holds($0.name) && $0.end > 0 } && holds(build)
    }

    private func isConsistent(_ transcript: Transcript) -> Bool {
        transcript.start <= transcript.end && genes.indices.contains(Int(transcript.gene))
            && transcript.firstExon >= 0 && transcript.exonCount > 0
            && Int(transcript.firstExon) + Int(transcript.exonCount) <= exons.count
            && transcript.codingStart >= 0 && transcript.codingStart <= transcript.codingEnd
            && transcript.codingEnd <= transcript.length && transcript.missingBases < 3
            && abs(Int(transcript.slipLength)) <= 2
            && transcript.codingRegionStart <= transcript.codingRegionEnd
    }
}
