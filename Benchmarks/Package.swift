// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "wgs-annotate", path: "..")],
    targets: [
        .executableTarget(
            name: "scan", dependencies: [.product(name: "WGSAnnotateModules", package: "wgs-annotate")],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
    ]
)
