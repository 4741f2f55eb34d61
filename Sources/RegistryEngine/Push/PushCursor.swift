public import RegistryModel

/// Where the push shell stands in the change log. A reader like any other: one that has fallen behind looks at every
/// service that somebody subscribes to.
public struct PushCursor: Sendable {
  /// What the shell hands to the ledger.
  public struct News: Sendable {
    /// Lists that changed, in order of services, each once.
    public var services: [(service: ServiceKey, revision: Revision)]
    /// What the switch says, where it may have changed.
    public var isEnabled: Bool?
  }

  private var revision: Revision

  public init(after revision: Revision) { self.revision = revision }

  /// What happened since the last call; `isAwaited` is asked whether there are subscribers, and `subscribed`, if need be,
  /// for the services that have some.
  public mutating func news(
    in engine: Engine, isAwaited: () -> Bool, subscribed: () -> [ServiceKey]
  ) -> News {
    var changed: [ServiceKey: Revision] = [:]
    var isEnabled: Bool?
    reading: while true {
      switch engine.read(after: revision) {
      case .behind:
        changed = [:]
        revision = engine.revision
        // One that is not there may have gone in what was missed.
        for service in subscribed() { changed[service] = engine.revision(of: service) ?? revision }
        isEnabled = engine.switches.pushEnabled
      case .commits(let commits):
        guard let last = commits.last else { break reading }
        revision = last.revision
        for commit in commits where commit.changesSwitches { isEnabled = commit.switches?.pushEnabled }
        // Asked after reading: whoever subscribes later is answered with what was read.
        guard isAwaited() else { continue reading }
        for commit in commits {
          for service in commit.changes.lazy.compactMap(\.pushedService) { changed[service] = commit.revision }
        }
      }
    }
    let services = changed.sorted { $0.key < $1.key }.map { (service: $0.key, revision: $0.value) }
    return News(services: services, isEnabled: isEnabled)
  }
}
