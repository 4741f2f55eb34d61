import NacosWire
import RegistryModel

/// How one entry of the switches stands in JSON.
enum SwitchField {
  case bool(WritableKeyPath<Switches, Bool>)
  case number(WritableKeyPath<Switches, Int64>)
  case count(WritableKeyPath<Switches, Int>)
  case fraction(WritableKeyPath<Switches, Float>)
  case text(WritableKeyPath<Switches, String>)
  case optionalText(WritableKeyPath<Switches, String?>)
  case texts(WritableKeyPath<Switches, [String]>)
  case optionalTexts(WritableKeyPath<Switches, [String]?>)
  case counts(WritableKeyPath<Switches, [String: Int]>)
  case bounds(WritableKeyPath<Switches, Switches.CheckBounds>)

  func write(_ switches: Switches, to writer: inout JSONWriter) {
    switch self {
    case .bool(let path): writer.bool(switches[keyPath: path])
    case .number(let path): writer.integer(switches[keyPath: path])
    case .count(let path): writer.integer(switches[keyPath: path])
    case .fraction(let path): writer.double(Double(switches[keyPath: path]))
    case .text(let path): writer.string(switches[keyPath: path])
    case .optionalText(let path):
      if let text = switches[keyPath: path] { writer.string(text) } else { writer.null() }
    case .texts(let path): Self.write(switches[keyPath: path], to: &writer)
    case .optionalTexts(let path):
      if let texts = switches[keyPath: path] { Self.write(texts, to: &writer) } else { writer.null() }
    case .counts(let path): Self.write(switches[keyPath: path], to: &writer)
    case .bounds(let path): Self.write(switches[keyPath: path], to: &writer)
    }
  }

  /// False when the value is not one of this field.
  func read(_ json: JSONValue, into switches: inout Switches) -> Bool {
    switch self {
    case .bool(let path): Self.set(&switches[keyPath: path], json.bool)
    case .number(let path): Self.set(&switches[keyPath: path], json.integer)
    case .count(let path): Self.set(&switches[keyPath: path], json.integer.map(Int.init))
    case .fraction(let path): Self.set(&switches[keyPath: path], json.number.map(Float.init))
    case .text(let path): Self.set(&switches[keyPath: path], json.string)
    case .optionalText(let path): json.isNull || Self.set(&switches[keyPath: path], json.string.map(Optional.some))
    case .texts(let path): Self.set(&switches[keyPath: path], Self.texts(json))
    case .optionalTexts(let path): json.isNull || Self.set(&switches[keyPath: path], Self.texts(json).map(Optional.some))
    case .counts(let path): Self.set(&switches[keyPath: path], Self.counts(json))
    case .bounds(let path): Self.set(&switches[keyPath: path], Self.bounds(json))
    }
  }

  private static func set<Value>(_ place: inout Value, _ value: Value?) -> Bool {
    guard let value else { return false }
    place = value
    return true
  }
}

// The entries that are more than one value.
extension SwitchField {
  private static func write(_ texts: [String], to writer: inout JSONWriter) {
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }

  private static func texts(_ json: JSONValue) -> [String]? {
    guard json.kind == .array else { return nil }
    let texts = json.elements.map(\.string)
    return texts.contains(nil) ? nil : texts.compactMap { $0 }
  }

  private static func write(_ counts: [String: Int], to writer: inout JSONWriter) {
    writer.beginObject()
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      writer.key(key)
      writer.integer(count)
    }
    writer.endObject()
  }

  private static func counts(_ json: JSONValue) -> [String: Int]? {
    guard json.kind == .object else { return nil }
    var counts: [String: Int] = [:]
    for (key, value) in json.members {
      guard let count = value.integer else { return nil }
      counts[key] = Int(count)
    }
    return counts
  }

  private static func write(_ bounds: Switches.CheckBounds, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("max", bounds.max)
    writer.member("min", bounds.min)
    writer.member("factor", bounds.factor)
    writer.endObject()
  }

  private static func bounds(_ json: JSONValue) -> Switches.CheckBounds? {
    guard let max = json["max"]?.integer, let min = json["min"]?.integer, let factor = json["factor"]?.number else {
      return nil
    }
    return Switches.CheckBounds(max: Int(max), min: Int(min), factor: factor)
  }
}
