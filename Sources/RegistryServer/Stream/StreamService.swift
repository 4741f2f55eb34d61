import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// What a session far away is given: one stream of all that happens, commands and questions (protocol in `StreamLine`).
/// Belongs to one loop's thread.
final class StreamService {
  /// Streams at once: each costs the encoding of every commit.
  private static let mostStreams = 64
  /// Of a page of subscribers or events.
  private static let longestPage = 10_000

  private unowned let loop: Loop
  let engine: Engine
  let session: EmbeddedSession
  private let identity: StreamHello
  private let now: () -> WallTime
  private var streams: [ObjectIdentifier: (pipe: StreamPipe, task: Task<Void, Never>)] = [:]

  /// `identity` is what it says of itself; its time is told anew each time.
  init(
    _ loop: Loop, _ engine: Engine, session: EmbeddedSession, identity: StreamHello, now: @escaping () -> WallTime
  ) {
    self.loop = loop
    self.engine = engine
    self.session = session
    self.identity = identity
    self.now = now
  }

  deinit { for stream in streams.values { stream.task.cancel() } }

  var hello: StreamHello {
    var hello = identity
    hello.at = now()
    return hello
  }

  var mailbox: Mailbox { loop.mailbox }
  var streamCount: Int { streams.count }
  var isFull: Bool { streams.count >= Self.mostStreams }

  /// Begins a stream. `revision` is where its reader has been, if that was in `epoch`. At `end` its reader has to come
  /// back and say anew who they are.
  func stream(to writer: ChunkedWriter, after revision: Revision?, epoch: String?, until end: WallTime? = nil) {
    let pipe = StreamPipe(loop, writer, now: now)
    if let end { pipe.end("the login has expired", at: end) }
    let feeder = StreamFeeder(
      session: session, hello: hello, revision: epoch == identity.epoch ? revision : nil,
      pipe: LoopBound(pipe, on: loop))
    let task = Task(priority: .utility) { await feeder.run() }
    streams[ObjectIdentifier(pipe)] = (pipe, task)
    pipe.onClose { [weak self, weak pipe] in
      task.cancel()
      if let pipe { self?.streams[ObjectIdentifier(pipe)] = nil }
    }
  }

  /// Ends every stream well.
  func endStreams(_ why: String) {
    for stream in Array(streams.values) { stream.pipe.end(why) }
  }

  /// Reads a command. Whoever sends one is an operator: nobody speaks for a client, a probe or time here, nor under
  /// another name than the one they have logged in with.
  func command(_ body: UnsafeRawBufferPointer, by user: String) throws(RegistryError) -> Command {
    var command = try read(Command.self, from: body)
    if !user.isEmpty {
      command.origin = .operator(name: user)
      return command
    }
    guard case .operator = command.origin else {
      command.origin = .operator(name: "remote")
      return command
    }
    return command
  }

  func query(_ body: UnsafeRawBufferPointer) throws(RegistryError) -> Query {
    Self.bounded(try read(Query.self, from: body))
  }

  private static func bounded(_ query: Query) -> Query {
    switch query {
    case .subscribers(let service, let offset, let limit):
      .subscribers(service, offset: max(0, offset), limit: min(max(0, limit), longestPage))
    case .events(let revision, let limit): .events(before: revision, limit: min(max(0, limit), longestPage))
    case .vitals, .metrics, .probes: query
    }
  }

  private func read<Value: Decodable>(
    _ type: Value.Type, from body: UnsafeRawBufferPointer
  ) throws(RegistryError) -> Value {
    do {
      return try JSONCoding.decode(type, from: body)
    } catch {
      throw .illegalValue(field: "body", why: error.reason)
    }
  }
}
