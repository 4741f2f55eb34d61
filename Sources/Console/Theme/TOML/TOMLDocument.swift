import CTOML

/// Reads TOML documents.
package enum TOMLDocument {
  /// No file of settings is larger.
  package static let byteLimit = 64 << 10

  /// The root table of a document. Throws for what is no TOML, no UTF-8, nested too deeply or larger than `byteLimit`.
  package static func parse(_ bytes: [UInt8]) throws(TOMLError) -> TOMLNode {
    guard bytes.count <= byteLimit else {
      throw TOMLError(place: TOMLPlace(line: 1, column: 1), message: "larger than \(byteLimit >> 10) KiB")
    }
    guard TOMLDots.count(in: bytes) <= TOMLDots.limit else {
      throw TOMLError(place: TOMLPlace(line: 1, column: 1), message: "more than \(TOMLDots.limit) dots in keys and numbers")
    }
    let builder = TOMLBuilder()
    var error = ctoml_error()
    let result = bytes.withUnsafeBytes { buffer in
      ctoml_walk(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, Unmanaged.passUnretained(builder).toOpaque(),
        { context, event in
          guard let context, let event else { return }
          Unmanaged<TOMLBuilder>.fromOpaque(context).takeUnretainedValue().visit(event.pointee)
        }, &error)
    }
    guard result == 0, let root = builder.root else {
      let message = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw TOMLError(place: TOMLPlace(line: Int(error.line), column: Int(error.column)), message: message)
    }
    return root
  }
}

/// Puts the nodes of a document together from the steps of the walk through it.
private final class TOMLBuilder {
  /// A table or array whose end has not been seen. Both collections grow in place: inside of an enum they would be copied.
  private struct Container {
    var key: String?
    var place: TOMLPlace
    var isTable: Bool
    var table: [String: TOMLNode] = [:]
    var array: [TOMLNode] = []
  }

  private var open: [Container] = []
  private(set) var root: TOMLNode?

  func visit(_ event: ctoml_event) {
    let key = text(event.key, event.key_length)
    let place = TOMLPlace(line: Int(event.line), column: Int(event.column))
    switch event.kind {
    case CTOML_TABLE: open.append(Container(key: key, place: place, isTable: true))
    case CTOML_ARRAY: open.append(Container(key: key, place: place, isTable: false))
    case CTOML_END: close()
    default: add(TOMLNode(value: scalar(event), place: place), key: key)
    }
  }

  private func scalar(_ event: ctoml_event) -> TOMLNode.Value {
    switch event.kind {
    case CTOML_STRING: .string(text(event.text, event.text_length) ?? "")
    case CTOML_INTEGER: .integer(event.integer)
    case CTOML_REAL: .real(event.real)
    case CTOML_BOOLEAN: .boolean(event.integer != 0)
    default: .time
    }
  }

  private func close() {
    guard let container = open.popLast() else { return }
    let value: TOMLNode.Value = container.isTable ? .table(container.table) : .array(container.array)
    add(TOMLNode(value: value, place: container.place), key: container.key)
  }

  private func add(_ node: TOMLNode, key: String?) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    if let key, open[last].isTable {
      open[last].table[key] = node
    } else {
      open[last].array.append(node)
    }
  }

  private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String? {
    start.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: length), as: UTF8.self) }
  }
}
