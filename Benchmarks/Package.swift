// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]
let modules: Target.Dependency = .product(name: "WGSAnnotateModules", package: "wgs-annotate")

let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "wgs-annotate", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(name: "scan", dependencies: [modules], swiftSettings: settings),
        .executableTarget(
            name: "Decoding", dependencies: [modules, .product(name: "Benchmark", package: "benchmark")],
            path: "Benchmarks/Decoding", swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
