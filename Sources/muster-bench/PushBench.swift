import Glibc

/// Subscribers of one service of two instances, one of which is given weight after weight.
struct PushBench {
  /// A client beats every five seconds and polls every ten. Without a beat for fifteen an instance turns unhealthy, which
  /// is a push that no edit has caused; whoever has not polled for thirty is sent nothing more.
  private static let renewalSeconds = 5.0

  private let server: MusterServer
  private let listeners: [Listener]
  private let pipeline: Pipeline

  init(server: MusterServer, subscribers: Int) throws {
    self.server = server
    try Population(port: server.port).fill(services: 1, instancesEach: 2)
    pipeline = try Pipeline(port: server.port)
    var all: [Listener] = []
    for _ in 0..<subscribers { all.append(try Listener()) }
    listeners = all
    try subscribe()
  }

  /// Milliseconds from the request to the first and to the last subscriber's datagram, one value a change, and the
  /// server's processor microseconds for each datagram (the edit and the acknowledgements included, beats and polls not).
  func run(changes: Int) throws -> (first: [Double], last: [Double], cpu: Double) {
    var first: [Double] = []
    var last: [Double] = []
    var used = 0.0
    var renewed = microseconds()
    for change in 0..<changes {
      if microseconds() - renewed > Self.renewalSeconds * 1e6 {
        try beat()
        try subscribe()
        renewed = microseconds()
      }
      let before = try ProcessFigures.processorSeconds(server.child.pid)
      let start = wallMicroseconds()
      try pipeline.run([
        Pipeline.request(
          "PUT",
          "/nacos/v1/ns/instance?serviceName=DEFAULT_GROUP%40%40bench-0&ip=10.1.0.1&port=8080&weight=\(change % 90 + 2)")
      ])
      let (early, late) = try delivery(from: start)
      first.append(early)
      last.append(late)
      // Changes apart from each other: what is measured is the leading edge, not the coalescing.
      usleep(60_000)
      used += try ProcessFigures.processorSeconds(server.child.pid) - before
    }
    return (first, last, used * 1e6 / Double(changes * listeners.count))
  }

  private func beat() throws {
    try pipeline.run(
      ["10.1.0.1", "10.1.1.1"].map {
        Pipeline.request(
          "PUT", "/nacos/v1/ns/instance/beat?serviceName=DEFAULT_GROUP%40%40bench-0&clusterName=DEFAULT&ip=\($0)&port=8080")
      })
  }

  /// Has each listener poll the list and name its port.
  private func subscribe() throws {
    try pipeline.run(
      listeners.map {
        Pipeline.request(
          "GET",
          "/nacos/v1/ns/instance/list?serviceName=DEFAULT_GROUP%40%40bench-0&udpPort=\($0.port)&clientIP=127.0.0.1",
          agent: "Nacos-Java-Client:v1.4.8")
      })
  }

  private func delivery(from start: Double) throws -> (Double, Double) {
    var polls = listeners.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    var waiting = listeners.count
    var (first, last) = (Double.infinity, 0.0)
    var datagram = [UInt8](repeating: 0, count: 65_536)
    while waiting > 0 {
      guard poll(&polls, nfds_t(polls.count), 5_000) > 0 else { throw BenchFailure("\(waiting) subscribers were not told") }
      for index in polls.indices where polls[index].revents != 0 {
        guard let arrival = listeners[index].take(into: &datagram) else { continue }
        (first, last) = (min(first, arrival), max(last, arrival))
        polls[index].fd = -1
        polls[index].revents = 0
        waiting -= 1
      }
    }
    return ((first - start) / 1_000, (last - start) / 1_000)
  }
}
