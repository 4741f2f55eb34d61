import EventLoop
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

@Suite struct LoopWakerTests {
  private final class Looker: Sendable {
    let seen = Mutex(0)
    let looks = Atomic<Int>(0)
  }

  private final class World: Sendable {
    let changes = Mutex(0)
    let gate = Mutex(())
    let looker = Looker()

    var waker: LoopWaker<Looker> {
      LoopWaker { [self] looker, waker in
        waker.rest()
        let now = changes.withLock { $0 }
        looker.seen.withLock { $0 = now }
        looker.looks.add(1, ordering: .relaxed)
      }
    }
  }

  @Test("The last change is seen, whoever made it")
  func lastChange() async throws {
    let world = World()
    let waker = world.waker
    let (thread, bound) = try LoopThread.start(name: "looker") { loop in LoopBound(world.looker, on: loop) }
    defer { thread.stop() }
    waker.aim(at: bound)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<5_000 {
            world.changes.withLock { $0 += 1 }
            waker.wake()
          }
        }
      }
    }
    try await wait(for: "the last change") { world.looker.seen.withLock { $0 } == 20_000 }
  }

  @Test("Many changes are one look")
  func oneLook() async throws {
    let world = World()
    let waker = world.waker
    let (thread, bound) = try LoopThread.start(name: "looker") { loop in LoopBound(world.looker, on: loop) }
    defer { thread.stop() }
    waker.aim(at: bound)
    try await wait(for: "the first look") { world.looker.looks.load(ordering: .relaxed) == 1 }
    world.gate.withLock { _ in
      // The loop stands still until this is over.
      bound.post { [world] _ in world.gate.withLock { _ in } }
      for change in 1...100 {
        world.changes.withLock { $0 = change }
        waker.wake()
      }
    }
    try await wait(for: "the last change") { world.looker.seen.withLock { $0 } == 100 }
    #expect(world.looker.looks.load(ordering: .relaxed) == 2)
  }

  @Test("What changed before there was anybody to look is seen by who comes")
  func before() async throws {
    let world = World()
    let waker = world.waker
    world.changes.withLock { $0 = 7 }
    waker.wake()
    let (thread, bound) = try LoopThread.start(name: "looker") { loop in LoopBound(world.looker, on: loop) }
    defer { thread.stop() }
    waker.aim(at: bound)
    try await wait(for: "the change") { world.looker.seen.withLock { $0 } == 7 }
    waker.aim(at: nil)
    world.changes.withLock { $0 = 8 }
    waker.wake()
    waker.aim(at: bound)
    try await wait(for: "the change meanwhile") { world.looker.seen.withLock { $0 } == 8 }
  }
}
