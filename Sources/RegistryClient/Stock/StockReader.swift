import RegistryModel

/// One reader of what a poller has seen: what it was told, and so what comes next.
actor StockReader {
  /// Milliseconds between two snapshots, while much is seen for the first time.
  private static let pause: Int64 = 1_000

  private let poller: StockPoller
  /// Who reads is who the session polls for: it lives as long.
  private let session: StockSession
  private var cursor = StockCursor()

  init(_ poller: StockPoller, of session: StockSession) {
    self.poller = poller
    self.session = session
  }

  /// The next event; nil once the task is cancelled or the session has ended.
  func next() async -> FeedEvent? {
    while !Task.isCancelled {
      if let (event, cursor) = await poller.event(after: cursor, at: RemoteClock.monotonic, pause: Self.pause) {
        self.cursor = cursor
        return event
      }
      if await poller.hasEnded { return nil }
      await poller.waitForNews()
    }
    return nil
  }
}

/// How far a reader has read.
struct StockCursor: Sendable {
  /// Of the mirror, when the last snapshot was taken.
  var silentChanges: Int?
  var revision: Revision = 0
  var linkNumber = 0
  var snapshotAt: MonotonicTime?
}

extension StockPoller {
  /// What a reader is to be told next; nil while it knows everything.
  func event(after cursor: StockCursor, at now: MonotonicTime, pause: Int64) -> (FeedEvent, StockCursor)? {
    news(after: cursor, at: now, pause: pause) ?? word(after: cursor)
  }

  private func news(after cursor: StockCursor, at now: MonotonicTime, pause: Int64) -> (FeedEvent, StockCursor)? {
    guard mirror.isLoaded else { return nil }
    let missed = mirror.recent.drop { $0.revision <= cursor.revision }
    var cursor = cursor
    if cursor.silentChanges == mirror.silentChanges {
      guard let first = missed.first else { return nil }
      if first.revision == cursor.revision + 1 {
        cursor.revision = mirror.revision
        return (.commits(Array(missed)), cursor)
      }
    } else if let last = cursor.snapshotAt, now < last + pause {
      return nil
    }
    cursor.silentChanges = mirror.silentChanges
    cursor.revision = mirror.revision
    cursor.snapshotAt = now
    return (.snapshot(mirror.snapshot(at: RemoteClock.wall)), cursor)
  }

  private func word(after cursor: StockCursor) -> (FeedEvent, StockCursor)? {
    guard let link, linkNumber != cursor.linkNumber else { return nil }
    // That the registry is there is nothing to say before there is something to show of it.
    if case .live = link, cursor.silentChanges == nil { return nil }
    var cursor = cursor
    cursor.linkNumber = linkNumber
    return (.link(link), cursor)
  }
}
