import Foundation

/// Where outside data for tests lies: `$WGS_TEST_DATA`, by default `../shared/data` beside the checkout.
public enum TestData {
    /// The folder, or nil if it is not there.
    public static let folder: URL? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = ProcessInfo.processInfo.environment["WGS_TEST_DATA"]
        let folder = path.map { URL(filePath: $0) } ?? root.appending(path: "../shared/data").standardized
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Whether tests that need it run; with `CI=true` they always do, and fail where the data is missing.
    public static var isAvailable: Bool {
        if folder == nil, ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        return folder != nil
    }

    /// The path of a file in that folder.
    public static func path(_ name: String) -> String {
        (folder ?? URL(filePath: "missing-test-data")).appending(path: name).path
    }

    /// The checkout.
    public static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()
}
