import EventLoop
import RegistryEngine
import RegistryModel

/// Does what the plan says and tells it what came of it. Lives on one loop's thread.
///
/// A reader of the change log like any other: it keeps a cursor, and one that has fallen behind looks at everything anew.
final class ProbeRunner {
  /// Nobody is probed within two seconds of a change, so the log is read a few times a second at most, however busy it is.
  private static let readingDelay = Duration.milliseconds(200)

  private let engine: Engine
  private let desk: ProbeDesk
  private let maker: ProbeMaker
  private let refused: @Sendable (RegistryError) -> Void
  private var revision: Revision
  private var findings: [(ticket: UInt64, finding: ProbeFinding)] = []
  // Made last: they call back.
  private var endOfTurn: TurnHook?
  private var deadline: Deadline?
  private var reading: Deadline?
  private var onReading: () -> Void = {}

  init(
    _ loop: Loop, engine: Engine, desk: ProbeDesk, maker: ProbeMaker, refused: @escaping @Sendable (RegistryError) -> Void
  ) {
    self.engine = engine
    self.desk = desk
    self.maker = maker
    self.refused = refused
    revision = 0
    endOfTurn = loop.afterTurn { [unowned self] in settle() }
    deadline = Deadline(loop) { [unowned self] in dispatch() }
    reading = Deadline(loop) { [unowned self] in
      onReading()
      catchUp()
    }
    begin()
    dispatch()
  }

  /// Has the log read soon, and `body` called just before.
  func readSoon(_ body: @escaping () -> Void) {
    onReading = body
    reading?.arm(after: Self.readingDelay)
  }

  func stop() {
    endOfTurn = nil
    deadline = nil
    reading = nil
    maker.stop()
  }

  private func begin() {
    let catalog = engine.catalog
    revision = catalog.revision
    desk.follow(catalog, engine.switches)
  }

  private func catchUp() {
    reading: while true {
      switch engine.read(after: revision) {
      case .behind: begin()
      case .commits(let commits):
        guard let last = commits.last else { break reading }
        revision = last.revision
        desk.follow(commits)
      }
    }
    dispatch()
  }

  private func dispatch() {
    let (orders, next) = desk.advance()
    for order in orders {
      maker.make(order) { [weak self] finding in self?.take(order.ticket, finding) }
    }
    guard let next else { return deadline?.disarm() ?? () }
    deadline?.arm(at: next.milliseconds * 1_000_000)
  }

  private func take(_ ticket: UInt64, _ finding: ProbeFinding) {
    findings.append((ticket, finding))
    endOfTurn?.request()
  }

  /// Hands in what this turn of the loop has brought, and sends on what follows from it.
  private func settle() {
    let arrived = findings
    findings.removeAll(keepingCapacity: true)
    for decision in desk.finished(arrived) {
      engine.submit(decision.command) { [refused] result in
        if case .failure(let error) = result { refused(error) }
      }
    }
    dispatch()
  }
}
