// swift-tools-version: 6.2
// Where names go, against ggrepel on the same boxes: see README.md. Shares sources by link, because their access is `package`.
import PackageDescription

let package = Package(
  name: "label-benchmark",
  targets: [
    .target(name: "Graphics"),
    .target(name: "Statistics"),
    .target(name: "Labels", dependencies: ["Graphics", "Statistics"]),
    .executableTarget(name: "label-benchmark", dependencies: ["Graphics", "Labels", "Statistics"]),
  ],
  swiftLanguageModes: [.v6]
)
