import Glibc

/// A thread that runs one closure and can be waited for.
final class StoreThread: Sendable {
  private final class Job {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private let thread: pthread_t

  /// Starts `body`; nil when the system has no thread to give.
  init?(_ body: sending @escaping () -> Void) {
    let job = Unmanaged.passRetained(Job(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, job.toOpaque())
    guard code == 0 else {
      job.release()
      return nil
    }
    self.thread = thread
  }

  /// Lets it end by itself. To be called instead of `join`.
  func detach() { pthread_detach(thread) }

  /// Waits until the closure has ended. To be called once; on the thread itself it only lets go of it.
  func join() {
    if pthread_equal(thread, pthread_self()) != 0 {
      detach()
    } else {
      pthread_join(thread, nil)
    }
  }
}
