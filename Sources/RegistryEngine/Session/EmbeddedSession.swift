public import RegistryModel

/// The session over a registry in the same process.
public struct EmbeddedSession: RegistrySession {
  private let engine: Engine
  private let push: PushReport
  private let probes: ProbeReport
  private let history: History?
  public let capabilities: Capabilities

  /// Commits older than a revision, newest first, at most so many: what is kept beyond the engine's memory.
  public typealias History = @Sendable (_ before: Revision?, _ limit: Int) async throws(RegistryError) -> [Commit]

  public init(
    _ engine: Engine, capabilities: Capabilities, push: PushReport = .none, probes: ProbeReport = .none,
    history: History? = nil
  ) {
    self.history = history
    self.engine = engine
    self.capabilities = capabilities
    self.push = push
    self.probes = probes
  }

  /// The whole registry, whatever the interest: a snapshot is a few references here.
  public func watch(_ interest: Interest) -> Feed {
    let reader = EmbeddedReader(engine, push: push)
    return Feed { await reader.next() }
  }

  /// As `watch`, for a reader that has been here before: it goes on after `revision`, or begins anew when what came then is
  /// gone.
  public func watch(_ interest: Interest, after revision: Revision) -> Feed {
    if revision > engine.revision { return watch(interest) }
    let reader = EmbeddedReader(engine, push: push, after: revision)
    return Feed { await reader.next() }
  }

  public func submit(_ command: Command) async throws(RegistryError) -> Receipt {
    let result = await withCheckedContinuation { continuation in
      engine.submit(command) { continuation.resume(returning: $0) }
    }
    return try result.get()
  }

  public func ask(_ query: Query) async throws(RegistryError) -> Answer {
    guard let history, case .events(let revision, let limit) = query else { return try answer(query) }
    let recent = engine.events(before: revision, limit: limit)
    if recent.count >= limit { return .events(recent) }
    // What is remembered reaches back without gaps; what is kept is what people and programs caused.
    return .events(recent + (try await history(recent.last?.revision ?? revision, limit - recent.count)))
  }

  /// As `ask`, for whoever cannot wait: events reach back no further than memory does.
  public func answer(_ query: Query) throws(RegistryError) -> Answer {
    switch query {
    case .vitals(let key): .vitals(try engine.vitals(of: key))
    case .subscribers(let key, let offset, let limit): .subscribers(push.subscribers(key, max(0, offset), max(0, limit)))
    case .metrics: .metrics(engine.metrics)
    case .probes(let key): .probes(try page(of: key))
    case .events(let revision, let limit): .events(engine.events(before: revision, limit: limit))
    }
  }

  private func page(of key: ServiceKey) throws(RegistryError) -> ProbePage {
    guard engine.revision(of: key) != nil else { throw .serviceNotFound(key) }
    return probes.page(key)
  }
}
