import Foundation
import Genome
import Knowledge
import TestSupport
import Testing
import Variants

/// An invented normal sample, given by lines of a VCF without header: `chr1 97450058 C T 0/1`, perhaps with FILTER, INFO and more
/// FORMAT behind (`PASS END=97450100 GT:DP 0/0:30`).
struct PharmacogeneSample {
    static let genes = Result { try KnowledgeBaseTests.load().pharmacogenes }

    static func gene(_ name: String) throws -> Pharmacogene {
        try #require(genes.get().first { $0.gene == name })
    }

    private(set) var sites: PharmacogeneSites
    private let assembly: Assembly
    var callable: RegionSet?

    init(_ lines: [String] = [], on assembly: Assembly = .grch38) throws {
        self.assembly = assembly
        sites = PharmacogeneSites(try Self.genes.get(), assembly: assembly)
        for line in lines { try add(line) }
    }

    mutating func add(_ text: String) throws {
        let cells = text.split(separator: " ").map(String.init)
        let more = cells.count > 5 ? Array(cells[4...]) : ["PASS", ".", "GT", cells[4]]
        let line = [cells[0], cells[1], ".", cells[2], cells[3], "."] + more
        let record = try #require(VCFRecord(line: line.joined(separator: "\t")))
        let outcomes = AlleleNormalizer().outcomes(of: record).outcomes
        sites.add(
            record, outcomes: outcomes, isAligned: record.singleBases != nil, sample: 0,
            isPass: record.isPass)
    }

    /// What a gene comes to.
    func call(_ name: String = "DPYD") throws -> PharmacogeneCall {
        let gene = try Self.gene(name)
        return PharmacogeneCaller(gene, assembly: assembly)
            .call(sites.observations(of: gene, callable: callable).observed)
    }

    /// The state of a position.
    func position(_ rsid: String, of name: String = "DPYD") throws -> PharmacogeneCall.Position {
        try #require(try call(name).positions.first { $0.rsid == rsid })
    }

    /// The line of a position with a genotype on GRCh38; `alternate` where it is none of the definition's.
    static func line(
        _ rsid: String, _ genotype: String, of name: String = "DPYD", alternate: String? = nil
    ) throws -> String {
        let position = try #require(try gene(name).positions.first { $0.rsid == rsid })
        let place = try #require(position.places[.grch38])
        let alternates = alternate ?? position.alleles.dropFirst().joined(separator: ",")
        return "chr\(position.contig) \(place.position + 1) \(place.reference) \(alternates) \(genotype)"
    }

    /// All positions of a gene as reference, but for these; nil is not covered.
    static func whole(_ name: String = "DPYD", _ others: [String: String?]) throws -> PharmacogeneSample {
        var sample = try PharmacogeneSample()
        for position in try gene(name).positions {
            switch others[position.rsid] {
            case .some(nil): continue
            case .some(let genotype?): try sample.add(try line(position.rsid, genotype, of: name))
            case nil:
                let place = try #require(position.places[.grch38])
                try sample.add(
                    "chr\(position.contig) \(place.position + 1) \(place.reference) \(position.alleles[1]) 0/0"
                )
            }
        }
        return sample
    }
}
