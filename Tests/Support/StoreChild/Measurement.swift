import Dispatch
import Glibc
import RegistryModel
import RegistryStore
import TestSupport

/// How fast the store takes registrations with 64 waiting for their answers, and how fast it gives them back.
struct Measurement {
  let store: SQLiteStore
  let directory: String
  let count: Int

  func run() throws {
    let appending = measure { appendAll() }
    let closing = measure { store.close() }
    say("appended \(count) in \(appending): \(Int(Double(count) / (appending.time / .seconds(1)))) a second")
    say("closed in \(closing)")
    for _ in 1...5 {
      var opened: SQLiteStore?
      let opening = try measure { opened = try SQLiteStore(directory: directory) { say("report \($0)") } }
      var state = StoredState()
      let loading = try measure { state = try opened?.load(at: WallTime(milliseconds: 0)) ?? state }
      say("opened in \(opening), loaded \(state.instances.count) in \(loading)")
      opened?.close()
    }
  }

  /// The time that went by and the processor time that the whole process took.
  private struct Cost: CustomStringConvertible {
    var time: Duration
    var processor: Duration

    var description: String { "\(Self.text(time)) (processor \(Self.text(processor)))" }

    private static func text(_ duration: Duration) -> String { "\(Int(duration / .microseconds(1)) / 1_000) ms" }
  }

  private func measure(_ body: () throws -> Void) rethrows -> Cost {
    let before = Self.processorTime()
    let time = try ContinuousClock().measure(body)
    return Cost(time: time, processor: Self.processorTime() - before)
  }

  private static func processorTime() -> Duration {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(.zero) { $0 + .seconds($1.tv_sec) + .microseconds($1.tv_usec) }
  }

  private func appendAll() {
    let room = DispatchSemaphore(value: 64)
    let done = DispatchGroup()
    for number in 0..<count {
      room.wait()
      done.enter()
      store.append(Registrations.commit(number)) { failure in
        if let failure { say("refused \(number) \(failure)") }
        room.signal()
        done.leave()
      }
    }
    done.wait()
  }
}
