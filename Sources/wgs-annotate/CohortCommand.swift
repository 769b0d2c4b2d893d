import ArgumentParser

struct CohortCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cohort", abstract: "Count findings over many cases.")
}
