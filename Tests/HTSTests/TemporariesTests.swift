import Foundation
import Genome
import HTS
import TestSupport
import Testing

@Suite("Temporary files")
struct TemporariesTests {
    @Test("a path that is removed takes the folders that were made for it, a kept one leaves them")
    func parents() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a/b/.case.tmp-1")
        try FileSystem.makeTemporaryFolder(path, for: folder.path("a/b/case"))
        #expect(FileSystem.kind(of: path) == .folder)
        Temporaries.remove(path)
        #expect(FileSystem.kind(of: folder.path("a")) == .missing)

        try FileSystem.makeTemporaryFolder(path, for: folder.path("a/b/case"))
        try FileSystem.write("x", toPart: path + "/file", of: "file")
        Temporaries.keep(path) { #expect(FileSystem.rename(path, to: folder.path("a/b/case"))) }
        Temporaries.remove(path)
        #expect(try FileSystem.names(in: folder.path("a/b/case")) == ["file"])
    }

    @Test("where names are exchanged, the earlier folder stays temporary")
    func exchange() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("tmp"), final = folder.path("final")
        for (name, text) in [(path, "new"), (final, "old")] {
            try FileSystem.makeTemporaryFolder(name, for: name)
            try FileSystem.write(text, toPart: name + "/" + text, of: text)
        }
        Temporaries.keep(path, isExchanged: true) { #expect(FileSystem.exchange(path, final)) }
        #expect(try FileSystem.names(in: final) == ["new"])
        Temporaries.remove(path)
        #expect(FileSystem.kind(of: path) == .missing)
        Temporaries.keep(final) {}
    }

    @Test("a file is replaced whole, through a link, and a device is written to as it is")
    func replacing() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", "old")
        let link = folder.path("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        try FileSystem.write("new", toFile: link)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
        #expect(try FileSystem.names(in: folder.url.path) == ["file", "link"])
        let full = #expect(throws: InputError.self) { try FileSystem.write("x", toFile: "/dev/full") }
        #expect(full?.kind == .io)
        #expect(
            full?.description
                == "/dev/full: writing failed: No space left on device. Make room or check the disk; nothing was left behind."
        )
        #expect(FileSystem.kind(of: "/dev/full") == .stream)
        for path in [folder.url.path, folder.path("none/file")] {
            let error = #expect(throws: InputError.self) { try FileSystem.write("x", toFile: path) }
            #expect(error?.kind == .output)
        }
    }

    @Test("kinds of paths")
    func kinds() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("file", "x")
        let fifo = folder.path("fifo")
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(FileSystem.kind(of: file) == .file)
        #expect(FileSystem.kind(of: folder.url.path) == .folder)
        #expect(FileSystem.kind(of: fifo) == .stream)
        #expect(FileSystem.kind(of: "/dev/null") == .stream)
        #expect(FileSystem.kind(of: file + "/x") == .missing)
        #expect(FileSystem.kind(of: folder.path("none")) == .missing)
    }

    @Test("a writer that fails to make an index, or is let go, leaves nothing")
    func writer() throws {
        let folder = try TemporaryFolder()
        let header = "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        let writer = try VariantWriter(path: folder.path("a.vcf.gz"), format: .vcfGzip, headerText: header)
        for position in [20, 10] { try writer.write(line: Array("1\t\(position)\t.\tA\tC\t.\t.\t.".utf8)) }
        #expect(throws: InputError.self) { try writer.close(makesIndex: true) }
        #expect(try FileSystem.names(in: folder.url.path).isEmpty)
        do {
            let other = try VariantWriter(path: folder.path("b.vcf"), format: .vcf, headerText: header)
            #expect(try FileSystem.names(in: folder.url.path).count == 1)
            withExtendedLifetime(other) {}
        }
        #expect(try FileSystem.names(in: folder.url.path).isEmpty)
    }
}

@Suite("Identity of files")
struct FileIdentityTests {
    @Test("a file at rest is the same, and each change is named")
    func changes() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("calls.vcf", "one\n")
        let identity = try FileIdentity(path: path, name: "calls.vcf")
        try identity.check()
        func problem() -> String? {
            let error = #expect(throws: InputError.self) { try identity.check() }
            #expect(error?.kind == .io && error?.file == "calls.vcf")
            return error?.problem
        }
        let start = "the file changed while it was read: "
        try Data("one\ntwo\n".utf8).write(to: URL(filePath: path))
        #expect(problem() == start + "it had 4 bytes at the start and has 8 now")
        try Data("ONE\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
        #expect(problem() == start + "it was written to")
        #expect(rename(try folder.write("other", "one\n"), path) == 0)
        #expect(problem() == start + "another file has its name now")
        #expect(unlink(path) == 0)
        #expect(problem() == start + "it is gone")
        let error = #expect(throws: InputError.self) { try FileIdentity(path: path) }
        #expect(error?.kind == .missing)
    }
}
