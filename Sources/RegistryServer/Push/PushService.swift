public import EventLoop
import NacosWire
public import RegistryEngine
public import RegistryModel

/// UDP push: who asked for it is told of each change of a service (naming-server-v1 4). Requests subscribe from any
/// thread; the datagrams go out and come in on one loop.
public final class PushService: Sendable {
  public let desk: PushDesk
  private let engine: Engine
  private let targets: PushTargets
  private let waker = LoopWaker<PushCourier> { courier, waker in
    waker.rest()
    courier.catchUp()
  }

  /// Whoever `book` knows of before is subscribed again from the start.
  public init(
    _ engine: Engine, targets: PushTargets = PushTargets(), rules: PushRules = PushRules(), book: SubscriberBook? = nil
  ) {
    self.engine = engine
    self.targets = targets
    desk = PushDesk(
      limits: engine.limits, rules: rules,
      onMembers: { [engine] joined, left in
        engine.noteSubscribers(joined: joined, left: left)
        book?.note(joined: joined, left: left)
      },
      onTouched: { [engine] in engine.pushStateChanged() })
    engine.onChange { [waker] in waker.wake() }
    book?.restore { [desk] subscriber in
      // That they saw hosts is not known; those that did are the more, and lapse sooner if they have gone.
      (try? desk.subscribe(subscriber, naming: Self.naming(subscriber.agent), sawHosts: true, at: .now)) != nil
    }
  }

  private static func naming(_ agent: String) -> PushFlavour.Naming {
    ClientAgent(agent).usesFullNames ? .grouped : .bare
  }

  /// Starts to send and listen at `address`, on `loop`'s thread. Gives the address that datagrams come from, whose port is
  /// a real one even if 0 was asked for. To be called once, on that thread.
  @discardableResult
  public func start(on loop: Loop, at address: SocketAddress) throws(SocketError) -> SocketAddress {
    let courier = try PushCourier(loop, at: address, engine: engine, desk: desk)
    loop.keep(courier)
    waker.aim(at: LoopBound(courier, on: loop))
    return courier.address
  }

  /// Subscribes whoever polls a list with a UDP port, or renews that (naming-server-v1 4.1). True when it will be pushed
  /// to, and so need not poll as often; false when it is not to be: by its agent, the switches, its address, or because a
  /// table is full. `port` is the parameter as it was read, `ip` the parameter `clientIP`, empty when there is none.
  public func subscribe(
    service: ServiceKey, clusters: String, ip: String, port: Int, agent: String, app: String, peer: SocketAddress
  ) -> Bool {
    let client = ClientAgent(agent)
    guard port > 0, client.isPushed(with: engine.switches), let peer = PushEndpoint(peer),
      let target = targets.endpoint(ip: ip, port: port, peer: peer)
    else { return false }
    let subscriber = Subscriber(
      service: service, clusters: clusters, ip: ip.isEmpty ? target.ip : ip, port: target.port, agent: agent, app: app)
    do {
      let sawHosts = seesHosts(service, clusters)
      try desk.subscribe(subscriber, naming: Self.naming(agent), sawHosts: sawHosts, at: .now)
      return true
    } catch {
      return false
    }
  }

  /// Whether the poll is answered with hosts. With clusters it is not looked at: such a client is taken for one that may
  /// back off.
  private func seesHosts(_ service: ServiceKey, _ clusters: String) -> Bool {
    clusters.isEmpty && (engine.service(service)?.counts.enabled ?? 0) > 0
  }

  /// What the session is told of push.
  public var report: PushReport {
    PushReport(
      digest: { [desk] in desk.digest() },
      subscribers: { [desk] service, offset, limit in desk.subscribers(of: service, offset: offset, limit: limit) })
  }
}
