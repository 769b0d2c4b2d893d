import Foundation
import TestSupport
import Testing

/// A run of the program in surroundings that are set up for it.
struct Run {
    /// What stands before the program: `setpriv …`, `bash -c …`.
    var launcher: [String] = []
    var arguments: [String] = []
    var output: FileHandle?
    var environment: [String: String] = [:]

    /// Starts the program; standard error goes to a file of the folder.
    func start(_ folder: Folder) throws -> (process: Process, errors: String) {
        let errors = folder.file("stderr-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        let words = launcher + [Program.path] + arguments
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = TestData.package
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["SOURCE_DATE_EPOCH": "1780000000"], uniquingKeysWith: { $1 }
        ).merging(environment, uniquingKeysWith: { $1 })
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        return (process, errors)
    }

    /// Runs the program to its end: exit code and standard error.
    func callAsFunction(_ folder: Folder) throws -> (status: Int32, errors: String) {
        let (process, errors) = try start(folder)
        process.waitUntilExit()
        // A run that a signal kills has no exit code.
        let status =
            process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return (status, try String(contentsOfFile: errors, encoding: .utf8))
    }
}

/// What the machine lets a test do.
enum Rights {
    /// Whether the program runs under the thread sanitizer.
    static let isThreadSanitized = ProcessInfo.processInfo.environment["WGS_TEST_SANITIZER"] == "thread"
    /// The words before a program that make it run without root's rights; nil where that cannot be done.
    static let ordinaryUser: [String]? = {
        if getuid() != 0 { return [] }
        guard let setpriv = Tools.find("setpriv") else { return nil }
        let words = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
        let test = "test -x \"$1\" && test -r \"$2\""
        let result = try? Tools.run(
            words[0],
            words.dropFirst() + [
                "/bin/sh", "-c", test, "sh", Program.path,
                TestData.package.appending(path: "knowledgebase").path,
            ])
        return result?.status == 0 ? words : nil
    }()

    /// Whether a file system in memory can be mounted in a name space of its own.
    static let canMount: Bool = {
        guard let unshare = Tools.find("unshare") else { return false }
        let result = try? Tools.run(
            unshare,
            ["--mount", "--map-root-user", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"])
        return result?.status == 0
    }()

    static let notOrdinary: Comment = "skipped: no setpriv, or the checkout cannot be read by another user"
    static let notMount: Comment = "skipped: a file system in memory cannot be mounted here (unshare, mount)"
}

/// Calls of a demo case.
private enum Demo {
    static let somatic = TestData.package.appending(path: "demo/cases/DEMO-01/somatic.vcf").path
    static let germline = TestData.package.appending(path: "demo/cases/DEMO-01/germline.vcf").path

    static func annotate(_ somatic: String, germline: String? = nil, to out: String) -> [String] {
        [
            "annotate", "--case", "C", "--tumor-type", "MEL", "--report-date", "2026-01-01", "--somatic",
            somatic,
        ]
            + (germline.map { ["--germline", $0] } ?? []) + ["-o", out]
    }

    /// A folder of results, and its content.
    static func finished(_ folder: Folder) throws -> (path: String, content: [String: Data]) {
        let path = folder.file("case")
        let result = try Program.run(annotate(somatic, to: path))
        #expect(result.status == 0, "\(result.errors)")
        return (path, try Folder.contents(path))
    }

    /// Names in a folder that are left from a run: temporary files and folders.
    static func leftovers(_ folder: Folder) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).filter {
            $0.contains(".tmp-") || $0.contains("wgs-annotate-")
        }
    }
}

@Suite("Outputs that cannot be written")
struct UnwritableOutputTests {
    static let commands: [[String]] = [
        ["match", "--tumor-type", "LUAD", "EGFR p.L858R"],
        ["match", "--tumor-type", "LUAD", "--format", "json", "EGFR p.L858R"],
        ["biomarkers", "--somatic", Demo.somatic],
        ["doctor", Demo.somatic],
        ["kb", "info"],
        ["kb", "validate"],
        ["kb", "query", "--gene", "BRAF"],
    ]

    @Test("a closed pipe is one message and exit 74", arguments: commands)
    func closedPipe(arguments: [String]) throws {
        let folder = try Folder()
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let result = try Run(arguments: arguments, output: pipe.fileHandleForWriting)(folder)
        #expect(result.status == 74)
        #expect(
            result.errors
                == "error: standard output: writing failed: Broken pipe. Check what reads it, or the disk that it goes to.\n"
        )
    }

    @Test("a full device is one message and exit 74", arguments: commands)
    func fullDevice(arguments: [String]) throws {
        let folder = try Folder()
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let result = try Run(arguments: arguments, output: full)(folder)
        #expect(result.status == 74)
        #expect(
            result.errors
                == "error: standard output: writing failed: No space left on device. Check what reads it, or the disk that it goes to.\n"
        )
    }

    @Test("a standard output that is closed is exit 74, and no file gets its number")
    func closedOutput() throws {
        let folder = try Folder()
        let result = try Run(
            launcher: ["/bin/bash", "-c", "exec \"$0\" \"$@\" >&-"], arguments: Self.commands[2])(folder)
        #expect(result.status == 74)
        #expect(result.errors.hasPrefix("error: standard output: writing failed: Bad file descriptor."))
    }

    @Test("messages that nobody can read do not stop a run")
    func closedErrors() throws {
        let folder = try Folder()
        for closed in ["2>&-", "2>/dev/full"] {
            let out = folder.file("out\(closed.count)")
            let run = Run(
                launcher: ["/bin/bash", "-c", "exec \"$0\" \"$@\" \(closed)"],
                arguments: Demo.annotate(Demo.somatic, to: out))
            #expect(try run(folder).status == 0)
            #expect(FileManager.default.fileExists(atPath: out + "/case.json"))
        }
    }

    @Test(
        "a limit of file size leaves an earlier result as it was, and nothing beside it",
        .disabled(
            if: Rights.isThreadSanitized, "the thread sanitizer maps files of its own and dies at the limit"))
    func limit() throws {
        let folder = try Folder()
        let (path, before) = try Demo.finished(folder)
        let launcher = ["/bin/bash", "-c", "ulimit -f 4; exec \"$0\" \"$@\""]
        let run = Run(launcher: launcher, arguments: Demo.annotate(Demo.somatic, to: path))
        let result = try run(folder)
        #expect(result.status == 74)
        #expect(
            result.errors
                == "error: \(path)/somatic.maf: writing failed: File too large. Make room or check the disk; nothing was left behind.\n"
        )
        #expect(try Folder.contents(path) == before)
        #expect(try Demo.leftovers(folder).isEmpty)
        // Folders that were made on the way go too.
        let deep = folder.file("a/b/case")
        #expect(
            try Run(launcher: launcher, arguments: Demo.annotate(Demo.somatic, to: deep))(folder).status == 74
        )
        #expect(!FileManager.default.fileExists(atPath: folder.file("a")))
        // A cohort page is written beside its name, too.
        let page = try folder.write("mine", to: "page.html")
        let cohort = try Run(
            launcher: launcher, arguments: ["cohort", "summary", "--format", "html", "-o", page, path])(
                folder)
        #expect(cohort.status == 74)
        #expect(cohort.errors.hasPrefix("error: \(page): writing failed: File too large."))
        #expect(try String(contentsOfFile: page, encoding: .utf8) == "mine")
        #expect(try Demo.leftovers(folder).isEmpty)
    }

    @Test("a full disk is exit 74 and leaves nothing", .enabled(if: Rights.canMount, Rights.notMount))
    func fullDisk() throws {
        let folder = try Folder()
        let disk = folder.file("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let script = """
            mount -t tmpfs -o size=32k tmpfs \(disk)
            "$0" "$@"; code=$?
            ls -A \(disk) >&2
            exit $code
            """
        let unshare = try #require(Tools.find("unshare"))
        let result = try Run(
            launcher: [unshare, "--mount", "--map-root-user", "/bin/bash", "-c", script],
            arguments: Demo.annotate(Demo.somatic, to: disk + "/case"))(folder)
        #expect(result.status == 74)
        #expect(result.errors.contains("writing failed: No space left on device."), "\(result.errors)")
        // One message, and no name in the listing after it.
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test(
        "a folder that may not be written is exit 73",
        .enabled(if: Rights.ordinaryUser != nil, Rights.notOrdinary))
    func rights() throws {
        let folder = try Folder()
        let locked = folder.file("locked")
        try FileManager.default.createDirectory(
            atPath: locked, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
        let user = try #require(Rights.ordinaryUser)
        let sealed = folder.file("sealed")
        try FileManager.default.createDirectory(
            atPath: sealed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0])
        for path in [locked + "/case", locked + "/new/case", sealed + "/case"] {
            let result = try Run(launcher: user, arguments: Demo.annotate(Demo.somatic, to: path))(folder)
            #expect(result.status == 73)
            #expect(
                result.errors
                    == "error: \(path): the folder cannot be made: Permission denied. Check the folder and its rights.\n"
            )
        }
        let (path, _) = try Demo.finished(folder)
        let page = try Run(
            launcher: user, arguments: ["cohort", "summary", "-o", locked + "/cohort.tsv", path])(folder)
        #expect(page.status == 73)
        #expect(
            page.errors.hasPrefix(
                "error: \(locked)/cohort.tsv: the output cannot be created: Permission denied."))
    }

    @Test("a path that holds something of another is left alone, exit 73")
    func taken() throws {
        let folder = try Folder()
        let file = try folder.write("mine", to: "file")
        let other = folder.file("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        _ = try folder.write("mine", to: "other/notes.txt")
        for path in [file, other, other + "/"] {
            let result = try Run(arguments: Demo.annotate(Demo.somatic, to: path))(folder)
            #expect(result.status == 73)
            #expect(
                result.errors.contains("the path is taken by something that is no result of wgs-annotate."))
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
        #expect(try Folder.contents(other).keys.sorted() == ["notes.txt"])
        #expect(try Demo.leftovers(folder).isEmpty)
    }
}

@Suite("Inputs that cannot be read")
struct UnreadableInputTests {
    @Test("a folder, a socket and nothing are no inputs, exit 66")
    func kinds() throws {
        let folder = try Folder()
        let path = folder.file("s")
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0)
        for (input, problem) in [
            (path, "this is a socket or a device, a file was expected. Name a file."),
            (folder.url.path, "this is a folder, a file was expected. Name the file in it."),
            (folder.file("none"), "there is no such file. Check the path."),
        ] {
            for arguments in [
                Demo.annotate(input, to: folder.file("out")),
                Demo.annotate(Demo.somatic, germline: input, to: folder.file("out")),
            ] {
                let result = try Run(arguments: arguments)(folder)
                #expect(result.status == 66)
                #expect(result.errors == "error: \(input): \(problem)\n")
            }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("out")))
        #expect(try Demo.leftovers(folder).isEmpty)
    }

    @Test(
        "what may not be read is exit 66",
        .enabled(if: Rights.ordinaryUser != nil, Rights.notOrdinary))
    func rights() throws {
        let folder = try Folder()
        let user = try #require(Rights.ordinaryUser)
        let out = folder.file("out")
        let calls = folder.file("somatic.vcf")
        let base = folder.file("base")
        try FileManager.default.copyItem(atPath: Demo.somatic, toPath: calls)
        try FileManager.default.copyItem(
            atPath: TestData.package.appending(path: "knowledgebase").path, toPath: base)
        func lock(_ path: String) throws {
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        }
        try lock(calls)
        let result = try Run(launcher: user, arguments: Demo.annotate(calls, to: out))(folder)
        #expect(result.status == 66)
        #expect(result.errors == "error: \(calls): the file cannot be read. Check its rights.\n")

        // From the inside to the outside, each fault hides the one before.
        let version = base + "/curated/2026.11.0"
        for (path, problem) in [
            (version + "/evidence.tsv", "the file cannot be read."),
            (version + "/SOURCE.json", "the file cannot be read."),
            (base + "/curated", "the folder cannot be read: Permission denied."),
            (base, "the folder cannot be read: Permission denied."),
        ] {
            try lock(path)
            let result = try Run(
                launcher: user, arguments: ["kb", "info", "--knowledge-base", base])(folder)
            #expect(result.status == 66)
            #expect(result.errors == "error: \(path): \(problem) Check the path and its rights.\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
    }

    @Test("a knowledge base that is not there, is empty, or has a broken SOURCE.json is told")
    func knowledgeBase() throws {
        let folder = try Folder()
        let none = folder.file("none")
        let missing = try Run(arguments: ["kb", "info", "--knowledge-base", none])(folder)
        #expect(missing.status == 66)
        #expect(
            missing.errors == "error: \(none): the knowledge base cannot be read. Check --knowledge-base.\n")
        let base = folder.file("base")
        try FileManager.default.createDirectory(atPath: base + "/x/1", withIntermediateDirectories: true)
        _ = try folder.write("notes", to: "base/README.md")
        let empty = try Run(arguments: ["kb", "info", "--knowledge-base", base])(folder)
        #expect(empty.status == 66)
        #expect(empty.errors.hasPrefix("error: \(base): no source with a SOURCE.json is there."))
        for text in ["", "{", "[]", "{\"source\": 1}"] {
            _ = try folder.write(text, to: "base/x/1/SOURCE.json")
            let broken = try Run(arguments: ["kb", "info", "--knowledge-base", base])(folder)
            #expect(broken.status == 65)
            #expect(
                broken.errors
                    == "error: \(base)/x/1/SOURCE.json: the file is no JSON object with source and version. Mend it.\n"
            )
        }
    }
}

@Suite("Streams as inputs")
struct StreamInputTests {
    @Test("pipes give what files give, and the same bytes at each run")
    func pipes() throws {
        let folder = try Folder()
        let script = """
            exec "$0" annotate --case C --tumor-type MEL --report-date 2026-01-01 -o "$1" \
              --somatic <(cat \(Demo.somatic)) --germline <(cat \(Demo.germline))
            """
        for name in ["a", "b"] {
            // More open files in the second run, so that the shell gives other numbers.
            let more = name == "b" ? "exec 9</dev/null 8</dev/null; " : ""
            let result = try Tools.run("/bin/bash", ["-c", more + script, Program.path, folder.file(name)])
            #expect(result.status == 0, "\(result.errors)")
        }
        func contents(_ name: String) throws -> [String: Data] {
            try Folder.contents(folder.file(name)).filter { $0.key != "provenance.json" }
        }
        #expect(try contents("a") == contents("b"))
        #expect(
            try Program.run(Demo.annotate(Demo.somatic, germline: Demo.germline, to: folder.file("c"))).status
                == 0)
        func findings(_ name: String) throws -> [Substring] {
            try String(contentsOfFile: folder.file(name) + "/findings.tsv", encoding: .utf8)
                .split(separator: "\n").filter { !$0.hasPrefix("#") }
        }
        #expect(try findings("a") == findings("c"))
        let json = try String(contentsOfFile: folder.file("a") + "/case.json", encoding: .utf8)
        #expect(json.contains("--somatic pipe --germline pipe"))
        #expect(json.contains("\"somatic-pipe\"") && json.contains("\"germline-pipe\""))
    }

    @Test("a MAF from a pipe is known by its first line", .enabled(if: TestData.isAvailable))
    func maf() throws {
        let folder = try Folder()
        let maf = TestData.path("oncology/tmb/glioma_msk_2018_data_mutations.maf")
        let lines = try String(contentsOfFile: maf, encoding: .utf8).split(separator: "\n").prefix(2)
        let path = try folder.write(lines.joined(separator: "\n") + "\n", to: "calls.maf")
        let script = "exec \"$0\" biomarkers --somatic <(cat \"$1\")"
        let piped = try Tools.run("/bin/bash", ["-c", script, Program.path, path])
        let named = try Program.run(["biomarkers", "--somatic", path])
        #expect(
            piped.status == named.status && piped.text == named.output && named.status == 0, "\(piped.errors)"
        )
    }

    @Test("one stream for two inputs is misuse, a stream as reference is no file")
    func misuse() throws {
        let folder = try Folder()
        let fifo = folder.file("fifo")
        try #require(mkfifo(fifo, 0o600) == 0)
        let both = try Run(arguments: Demo.annotate(fifo, germline: fifo, to: folder.file("x")))(folder)
        #expect(both.status == 64)
        #expect(both.errors == "error: \(fifo): two inputs come from it. Give one of them as a file.\n")
        let reference = try Run(
            arguments: Demo.annotate(Demo.somatic, to: folder.file("x")) + ["-f", fifo])(folder)
        #expect(reference.status == 66)
        #expect(
            reference.errors
                == "error: \(fifo): the reference is a stream, a FASTA file with its index was expected. Keep it in a file.\n"
        )
    }

    @Test(
        "no room for a copy is exit 74, and the copy is gone", .enabled(if: Rights.canMount, Rights.notMount),
        .disabled(
            if: Rights.isThreadSanitized, "the thread sanitizer maps files of its own and dies without room"))
    func noRoom() throws {
        let folder = try Folder()
        let disk = folder.file("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let script = """
            mount -t tmpfs -o size=8k tmpfs \(disk)
            TMPDIR=\(disk) "$0" "$@" < <(yes '##text' | head -c 100000); code=$?
            ls -A \(disk) >&2
            exit $code
            """
        let unshare = try #require(Tools.find("unshare"))
        let result = try Run(
            launcher: [unshare, "--mount", "--map-root-user", "/bin/bash", "-c", script],
            arguments: Demo.annotate("-", to: folder.file("case")))(folder)
        #expect(result.status == 74)
        #expect(
            result.errors
                == "error: -: the input cannot be kept: No space left on device. Give a file, or name a folder with more room in $TMPDIR.\n"
        )
    }
}

/// A run that waits for its germline calls from a pipe.
private final class WaitingRun {
    let folder: Folder
    let process: Process
    let errors: String
    private let pipe: FileHandle

    init(_ folder: Folder, somatic: String, out: String, launcher: [String]) throws {
        self.folder = folder
        let fifo = folder.file("germline.vcf")
        try #require(mkfifo(fifo, 0o600) == 0)
        let run = Run(
            launcher: launcher, arguments: Demo.annotate(somatic, germline: fifo, to: out),
            environment: ["TMPDIR": folder.url.path])
        (process, errors) = try run.start(folder)
        // Opening fails until the program reads.
        var descriptor: Int32 = -1
        for _ in 0..<3000 where descriptor < 0 && process.isRunning {
            descriptor = open(fifo, O_WRONLY | O_NONBLOCK)
            if descriptor < 0 { usleep(10_000) }
        }
        try #require(descriptor >= 0, "the program never opened its input")
        pipe = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Gives the germline calls, so that the run goes on.
    func feed() throws {
        try pipe.write(contentsOf: Data(contentsOf: URL(filePath: Demo.germline)))
        try pipe.close()
    }

    /// The exit code and standard error.
    func end() throws -> (status: Int32, errors: String) {
        process.waitUntilExit()
        let status =
            process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return (status, try String(contentsOfFile: errors, encoding: .utf8))
    }
}

@Suite("Signals")
struct SignalTests {
    /// Signals as they are by default, whatever the tests were started with.
    static let launcher = ["/usr/bin/env", "--default-signal"]

    @Test(
        "a signal ends a run with 128 + its number, one message, and nothing left",
        arguments: [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGHUP, "SIGHUP")])
    func whileWaiting(signal: Int32, name: String) throws {
        let folder = try Folder()
        let (out, before) = try Demo.finished(folder)
        let run = try WaitingRun(folder, somatic: Demo.somatic, out: out, launcher: Self.launcher)
        #expect(try !Demo.leftovers(folder).isEmpty, "the copy of the pipe is under way")
        kill(run.process.processIdentifier, signal)
        let result = try run.end()
        #expect(result.status == 128 + signal)
        #expect(result.errors == "error: interrupted by \(name); nothing was left behind.\n")
        #expect(try Folder.contents(out) == before)
        #expect(try Demo.leftovers(folder).isEmpty)
    }

    @Test("a signal while results are written leaves neither a folder nor its parents", arguments: 0..<6)
    func whileWriting(step: Int) throws {
        let folder = try Folder()
        // Enough records that writing takes a while.
        let text = try String(contentsOfFile: Demo.somatic, encoding: .utf8)
        let lines = text.split(separator: "\n")
        let header = lines.filter { $0.hasPrefix("#") }, records = lines.filter { !$0.hasPrefix("#") }
        let last = try #require(records.last)
        let many = header + records + Array(repeating: last, count: 20_000)
        let input = try folder.write(many.joined(separator: "\n") + "\n", to: "many.vcf")
        let out = folder.file("new/deep/case")
        let (process, errors) = try Run(
            launcher: Self.launcher, arguments: Demo.annotate(input, to: out) + ["--threads", "1"]
        ).start(folder)
        while process.isRunning, !FileManager.default.fileExists(atPath: folder.file("new/deep")) {
            usleep(500)
        }
        usleep(UInt32(step) * 5_000)
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        if process.terminationStatus == 0 {
            // The run was quicker: its result is whole.
            #expect(FileManager.default.fileExists(atPath: out + "/provenance.json"))
        } else {
            #expect(process.terminationStatus == 128 + SIGTERM)
            #expect(
                try String(contentsOfFile: errors, encoding: .utf8)
                    == "error: interrupted by SIGTERM; nothing was left behind.\n")
            #expect(!FileManager.default.fileExists(atPath: folder.file("new")))
        }
        #expect(try Demo.leftovers(folder).isEmpty)
    }

    @Test("a signal that whoever starts the program ignores stays ignored, as with nohup")
    func ignored() throws {
        let folder = try Folder()
        let out = folder.file("case")
        let run = try WaitingRun(
            folder, somatic: Demo.somatic, out: out, launcher: ["/usr/bin/env", "--ignore-signal=HUP"])
        kill(run.process.processIdentifier, SIGHUP)
        try run.feed()
        let result = try run.end()
        #expect(result.status == 0, "\(result.errors)")
        #expect(FileManager.default.fileExists(atPath: out + "/case.json"))
        #expect(try Demo.leftovers(folder).isEmpty)
    }
}

@Suite("Inputs that change while they are read")
struct ChangingInputTests {
    @Test(
        "a file that grows, shrinks, is written to, replaced or removed is named, exit 74",
        arguments: ["grows", "shrinks", "touched", "replaced", "removed"])
    func change(kind: String) throws {
        let folder = try Folder()
        let out = folder.file("case")
        let text = try String(contentsOfFile: Demo.somatic, encoding: .utf8)
        let calls = try folder.write(
            text + text.split(separator: "\n").suffix(1).joined() + "\n", to: "somatic.vcf")
        let size = try Data(contentsOf: URL(filePath: calls)).count
        let run = try WaitingRun(folder, somatic: calls, out: out, launcher: [])
        let change: String
        switch kind {
        case "grows":
            let file = try #require(FileHandle(forWritingAtPath: calls))
            try file.seekToEnd()
            try file.write(contentsOf: Data("\n".utf8))
            try file.close()
            change = "it had \(size) bytes at the start and has \(size + 1) now"
        case "shrinks":
            try #require(truncate(calls, text.utf8.count) == 0)
            change = "it had \(size) bytes at the start and has \(text.utf8.count) now"
        case "touched":
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: calls)
            change = "it was written to"
        case "replaced":
            let other = try folder.write(text, to: "other.vcf")
            try #require(rename(other, calls) == 0)
            change = "another file has its name now"
        default:
            // Only its name; whoever has it open can read on.
            try #require(link(calls, folder.file("kept")) == 0 && unlink(calls) == 0)
            change = "it is gone"
        }
        try run.feed()
        let result = try run.end()
        if kind == "removed" {
            // It is missed before all was read.
            #expect(result.status == 66)
            #expect(result.errors.hasPrefix("error: \(calls): "))
        } else {
            #expect(result.status == 74)
            #expect(
                result.errors.hasSuffix(
                    "error: \(calls): the file changed while it was read: \(change). Wait until it is complete, then run again; nothing was written.\n"
                ), "\(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: out))
        #expect(try Demo.leftovers(folder).isEmpty)
    }
}
