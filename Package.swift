// swift-tools-version: 6.2
// The manifest is the architecture: one line a room, a room imports only rooms named on its line
// (`make test` builds with the import check on). ARCHITECTURE.md draws the same picture.
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// - Parameter isNumeric: Optimised in debug builds, too: the inner loops of statistics are a hundred times slower otherwise, and
///   tests on real data would take minutes.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = [], isNumeric: Bool = false
) -> Target {
  let fast: [SwiftSetting] = isNumeric ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []
  return .target(name: name, dependencies: dependencies, swiftSettings: strict + fast, plugins: plugins)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, path: "Tests/\(name)Tests",
    exclude: testData[name] ?? [], swiftSettings: strict)
}

/// Folders beside the tests that hold data, read by path and not compiled.
let testData: [String: [String]] = [
  "Statistics": ["Reference"], "ValueModels": ["Reference"], "Figures": ["Goldens"], "Publishing": ["Broken", "Sites"],
]

let package = Package(
  name: "valuemap",
  products: [.executable(name: "valuemap", targets: ["valuemap"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // Rooms, left to right.
    room("Diagnostics"),
    room("Settings", ["Diagnostics"]),
    room("Formats"),
    room("Tables", ["Diagnostics"]),
    room("Statistics", ["COpenBLAS", "CBoostMath"], isNumeric: true),
    room("ValueModels", ["Diagnostics", "Settings", "Tables", "Statistics"]),
    room("Graphics"),
    room("Figures", ["Graphics", "Formats", "Statistics", "ValueModels"]),
    room("CairoGraphics", ["Graphics", "Diagnostics", "CPangoCairo", "CDeflate"]),
    room("Markup", ["Diagnostics", "Settings", "CCmarkGFM", "CLibYAML"]),
    room(
      "Pages",
      [
        "Diagnostics", "Settings", "Formats", "ValueModels", "Graphics", "Figures", "Markup", "CXXHash",
        .product(name: "Mustache", package: "swift-mustache"),
      ], plugins: ["EmbedTemplates"]),
    room(
      "Publishing",
      [
        "Diagnostics", "Settings", "Formats", "Tables", "ValueModels", "Graphics", "Figures",
        "CairoGraphics", "Markup", "Pages", "CXXHash", "CGLib", "CLinux", "CDeflate", "CCurl",
      ]),
    room("Preview", ["Diagnostics", "Publishing", "CCivetweb"]),
    .executableTarget(
      name: "valuemap",
      dependencies: [
        "Diagnostics", "Settings", "ValueModels", "Pages", "Publishing", "Preview",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // The built-in templates, written into the program.
    .plugin(name: "EmbedTemplates", capability: .buildTool(), dependencies: ["embed-templates"]),
    .executableTarget(name: "embed-templates", path: "Sources/embed-templates", swiftSettings: strict),

    // C libraries.
    .systemLibrary(name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(
      name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CGLib", pkgConfig: "glib-2.0", providers: [.apt(["libglib2.0-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CCivetweb", providers: [.apt(["libcivetweb-dev"])]),
    .target(name: "COpenBLAS"),
    .target(name: "CCurl"),
    .target(name: "CBoostMath", linkerSettings: [.linkedLibrary("m")]),

    tests("Diagnostics", ["Diagnostics"]),
    tests("Settings", ["Settings", "Diagnostics"]),
    tests("Formats", ["Formats"]),
    tests("Tables", ["Tables", "Diagnostics"]),
    tests("Statistics", ["Statistics"]),
    tests("ValueModels", ["ValueModels", "Settings", "Tables", "Statistics", "Diagnostics"]),
    tests("Graphics", ["Graphics"]),
    tests("Figures", ["Figures", "Graphics", "Formats", "Statistics", "ValueModels"]),
    tests("CairoGraphics", ["CairoGraphics", "Graphics", "Diagnostics"]),
    tests("Markup", ["Markup", "Settings", "Diagnostics"]),
    tests("Pages", ["Pages", "Diagnostics", "Settings", "Formats", "ValueModels", "Graphics", "Figures", "Markup"]),
    tests("Publishing", ["Publishing", "Pages", "Diagnostics", "Tables", "ValueModels"]),
    tests("Preview", ["Preview", "Publishing", "Diagnostics"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
