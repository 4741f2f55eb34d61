import CJSON

/// A JSON text that has been read (RFC 8259, by simdjson). Its values keep it alive.
public struct JSONDocument {
  /// Deeper texts are refused: nothing that speaks this protocol nests further.
  public static let deepest = 64

  final class Storage {
    let handle: OpaquePointer
    init(handle: OpaquePointer) { self.handle = handle }
    deinit { cjson_close(handle) }
  }

  private let storage: Storage

  /// Fails with a sentence of simdjson's when the bytes are no single JSON text in UTF-8. The bytes are not needed any
  /// more once this returns.
  public init(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
    var reason: UnsafePointer<CChar>?
    let start = bytes.bindMemory(to: UInt8.self).baseAddress
    guard let start, let handle = cjson_open(start, bytes.count, Self.deepest, &reason) else {
      throw JSONError(reason: reason.map { String(cString: $0) } ?? "no JSON found")
    }
    storage = Storage(handle: handle)
  }

  public init(_ bytes: [UInt8]) throws(JSONError) {
    self = try bytes.withUnsafeBytes { Self.read($0) }.get()
  }

  public init(_ text: String) throws(JSONError) {
    var text = text
    self = try text.withUTF8 { Self.read(UnsafeRawBufferPointer($0)) }.get()
  }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<JSONDocument, JSONError> {
    Result { () throws(JSONError) in try JSONDocument(bytes) }
  }

  public var root: JSONValue { JSONValue(document: storage, place: cjson_root(storage.handle)) }
}

/// Why a text is not JSON.
public struct JSONError: Error, Hashable, Sendable {
  /// A sentence for people.
  public var reason: String

  public init(reason: String) { self.reason = reason }
}
