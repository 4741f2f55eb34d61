public import RegistryModel

extension ClientAgent {
  /// Whether a client of this kind and version is pushed to, as the switches stand.
  public func isPushed(with switches: Switches) -> Bool {
    guard switches.pushEnabled else { return false }
    switch kind {
    case .java: return version >= Version(switches.pushJavaVersion)
    // Nacos itself compares the DNS agent with Python's version.
    case .dns: return version >= Version(switches.pushPythonVersion)
    case .c: return version >= Version(switches.pushCVersion)
    case .go: return version >= Version(switches.pushGoVersion)
    case .cSharp: return version >= Version(switches.pushCSharpVersion)
    case .javaSDK, .server, .nginx, .unknown: return false
    }
  }
}
