import ArgumentParser
import Genome
import HTS
import Knowledge
import Pipeline

/// Loads the base that a command names, or the default one; faults in rows stop the run.
enum KnowledgeSource {
    static func folders(_ named: [String]) -> [String] {
        named.isEmpty
            ? KnowledgeLoader.defaultFolders(
                executable: FileSystem.realPath(of: "/proc/self/exe") ?? CommandLine.arguments[0]) : named
    }

    static func load(_ named: [String], usesCache: Bool = true) throws(InputError) -> KnowledgeBase {
        let loaded = try KnowledgeLoader.load(folders(named), usesCache: usesCache)
        if let first = loaded.problems.first {
            if loaded.problems.count > 1 {
                Console.error(
                    "\(loaded.problems.count) faults in the knowledge base; `wgs-annotate kb validate` lists them."
                )
            }
            throw first
        }
        return loaded.knowledge
    }
}
