import ArgumentParser

@main
struct WGSAnnotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wgs-annotate",
        abstract: "From tumor/normal whole-genome calls to a match list for the molecular tumor board.",
        version: "0.1.0")
}
