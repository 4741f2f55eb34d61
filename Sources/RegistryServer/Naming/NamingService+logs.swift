import EventLoop
import NacosWire
import RegistryModel

/// How much is logged (naming-server-v1 1.6.9, 1.13). Nacos has a log for each of its parts; ours has one, which each of
/// their names stands for.
extension NamingService {
  private static let names: Set<String> = [
    "naming-push", "naming-rt", "naming-server", "naming-event", "naming-raft", "naming-distro", "naming-performance",
    "core-auth", "core", "core-raft", "core-distro", "core-cluster",
  ]

  /// 1.6.9
  func setLogLevel(_ call: borrowing Call) throws(Refusal) -> Outcome {
    try adjustLog(call)
    return .reply(.ok)
  }

  /// 1.13, which answers so.
  func setCoreLogLevel(_ call: borrowing Call) throws(Refusal) -> Outcome {
    try adjustLog(call)
    return .reply(.text("200"))
  }

  private func adjustLog(_ call: borrowing Call) throws(Refusal) {
    let name = try call.parameters.argument("logName")
    let text = try call.parameters.argument("logLevel")
    guard let level = Self.level(text) else {
      throw .illegal("a log level is one of TRACE, DEBUG, INFO, WARN, ERROR and OFF, not \(text.prefix(64))")
    }
    guard Self.names.contains(name) else { return }
    log.level = level
    // At whatever level: who looks for lines that are not there finds why.
    log.write(level, "log level", [("level", level.rawValue), ("by", call.sender.peer.description)])
  }

  private static func level(_ text: String) -> LogLevel? {
    switch text.lowercased() {
    case "all", "trace", "debug": .debug
    case "info": .info
    case "warn", "warning": .warning
    case "error", "off": .error
    default: nil
    }
  }
}
