/// Where values are written to as they come. Containers are not told when they end, so each write closes whatever was
/// opened inside since.
final class JSONSink {
  enum Container { case object, array }

  private var writer: JSONWriter
  private var open: [Container] = []
  private var error: JSONError?
  /// Counts values, to notice one that wrote nothing of itself.
  private(set) var count = 0

  init(capacity: Int) { writer = JSONWriter(capacity: capacity) }

  var level: Int { open.count }

  /// Opens a container as the next value; the level inside it.
  func begin(_ container: Container) -> Int {
    count += 1
    if container == .object { writer.beginObject() } else { writer.beginArray() }
    open.append(container)
    return open.count
  }

  /// Closes what is open beyond `level`.
  func close(to level: Int) {
    if open.count < level, error == nil { error = JSONError(reason: "a container was written to after its end") }
    while open.count > level {
      if open.removeLast() == .object { writer.endObject() } else { writer.endArray() }
    }
  }

  func key(_ name: String) { writer.key(name) }

  func write(_ body: (inout JSONWriter) -> Void) {
    count += 1
    body(&writer)
  }

  func finish() throws(JSONError) -> [UInt8] {
    close(to: 0)
    if let error { throw error }
    return writer.bytes
  }
}
