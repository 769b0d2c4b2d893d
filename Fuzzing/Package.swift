// swift-tools-version: 6.2
import PackageDescription

// Built by scripts/test fuzz with -sanitize=fuzzer for every module, so that libFuzzer sees the branches of all of them.
let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "wgs-annotate", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: ["CFuzzer", .product(name: "WGSAnnotateModules", package: "wgs-annotate")],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    ]
)
