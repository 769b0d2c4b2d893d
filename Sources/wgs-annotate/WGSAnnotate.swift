import ArgumentParser
import Foundation
import Genome
import HTS

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
            AnnotateCommand.self, ConsequencesCommand.self, BiomarkersCommand.self, PharmacogenesCommand.self,
            MatchCommand.self,
            DoctorCommand.self,
            SignaturesCommand.self, KnowledgeCommand.self,
            CohortCommand.self,
        ])
}

/// Runs a command and turns what it throws into one line and an exit code (sysexits).
@main
enum Main {
    static func main() {
        // Before any other thread is there.
        Interruption.watch()
        do {
            var command = try WGSAnnotate.parseAsRoot()
            if let command = command as? any AsyncParsableCommand { runAsynchronously(command) }
            try command.run()
        } catch {
            end(error)
        }
    }

    /// Runs an asynchronous command while this thread sleeps. It cannot be the thread that runs the main queue, which
    /// would take signals in their usual way.
    private static func runAsynchronously(_ command: sending any AsyncParsableCommand) -> Never {
        Task.detached {
            do {
                var command = command
                try await command.run()
                Foundation.exit(0)
            } catch {
                end(error)
            }
        }
        while true { pause() }
    }

    private static func end(_ error: any Error) -> Never {
        // A run that a signal ends fails in its other threads too; only one message is wanted.
        Temporaries.waitIfEnding()
        switch error {
        case let error as InputError:
            Console.error("error: \(error.description)")
            Foundation.exit(error.exitCode)
        case let code as ExitCode:
            Foundation.exit(code.rawValue)
        case _
        where WGSAnnotate.exitCode(for: error) == .validationFailure
            || WGSAnnotate.exitCode(for: error) == .success:
            WGSAnnotate.exit(withError: error)
        default:
            Console.error("error: internal: \(error). This is a bug of wgs-annotate; please report it.")
            Foundation.exit(70)
        }
    }
}
