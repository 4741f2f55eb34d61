import Glibc
public import RegistryModel

/// Spring's error page as JSON: what filters answer, before a handler was found (naming-server-v1 0.4, F‹code›).
public enum ErrorDocument {
  /// - Parameters:
  ///   - error: the reason phrase of `status`.
  ///   - message: nil is written as an empty text.
  ///   - path: of the request, without the query.
  public static func text(status: Int, error: StaticString, message: String, path: String, at time: WallTime) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("timestamp", timestamp(time))
    writer.member("status", status)
    writer.member("error", constant: error)
    writer.member("message", message)
    writer.member("path", path)
    writer.endObject()
    return writer.bytes
  }

  /// `2024-01-01T00:00:00.000+00:00`
  public static func timestamp(_ time: WallTime) -> String {
    var seconds = time_t(time.milliseconds / 1_000)
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "" }
    let date = "\(padded(parts.tm_year + 1_900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
    let clock = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
    return "\(date)T\(clock).\(padded(Int32(time.milliseconds % 1_000), 3))+00:00"
  }

  private static func padded(_ number: Int32, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
