import EventLoop

/// A reference to an object that belongs to one loop's thread, which other threads may carry but not use.
///
/// `@unchecked Sendable`: the object is reached only through `on(_:)`, which demands the loop; a `Loop` is not `Sendable`
/// and so is only in the hands of its own thread, and another loop than the object's is refused. The reference is weak,
/// so that letting go of it never ends the object on a foreign thread.
final class LoopBound<Object: AnyObject>: @unchecked Sendable {
  private weak var object: Object?
  private let mailbox: Mailbox

  init(_ object: Object, on loop: Loop) {
    self.object = object
    mailbox = loop.mailbox
  }

  /// The object, while it lives; nil on any loop but its own.
  func on(_ loop: Loop) -> Object? { loop.mailbox === mailbox ? object : nil }

  /// Has `body` called with the object on its thread; false when its loop has gone.
  @discardableResult
  func post(_ body: @escaping @Sendable (Object) -> Void) -> Bool {
    mailbox.post { loop in
      if let object = self.on(loop) { body(object) }
    }
  }
}
