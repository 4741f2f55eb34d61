import CCurl

/// The thread's own side: owns the multi handle and every transfer on it.
final class TransferLoop {
  private let multi: MultiHandle
  private let mailbox: LoopMailbox
  private let maximumInFlight: Int
  private var live: [ObjectIdentifier: Transfer] = [:]
  /// Handles of transfers that ended, to be set anew.
  private var spare: [EasyHandle] = []
  private let deadlines = Deadlines()

  private static let maximumSpare = 64

  init(multi: MultiHandle, mailbox: LoopMailbox, maximumInFlight: Int) {
    self.multi = multi
    self.mailbox = mailbox
    self.maximumInFlight = maximumInFlight
  }

  /// Runs until told to stop.
  func run() {
    while obey() {
      multi.perform()
      collect()
      // After what has arrived was read: a process that was stopped for a while finds its answers, not its timeouts.
      expire()
      multi.wait(milliseconds: patience)
    }
    for command in mailbox.close() {
      if case .start(_, _, let delivery) = command { delivery.fail(.cancelled) }
    }
    for transfer in live.values { end(transfer, .cancelled) }
    spare.forEach { $0.free() }
    multi.free()
  }

  /// Carries out what was posted; false to stop.
  private func obey() -> Bool {
    for command in mailbox.take() {
      switch command {
      case .start(let ticket, let request, let delivery): start(ticket, request, delivery)
      case .cancel(let ticket):
        if let transfer = live[ObjectIdentifier(ticket)] { end(transfer, .cancelled) }
      case .resume(let ticket):
        if let transfer = live[ObjectIdentifier(ticket)] { resume(transfer) }
      case .stop: return false
      }
    }
    return true
  }

  private func start(_ ticket: Ticket, _ request: HTTPRequest, _ delivery: Delivery) {
    if ticket.isCancelled { return delivery.fail(.cancelled) }
    guard live.count < maximumInFlight else { return delivery.fail(.overloaded(limit: maximumInFlight)) }
    guard let easy = spare.popLast() ?? EasyHandle() else { return delivery.fail(.unavailable("out of memory")) }
    let transfer = Transfer(ticket: ticket, easy: easy, request: request, delivery: delivery, deadlines: deadlines)
    live[ObjectIdentifier(ticket)] = transfer
    if !multi.add(easy) { end(transfer, .unavailable("libcurl takes no more transfers")) }
  }

  private func resume(_ transfer: Transfer) {
    if let failure = transfer.resume() { end(transfer, failure) }
  }

  /// Takes finished transfers off the handle and answers them.
  private func collect() {
    while let (easy, code) = multi.nextDone() {
      guard let transfer = easy.owner(as: Transfer.self) else { continue }
      end(transfer, transfer.explain(code))
    }
  }

  private func end(_ transfer: Transfer, _ failure: HTTPFailure?) {
    let easy = transfer.easy
    multi.remove(easy)
    live[ObjectIdentifier(transfer.ticket)] = nil
    easy.reset()
    if spare.count < Self.maximumSpare { spare.append(easy) } else { easy.free() }
    transfer.finish(failure)
  }
}

// MARK: - Deadlines

extension TransferLoop {
  /// Ends what has waited too long. Looks at the transfers only when the earliest deadline has passed.
  private func expire() {
    let now = ContinuousClock.now
    guard let earliest = deadlines.earliest, earliest <= now else { return }
    for transfer in live.values {
      guard let deadline = transfer.deadline, deadline <= now else { continue }
      end(transfer, transfer.expiry)
    }
    deadlines.replace(with: live.values.lazy.compactMap(\.deadline))
  }

  /// Milliseconds in which nothing needs to be looked at.
  private var patience: Int32 {
    guard let earliest = deadlines.earliest else { return 60_000 }
    let left = (earliest - .now).milliseconds
    return Int32(min(max(left, 0), 60_000))
  }
}
