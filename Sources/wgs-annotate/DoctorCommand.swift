import ArgumentParser
import Pipeline
import Reports

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Read files whole and say what is or would go wrong.",
        discussion: "wgs-annotate doctor somatic.vcf.gz")

    @Argument(help: "VCF, BCF or MAF files, or copy-number segment tables.") var files: [String]
    @Option(help: "text or json (one object a file).") var format = "text"

    func validate() throws {
        guard ["text", "json"].contains(format) else {
            throw ValidationError("--format is \"\(format)\"; use text or json.")
        }
    }

    func run() throws {
        var all: [Doctor.Diagnosis] = []
        for file in files {
            let diagnosis = Doctor.examine(file)
            try Console.write(format == "json" ? try JSONReport.text(diagnosis) : diagnosis.text, to: nil)
            all.append(diagnosis)
        }
        let code = Doctor.exitCode(all)
        if code != 0 { throw ExitCode(code) }
    }
}
