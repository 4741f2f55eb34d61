import HTTPTransport
import NacosWire
import RegistryModel

/// One reader of a registry far away: holds a stream, puts its lines together, and comes back when it breaks.
actor RemoteReader {
  private let line: RemoteLine
  private var stream: HTTPLineStream.Iterator?
  private var assembler = StreamAssembler()
  /// Of the revisions that the assembler counts.
  private var epoch: String?
  /// What is to be said before anything else is read.
  private var pending: [FeedEvent] = []
  /// Since the last word; nil while connected.
  private var attempt = 0
  private var retryAt: ContinuousClock.Instant?
  private var heardAt: WallTime
  /// Whether the reader has not been told yet that the link is there.
  private var owesLive = true
  private var saidLiveAt: ContinuousClock.Instant?

  init(_ line: RemoteLine) {
    self.line = line
    heardAt = RemoteClock.wall
  }

  /// The next event; nil once the task is cancelled.
  func next() async -> FeedEvent? {
    while !Task.isCancelled {
      if !pending.isEmpty { return pending.removeFirst() }
      if stream == nil { await connect() } else { await read() }
    }
    return nil
  }

  private func connect() async {
    if let retryAt {
      do { try await Task.sleep(until: retryAt) } catch { return }
    }
    do throws(HTTPFailure) {
      stream = try await line.open(after: epoch == nil ? nil : assembler.revision, epoch: epoch).makeAsyncIterator()
    } catch {
      lose(error.description)
    }
  }

  private func read() async {
    guard var iterator = stream else { return }
    let bytes: [UInt8]?
    do throws(HTTPFailure) {
      bytes = try await iterator.next(isolation: self)
    } catch {
      return lose(error.description)
    }
    guard let bytes else { return lose("the stream ended") }
    do {
      // Of a kind that is not known, it still is a word.
      guard let line = try StreamLine(bytes) else { return }
      try take(line)
    } catch let error as StreamAssembler.Violation {
      startOver(error.reason)
    } catch let error as JSONError {
      startOver(error.reason)
    } catch {
      startOver("\(error)")
    }
  }

  private func take(_ line: StreamLine) throws {
    heardAt = RemoteClock.wall
    switch line {
    case .hello(let hello): return greet(hello)
    case .end(let why): return lose(why)
    default: break
    }
    if let event = try assembler.take(line) { pending.append(event) }
    if assembler.isWhole { sayLive(isPulse: line.isPulse) }
  }

  private func greet(_ hello: StreamHello) {
    guard hello.protocolNumber == StreamHello.currentProtocol else {
      return lose("\(line.address) speaks version \(hello.protocolNumber) of the stream, not \(StreamHello.currentProtocol)")
    }
    line.note(hello)
    // Another life of the registry counts its revisions anew.
    if hello.epoch != epoch { assembler = StreamAssembler() }
    epoch = hello.epoch
    owesLive = true
  }

  /// Says that the link is there: once the data is whole again, and then with a pulse now and then.
  private func sayLive(isPulse: Bool) {
    let now = ContinuousClock.now
    if isPulse { line.measureIfDue() }
    let isDue = isPulse && saidLiveAt.map { $0.duration(to: now) >= .seconds(1) } ?? true
    guard owesLive || isDue else { return }
    owesLive = false
    attempt = 0
    retryAt = nil
    saidLiveAt = now
    pending.append(.link(.live(age: 0, roundTrip: line.roundTrip)))
  }

  /// The connection is of no more use; the revision stays, to go on from.
  private func lose(_ why: String) {
    stream = nil
    if Task.isCancelled { return }
    attempt += 1
    let wait = RemoteClock.draw(line.rules.retry)
    let now = ContinuousClock.now
    retryAt = now + wait.duration
    owesLive = true
    let at = WallTime(milliseconds: RemoteClock.wall.milliseconds + wait.milliseconds)
    pending.append(.link(.lost(since: heardAt, why: why, attempt: attempt, retryAt: at)))
  }

  /// What was read makes no sense: begin with a snapshot.
  private func startOver(_ why: String) {
    assembler = StreamAssembler()
    epoch = nil
    lose(why)
  }
}

extension StreamLine {
  fileprivate var isPulse: Bool { if case .pulse = self { true } else { false } }
}
