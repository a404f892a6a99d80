// swift-tools-version: 6.2
// How fast CSV becomes typed columns. Shares the sources of two rooms by link, because their access is `package`.
//   swift run -c release csv-benchmark [FILE.csv ...]
import PackageDescription

let package = Package(
  name: "csv-benchmark",
  targets: [
    .target(name: "Diagnostics"),
    .target(name: "Tables", dependencies: ["Diagnostics"]),
    .executableTarget(name: "csv-benchmark", dependencies: ["Diagnostics", "Tables"]),
  ],
  swiftLanguageModes: [.v6]
)
