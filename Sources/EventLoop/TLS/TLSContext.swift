import CEvent
import Synchronization

/// A certificate chain and its key, read from PEM files, for servers of TLS 1.2 and 1.3.
public final class TLSContext: Sendable {
  /// Files that cannot be used, with OpenSSL's reason.
  public struct LoadError: Error, Hashable, Sendable, CustomStringConvertible {
    public var certificateFile: String
    public var keyFile: String
    public var reason: String
    public var description: String { "cannot use \(certificateFile) with the key \(keyFile): \(reason)" }
  }

  /// Sendable because the pointer does not change, and what it points to is not changed after it was loaded;
  /// OpenSSL counts its references with atomic operations.
  private final class Handle: @unchecked Sendable {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { SSL_CTX_free(pointer) }
  }

  private let certificateFile: String
  private let keyFile: String
  private let handle: Mutex<Handle>

  public init(certificateFile: String, keyFile: String) throws(LoadError) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    handle = Mutex(try Self.load(certificateFile, keyFile))
  }

  /// Reads the files again. Connections that are open keep what they have; if the files cannot be used, new ones keep it too.
  public func reload() throws(LoadError) {
    let fresh = try Self.load(certificateFile, keyFile)
    handle.withLock { $0 = fresh }
  }

  /// A new session on an accepted socket; nil when there is no memory.
  func session(descriptor: Int32) -> TLSSession? {
    let current = handle.withLock { $0 }
    return TLSSession(context: current.pointer, descriptor: descriptor)
  }

  private static func load(_ certificateFile: String, _ keyFile: String) throws(LoadError) -> Handle {
    ERR_clear_error()
    guard let pointer = cevent_tls_context(certificateFile, keyFile) else {
      let reason = TLSSession.takeErrorText()
      throw LoadError(certificateFile: certificateFile, keyFile: keyFile, reason: reason)
    }
    return Handle(pointer)
  }
}
