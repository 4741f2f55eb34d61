// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target: arrows between targets are the compiler's business, and a warning is an error.
let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A header of what Swift cannot see of one C or C++ library, imported by exactly one target of ours.
func shim(_ name: String, links: [String] = []) -> Target {
  .target(name: name, path: "Sources/Shims/\(name)", linkerSettings: links.map { .linkedLibrary($0) })
}

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

func test(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: swift)
}

let package = Package(
  name: "muster",
  products: [
    .executable(name: "muster", targets: ["muster"]),
    .executable(name: "muster-bench", targets: ["muster-bench"]),
  ],
  targets: [
    shim("CEvent", links: ["event_core", "ssl", "crypto"]),
    shim("CHTTPParser"),
    shim("CCurl"),
    shim("CSQLite", links: ["sqlite3"]),
    shim("CJSON", links: ["simdjson"]),
    shim("CZlib", links: ["z"]),
    shim("CCrypto", links: ["crypto"]),
    shim("CPassword", links: ["crypt"]),
    shim("CTOML"),
    shim("CRegex", links: ["pcre2-8"]),
    shim("CWidth"),
    shim("CNcurses", links: ["ncursesw", "tinfo"]),
    shim("CSystem"),

    library("RegistryModel"),
    library("RegistryEngine", ["RegistryModel"]),
    library("NacosWire", ["RegistryModel", "CJSON", "CZlib", "CCrypto"]),
    library("RegistryStore", ["RegistryModel", "NacosWire", "CSQLite"]),
    library("EventLoop", ["CEvent", "CHTTPParser"]),
    library("HTTPTransport", ["CCurl"]),
    library("RegistryServer", ["RegistryModel", "RegistryEngine", "NacosWire", "RegistryStore", "EventLoop", "CPassword"]),
    library("RegistryClient", ["RegistryModel", "NacosWire", "EventLoop", "HTTPTransport"]),
    library("Console", ["RegistryModel", "CTOML", "CRegex", "CWidth"]),
    library("ConsoleTerminal", ["RegistryModel", "Console", "CNcurses"]),
    library("DemoFleet", ["RegistryModel", "NacosWire", "EventLoop", "HTTPTransport"]),
    .executableTarget(
      name: "muster",
      dependencies: [
        "RegistryModel", "RegistryEngine", "NacosWire", "RegistryStore", "EventLoop", "HTTPTransport", "RegistryServer",
        "RegistryClient", "Console", "ConsoleTerminal", "DemoFleet", "CSystem",
      ],
      swiftSettings: swift,
      // Swift's own libraries become part of the program: a third of a start was finding and relocating them.
      linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))]),
    .executableTarget(
      name: "muster-bench", swiftSettings: swift),

    .target(name: "CPseudoTerminal", path: "Tests/Support/CPseudoTerminal"),
    .target(
      name: "TestSupport", dependencies: ["RegistryModel", "CPseudoTerminal"], path: "Tests/Support/TestSupport",
      swiftSettings: swift),
    .executableTarget(
      name: "TerminalDemo", dependencies: ["ConsoleTerminal", "Console", "RegistryModel"], path: "Tests/Support/TerminalDemo",
      swiftSettings: swift),
    .target(
      name: "SimulatedWorld", dependencies: ["RegistryEngine", "RegistryModel", "TestSupport"],
      path: "Tests/Support/SimulatedWorld",
      swiftSettings: swift),
    .executableTarget(
      name: "muster-simulate", dependencies: ["SimulatedWorld"], path: "Tests/Support/Simulate", swiftSettings: swift),
    test("RegistryModelTests", ["RegistryModel"]),
    test("RegistryEngineTests", ["RegistryEngine", "RegistryModel", "TestSupport"]),
    test("SimulationTests", ["SimulatedWorld", "RegistryEngine", "RegistryModel"]),
    test("NacosWireTests", ["NacosWire", "RegistryModel", "TestSupport"]),
    .target(name: "CDiskFaults", path: "Tests/Support/CDiskFaults"),
    .executableTarget(
      name: "store-child", dependencies: ["RegistryStore", "RegistryModel", "TestSupport", "CDiskFaults"],
      path: "Tests/Support/StoreChild",
      swiftSettings: swift),
    test("RegistryStoreTests", ["RegistryStore", "RegistryEngine", "RegistryModel", "NacosWire", "TestSupport", "store-child"]),
    test("EventLoopTests", ["EventLoop", "TestSupport"]),
    test("HTTPTransportTests", ["HTTPTransport", "EventLoop", "TestSupport"]),
    test(
      "RegistryServerTests",
      [
        "RegistryServer", "RegistryEngine", "RegistryModel", "NacosWire", "RegistryStore", "EventLoop", "HTTPTransport",
        "TestSupport",
      ]),
    test(
      "RegistryClientTests",
      [
        "RegistryClient", "RegistryServer", "RegistryEngine", "RegistryModel", "NacosWire", "RegistryStore", "EventLoop",
        "HTTPTransport", "TestSupport",
      ]),
    test("ConsoleTests", ["Console", "RegistryModel", "TestSupport"]),
    test("ConsoleTerminalTests", ["ConsoleTerminal", "Console", "RegistryModel", "TestSupport", "TerminalDemo"]),
    test("DemoFleetTests", ["DemoFleet", "RegistryEngine", "RegistryModel"]),
    test("MusterTests", ["muster", "RegistryModel", "RegistryServer", "HTTPTransport", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// The decoders under libFuzzer: `Tests/Fuzz/run.sh` builds them, with flags that nothing else is built with.
if Context.environment["MUSTER_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "muster-fuzz", dependencies: ["NacosWire", "RegistryStore", "RegistryModel"], path: "Tests/Fuzz/Entries",
      swiftSettings: swift))
}
