// swift-tools-version: 6.2
// A perceptual map, laid out and painted, against other software on the same points: see README.md.
// Shares sources by link, because their access is `package`.
import PackageDescription

let package = Package(
  name: "figure-benchmark",
  targets: [
    .target(name: "Diagnostics"),
    .target(name: "Settings", dependencies: ["Diagnostics"]),
    .target(name: "Formats"),
    .target(name: "Tables", dependencies: ["Diagnostics"]),
    .target(name: "Statistics", dependencies: ["COpenBLAS", "CBoostMath"]),
    .target(name: "ValueModels", dependencies: ["Diagnostics", "Settings", "Tables", "Statistics"]),
    .target(name: "Graphics"),
    .target(name: "Figures", dependencies: ["Graphics", "Formats", "Statistics", "ValueModels"]),
    .target(name: "CairoGraphics", dependencies: ["Graphics", "Diagnostics", "CPangoCairo", "CDeflate"]),
    .systemLibrary(name: "CPangoCairo", pkgConfig: "pangocairo"),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate"),
    .target(name: "COpenBLAS"),
    .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(
      name: "figure-benchmark",
      dependencies: ["Statistics", "ValueModels", "Formats", "Graphics", "Figures", "CairoGraphics"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
