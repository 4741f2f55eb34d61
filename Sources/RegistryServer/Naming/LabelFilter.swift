import NacosWire
import RegistryModel

/// The `selector` of a list of services (naming-server-v1 1.2.5): `INSTANCE.metadata.k = 'v'` keeps services with such an
/// instance, `SERVICE.metadata.k = 'v'` those with such metadata of their own.
struct LabelFilter {
  private enum Side { case instance, service }

  private let side: Side
  private let key: String
  private let value: String

  /// Nil where it filters nothing: another type, no expression, or one about something else.
  init?(_ text: String) throws(Refusal) {
    let root: JSONValue
    do {
      root = try JSONDocument(text).root
    } catch {
      throw .illegal("selector is not JSON: \(error.reason)")
    }
    guard root["type"]?.string == "label", let expression = root["expression"]?.string else { return nil }
    let packed = String(expression.filter { !$0.isWhitespace })
    if packed.isEmpty { return nil }
    let sides = packed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let factors = sides[0].split(separator: ".", omittingEmptySubsequences: false)
    guard sides.count == 2, sides[1].count >= 2, factors.count > 1, let last = factors.last else {
      throw .illegal("selector has no expression like INSTANCE.metadata.k = 'v': \(expression)")
    }
    switch factors[0] {
    case "INSTANCE": side = .instance
    case "SERVICE": side = .service
    default: return nil
    }
    key = String(last)
    value = String(sides[1].dropFirst().dropLast())
  }

  func matches(_ service: Service) -> Bool {
    switch side {
    case .service: service.settings.metadata[key] == value
    case .instance: service.instances.contains { $0.metadata[key] == value }
    }
  }
}
