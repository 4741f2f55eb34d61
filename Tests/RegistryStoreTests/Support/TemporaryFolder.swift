import Foundation

/// A folder of a test's own, gone when the test is.
final class TemporaryFolder: Sendable {
  enum Place {
    /// Where synchronising costs nothing, if there is such a place.
    case memory
    case disk
  }

  let path: String

  init(_ place: Place = .memory) throws {
    let parent = place == .memory && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
    var template = Array((parent as NSString).appendingPathComponent("muster-store-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  func file(_ name: String) -> String { path + "/" + name }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
