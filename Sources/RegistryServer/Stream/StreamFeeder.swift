import NacosWire
import RegistryEngine
import RegistryModel

/// Turns one reader's feed into the lines of a stream, in a task of its own: what it encodes keeps no loop waiting, and
/// while the reader is slow it pulls nothing, so that the feed falls behind to a snapshot instead of a queue growing.
struct StreamFeeder: Sendable {
  let session: EmbeddedSession
  let hello: StreamHello
  /// Where the reader has been, in this epoch.
  let revision: Revision?
  let pipe: LoopBound<StreamPipe>

  func run() async {
    guard let line = try? StreamLine.hello(hello).bytes, await send(line) else { return }
    var feed = revision.map { session.watch(.everything, after: $0) } ?? session.watch(.everything)
    while true {
      switch await follow(feed) {
      case .again: feed = session.watch(.everything)
      case .readerGone: return
      case .ended:
        pipe.post { $0.end("the registry is stopping") }
        return
      }
    }
  }

  private enum Stop { case again, readerGone, ended }

  private func follow(_ feed: Feed) async -> Stop {
    for await event in feed {
      switch event {
      case .snapshot(let snapshot):
        guard await send(snapshot) else { return .readerGone }
      case .commits(let commits):
        guard let lines = CommitLines.lines(commits) else { return .again }
        for line in lines {
          guard await send(line) else { return .readerGone }
        }
      case .push(let digest):
        guard let line = try? StreamLine.push(digest).bytes, await send(line) else { return .readerGone }
      case .link: break
      }
    }
    return Task.isCancelled ? .readerGone : .ended
  }

  private func send(_ snapshot: Snapshot) async -> Bool {
    var gathered: [UInt8] = []
    for line in SnapshotLines(snapshot) {
      gathered += line
      guard gathered.count >= StreamBounds.lineBytes else { continue }
      guard await send(gathered) else { return false }
      gathered = []
    }
    return gathered.isEmpty ? true : await send(gathered)
  }

  /// False when nobody reads any more.
  private func send(_ bytes: [UInt8]) async -> Bool {
    await withCheckedContinuation { continuation in
      let turn = StreamTurn(continuation)
      pipe.post { $0.write(bytes, turn) }
    }
  }
}
