// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
]

/// Values in, values out: no files, no clock, no C.
let pure: [SwiftSetting] = strict

/// May touch files, C and the terminal. Unsafe uses are spelled out and stay in HTS (`scripts/test` looks).
let edge: [SwiftSetting] = strict

let tests: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "wgs-annotate",
    products: [
        .executable(name: "wgs-annotate", targets: ["wgs-annotate"]),
        // For the packages in Benchmarks and Fuzzing.
        .library(
            name: "WGSAnnotateModules",
            targets: [
                "Biomarkers", "Cases", "Cohorts", "Consequences", "Genome", "HTS", "Knowledge", "Pipeline",
                "Reports", "Variants",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .target(name: "Genome", swiftSettings: pure),
        .target(name: "Variants", dependencies: ["Genome"], swiftSettings: pure),
        .target(name: "GeneModels", dependencies: ["Genome"], swiftSettings: pure),
        .target(
            name: "Consequences", dependencies: ["GeneModels", "Genome", "Variants"], swiftSettings: pure),
        .target(
            name: "Biomarkers", dependencies: ["Consequences", "Genome", "Variants"], swiftSettings: pure),
        .target(
            name: "Knowledge", dependencies: ["Consequences", "Genome", "Variants"], swiftSettings: pure),
        .target(
            name: "Cases", dependencies: ["Biomarkers", "Consequences", "Genome", "Knowledge", "Variants"],
            swiftSettings: pure),
        .target(name: "Cohorts", dependencies: ["Cases", "Knowledge"], swiftSettings: pure),
        .target(
            name: "Reports",
            dependencies: [
                "Biomarkers", "Cases", "Cohorts", "Consequences", "Genome", "Knowledge", "Variants",
            ], swiftSettings: pure),
        .systemLibrary(
            name: "CHTS", pkgConfig: "htslib", providers: [.apt(["libhts-dev", "zlib1g-dev", "pkg-config"])]),
        .target(name: "HTS", dependencies: ["CHTS", "Genome", "Variants"], swiftSettings: edge),
        .target(
            name: "Pipeline",
            dependencies: [
                "Biomarkers", "Cases", "Cohorts", "Consequences", "GeneModels", "Genome", "HTS", "Knowledge",
                "Reports", "Variants",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ], swiftSettings: edge),
        .executableTarget(
            name: "wgs-annotate",
            dependencies: [
                "Biomarkers", "Cases", "Cohorts", "Consequences", "Genome", "HTS", "Knowledge", "Pipeline",
                "Reports",
                "Variants",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: edge),
        .target(
            name: "TestSupport", dependencies: ["Genome", "Variants"], path: "Tests/TestSupport",
            swiftSettings: tests),
        test("Genome"),
        test("Variants"),
        test("GeneModels", ["Genome"]),
        test("Consequences", ["GeneModels", "Genome", "Variants"]),
        test("Biomarkers", ["Consequences", "Genome", "Variants"]),
        test("Knowledge", ["Consequences", "Genome", "Variants"]),
        test("Cases", ["Biomarkers", "Consequences", "Genome", "Knowledge", "Variants"]),
        test("Cohorts", ["Cases", "Knowledge"]),
        test("Reports", ["Biomarkers", "Cases", "Cohorts", "Genome", "Knowledge", "Variants"]),
        test("HTS", ["Genome", "Variants"]),
        test("Pipeline", ["Cases", "Consequences", "GeneModels", "Genome", "HTS", "Knowledge", "Variants"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["Biomarkers", "TestSupport", "wgs-annotate"],
            exclude: ["Cases", "DIFFERENCES.md"], swiftSettings: tests),
    ]
)

/// The test target that mirrors one source target.
func test(_ name: String, _ more: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name), "TestSupport"] + more.map { .byName(name: $0) },
        swiftSettings: tests)
}
