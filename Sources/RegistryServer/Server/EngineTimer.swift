import EventLoop
import RegistryEngine
import RegistryModel

/// Drives a registry's clock from a loop: calls `advance` when it wants to be called, and looks anew when something has
/// changed, on whatever thread that was. It belongs to the loop's thread.
final class EngineTimer {
  private let engine: Engine
  private let onChange: () -> Void
  private var deadline: Deadline?

  /// `onChange` is called after something has changed, once for all changes until then.
  init(_ loop: Loop, _ engine: Engine, onChange: @escaping () -> Void) {
    self.engine = engine
    self.onChange = onChange
    deadline = Deadline(loop) { [unowned self] in arm(engine.advance()) }
    let waker = LoopWaker<EngineTimer> { timer, waker in
      waker.rest()
      timer.look()
    }
    engine.onChange { waker.wake() }
    waker.aim(at: LoopBound(self, on: loop))
    look()
  }

  private func look() {
    arm(engine.nextDeadline)
    onChange()
  }

  private func arm(_ time: MonotonicTime?) {
    guard let time else {
      deadline?.disarm()
      return
    }
    let (nanoseconds, overflows) = time.milliseconds.multipliedReportingOverflow(by: 1_000_000)
    deadline?.arm(at: overflows ? .max : nanoseconds)
  }
}
