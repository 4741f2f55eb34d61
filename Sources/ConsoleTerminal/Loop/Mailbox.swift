import CNcurses
import Glibc
import Synchronization

/// Where others leave messages for the terminal's thread. It holds so many and no more: whoever sends faster than the console
/// can take waits, or is told to come back.
public final class Mailbox<Message: Sendable>: Sendable {
  private struct Content {
    var messages: [Message] = []
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isClosed = false
  }

  private let content = Mutex(Content())
  private let capacity: Int
  /// Readable while there are messages.
  let descriptor: Int32

  public init(capacity: Int = 1024) {
    self.capacity = capacity
    descriptor = csystem_eventfd()
  }

  deinit {
    close(descriptor)
  }

  /// Leaves a message; false, with nothing left, when the box is full. After the console has ended messages are dropped.
  @discardableResult
  public func post(_ message: Message) -> Bool {
    let (isTaken, isFirst) = content.withLock { content in
      guard !content.isClosed else { return (true, false) }
      guard content.messages.count < capacity else { return (false, false) }
      content.messages.append(message)
      return (true, content.messages.count == 1)
    }
    if isFirst { wake() }
    return isTaken
  }

  /// Leaves a message, when there is room for it.
  public func send(_ message: Message) async {
    while !post(message) {
      await withCheckedContinuation { continuation in
        let hasRoom = content.withLock { content in
          if content.messages.count < capacity || content.isClosed { return true }
          content.waiting.append(continuation)
          return false
        }
        if hasRoom { continuation.resume() }
      }
    }
  }

  /// The messages so far, oldest first; the box is empty after it.
  func take() -> [Message] {
    var ignored: UInt64 = 0
    read(descriptor, &ignored, MemoryLayout<UInt64>.size)
    let (messages, waiting) = content.withLock { content in
      defer {
        content.messages = []
        content.waiting = []
      }
      return (content.messages, content.waiting)
    }
    for continuation in waiting { continuation.resume() }
    return messages
  }

  /// Lets everybody go who waits, now and later.
  func end() {
    content.withLock { $0.isClosed = true }
    _ = take()
  }

  private func wake() {
    var one: UInt64 = 1
    write(descriptor, &one, MemoryLayout<UInt64>.size)
  }
}
