import ArgumentParser
import Foundation
import Genome

/// The command line.
struct WGSAnnotate: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "wgs-annotate",
        abstract: "From tumor/normal whole-genome calls to a match list for the molecular tumor board.",
        discussion: """
            For research use; decisions belong to the board.

            wgs-annotate annotate case.yaml -o results/C-0001
            """,
        version: "wgs-annotate \(version)",
        subcommands: [
            AnnotateCommand.self, BiomarkersCommand.self, MatchCommand.self, DoctorCommand.self,
            KnowledgeCommand.self,
            CohortCommand.self,
        ])
}

/// Runs a command and turns what it throws into one line and an exit code (sysexits).
@main
enum Main {
    static func main() async {
        do {
            var command = try WGSAnnotate.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as InputError {
            Console.error("error: \(error.description)")
            Foundation.exit(error.exitCode)
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch
            where WGSAnnotate.exitCode(for: error) == .validationFailure
            || WGSAnnotate.exitCode(for: error) == .success
        {
            WGSAnnotate.exit(withError: error)
        } catch {
            Console.error("error: internal: \(error). This is a bug of wgs-annotate; please report it.")
            Foundation.exit(70)
        }
    }
}
