/// Elements of one line, gathered until the line has its size.
struct StreamGroup {
  private let name: StaticString
  private var json: [UInt8] = []

  init(_ name: StaticString) { self.name = name }

  var isFull: Bool { json.count >= StreamBounds.lineBytes }

  mutating func append(_ element: [UInt8]) {
    json.append(json.isEmpty ? UInt8(ascii: "[") : UInt8(ascii: ","))
    json += element
  }

  /// The line of what was gathered, nil when that is nothing; the next one begins empty.
  mutating func take() -> [UInt8]? {
    if json.isEmpty { return nil }
    defer { json = [] }
    return StreamLine.line(name, json: json + [UInt8(ascii: "]")])
  }
}
