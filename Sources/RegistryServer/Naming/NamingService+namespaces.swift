import NacosWire
import RegistryEngine
import RegistryModel

/// `/v1/console/namespaces` (naming-server-v1 1.10).
extension NamingService {
  func namespaces(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let isQuestion = call.parameters.value("checkNamespaceIdExist") == "true"
    let isAboutOne = call.parameters.value("show") == "all"
    if isQuestion, isAboutOne { throw .illegal("show=all and checkNamespaceIdExist=true are two questions") }
    if isQuestion {
      let id = try call.parameters.argument("customNamespaceId")
      return .reply(engine.catalog.namespaces[id] != nil ? .yes : .no)
    }
    if isAboutOne { return try namespace(call) }
    let sorted = engine.catalog.namespaces.values.sorted { $0.id < $1.id }
    return .reply(.json(NamespacePages.list(sorted, configurations: configurationCounts())))
  }

  private func namespace(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let id = try call.parameters.argument("namespaceId")
    let counts = configurationCounts()
    if id.utf8.allSatisfy({ $0 <= 0x20 }) {
      return .reply(.json(NamespacePages.detailOfPublic(askedAs: id, configurations: counts["", default: 0])))
    }
    guard let namespace = engine.catalog.namespaces[id] else { throw Refusal(.namespaceNotFound(id)) }
    return .reply(.json(NamespacePages.detail(namespace, configurations: counts[id, default: 0])))
  }

  func createNamespace(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let given = try call.parameters.argument("customNamespaceId")
    let name = try call.parameters.argument("namespaceName")
    let about = call.parameters.argument("namespaceDesc", default: "")
    let id = call.parameters.optional("customNamespaceId") ?? Self.randomID()
    if id.utf8.count > 128 || given.utf8.contains(0) { return .reply(.no) }
    let action = Action.createNamespace(id: id, name: name, about: about)
    return .submit(
      Submission(command: Command(action, by: call.origin), answer: { _ in .yes }, refused: Self.isNotTaken))
  }

  func updateNamespace(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let id = try call.parameters.argument("namespace")
    let name = try call.parameters.argument("namespaceShowName")
    let about = call.parameters.argument("namespaceDesc", default: "")
    let action = Action.updateNamespace(id: id, name: name, about: about)
    return .submit(
      Submission(
        command: Command(action, by: call.origin), answer: { _ in .yes },
        // Changing none is no failure on this wire.
        refused: { if case .namespaceNotFound = $0 { .yes } else { Self.isNotTaken($0) } }))
  }

  /// Services in it stay, and an unknown one is no error.
  func removeNamespace(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let id = try call.parameters.argument("namespaceId")
    let command = Command(.removeNamespace(id: id), by: call.origin)
    return .submit(Submission(command: command, answer: { _ in .yes }))
  }

  /// Nacos says `false` to an id that is malformed or taken.
  private static let isNotTaken: @Sendable (RegistryError) -> Reply? = { error in
    switch error {
    case .illegalNamespace, .namespaceExists: .no
    default: nil
    }
  }

  /// A random UUID (RFC 9562, 5.4).
  private static func randomID() -> String {
    var random = SystemRandomNumberGenerator()
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    let groups = [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
    return groups.map { $0.joined() }.joined(separator: "-")
  }
}
