import Glibc

/// A call of the system that failed: what was tried, and the errno that says why.
public struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried, in the infinitive: "listen on 127.0.0.1:8848".
  public var operation: String
  /// An errno.
  public var code: Int32

  public init(operation: String, code: Int32) {
    self.operation = operation
    self.code = code
  }

  /// Somebody else has the address.
  public var isAddressInUse: Bool { code == EADDRINUSE }

  public var description: String {
    "cannot \(operation): \(Self.text(of: code))"
  }

  static func text(of code: Int32) -> String {
    String(cString: strerror(code))
  }
}
