/// An answer as a client reads it.
struct Reply: Equatable {
  var status: Int
  /// Names in small letters.
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The answer at the start of `bytes` and how many bytes it has; nil if it is not complete.
  /// - Parameter isAll: no more will come, so a body without a length is complete.
  static func parse(_ bytes: [UInt8], hasBody: Bool, isAll: Bool = false) -> (Reply, Int)? {
    guard let headEnd = find([13, 10, 13, 10], in: bytes[...]) else { return nil }
    let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
    var reply = Reply(status: Int(lines[0].split(separator: " ")[1]) ?? 0)
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      reply.headers[parts[0].lowercased()] = parts[1].trimmingPrefix(" ").description
    }
    let start = headEnd + 4
    if !hasBody || reply.status / 100 == 1 || reply.status == 204 || reply.status == 304 { return (reply, start) }
    if reply.headers["transfer-encoding"] == "chunked" {
      guard let (body, used) = joinChunks(bytes[start...]) else { return nil }
      reply.body = body
      return (reply, used)
    }
    guard let length = reply.headers["content-length"].flatMap({ Int($0) }) else {
      reply.body = Array(bytes[start...])
      return isAll ? (reply, bytes.count) : nil
    }
    guard bytes.count - start >= length else { return nil }
    reply.body = Array(bytes[start..<(start + length)])
    return (reply, start + length)
  }

  private static func joinChunks(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Int)? {
    var body: [UInt8] = []
    var rest = bytes
    while let lineEnd = find([13, 10], in: rest) {
      guard let size = Int(String(decoding: rest[..<lineEnd], as: UTF8.self), radix: 16) else { return nil }
      let start = lineEnd + 2
      guard bytes.endIndex - start >= size + 2 else { return nil }
      body += bytes[start..<(start + size)]
      rest = bytes[(start + size + 2)...]
      if size == 0 { return (body, rest.startIndex) }
    }
    return nil
  }

  private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    return (bytes.startIndex...(bytes.endIndex - pattern.count)).first { bytes[$0..<($0 + pattern.count)].elementsEqual(pattern) }
  }
}
