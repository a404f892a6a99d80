// swift-tools-version: 6.2
// Writes the tables of the example study; no part of the program.
import PackageDescription

let package = Package(
  name: "ExampleData",
  targets: [
    .executableTarget(name: "ExampleData", swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
