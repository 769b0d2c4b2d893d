import CFuzzer
import Foundation

/// The fuzz targets, chosen by `$FUZZ_TARGET`. A target takes bytes and must not crash; a claim that does not hold is a crash.
private let targets: [String: @Sendable ([UInt8]) -> Void] = [
    "scanner": scanner, "files": files, "maf": maf, "proteins": proteins, "header": header,
    "records": records, "case-file": caseFile, "evidence": evidence,
    "segments": segments, "structural": structural, "genes": genes, "names": names,
]

private let target: @Sendable ([UInt8]) -> Void = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = targets[name] else {
        fatalError("FUZZ_TARGET is \"\(name)\"; use \(targets.keys.sorted().joined(separator: ", "))")
    }
    return target
}()

/// Hands the command line to libFuzzer: `FUZZ_TARGET=scanner fuzz [-max_total_time=60] CORPUS`.
@main
enum Fuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { start, count in
                target(Array(UnsafeBufferPointer(start: start, count: count)))
                return 0
            })
    }
}

/// Ends the run with words if a claim does not hold.
func claim(_ holds: Bool, _ text: @autoclosure () -> String) {
    guard !holds else { return }
    FileHandle.standardError.write(Data("claim does not hold: \(text())\n".utf8))
    abort()
}
