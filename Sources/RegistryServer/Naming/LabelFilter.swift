import NacosWire
import RegistryModel

/// The `selector` of a list of services (naming-server-v1 1.2.5): `INSTANCE.metadata.k = 'v'` keeps services with such an
/// instance, `SERVICE.metadata.k = 'v'` those with such metadata of their own.
struct LabelFilter {
  private enum Side { case instance, service }

  private let side: Side
  private let key: String
  private let value: String

  /// Nil where it filters nothing: another type, an empty expression, or one about something else.
  init?(_ text: String) throws(Refusal) {
    let root: JSONValue
    do {
      root = try JSONDocument(text).root
    } catch {
      throw .illegal("selector is not JSON: \(error.reason)")
    }
    let type = try SelectorText.type(of: root)
    guard let expression = root["expression"]?.string else { throw .illegal("selector has no expression") }
    let packed = String(expression.filter { !$0.isWhitespace })
    if type != .label || packed.isEmpty { return nil }
    let sides = packed.split(separator: "=", omittingEmptySubsequences: false)
    let factors = sides[0].split(separator: ".", omittingEmptySubsequences: false)
    switch factors.first {
    case "INSTANCE": side = .instance
    case "SERVICE": side = .service
    default: return nil
    }
    guard sides.count > 1, !sides[1].isEmpty, let last = factors.last else {
      throw .illegal("selector has no expression like INSTANCE.metadata.k = 'v': \(expression)")
    }
    key = String(last)
    value = String(sides[1].filter { $0 != "'" })
  }

  func matches(_ service: Service) -> Bool {
    switch side {
    case .service: service.settings.metadata[key] == value
    case .instance: service.instances.contains { $0.metadata[key] == value }
    }
  }
}
