import RegistryEngine
import RegistryModel

extension World {
  /// How long a client waits for an answer that does not come.
  private static let requestTimeout: Int64 = 3_000_000

  func send(_ body: Request.Body, from sender: Sender) {
    lastNumber += 1
    requests += 1
    let request = Request(number: lastNumber, sender: sender, body: body, sentAt: clock.now)
    if random.chance(faults.requestLoss) { return fail(request, in: Self.requestTimeout) }
    agenda.plan(.request(request), at: clock.now + latency())
  }

  /// An answer sets out.
  func reply(_ reply: Reply, to request: Request) {
    if random.chance(faults.answerLoss) { return fail(request, in: Self.requestTimeout) }
    agenda.plan(.reply(request, reply), at: clock.now + latency())
  }

  func fail(_ request: Request, in delay: Int64) {
    agenda.plan(.reply(request, .unreachable), at: clock.now + delay)
  }

  private func latency() -> Int64 {
    random.chance(faults.requestDelays) ? random.number(1_000...1_500_000) : random.number(50...2_000)
  }

  private func datagramLatency() -> Int64 {
    random.chance(faults.datagramDelays) ? random.number(20_000...200_000) : random.number(50...1_000)
  }

  private var copies: Int { random.chance(faults.datagramLoss) ? 0 : random.chance(faults.datagramCopies) ? 2 : 1 }

  func send(_ datagram: Datagram) {
    for _ in 0..<copies { agenda.plan(.datagram(datagram), at: clock.now + datagramLatency()) }
  }

  func send(_ acknowledgement: PushAcknowledgement) {
    for _ in 0..<copies { agenda.plan(.acknowledgement(acknowledgement), at: clock.now + datagramLatency()) }
  }

  func deliver(_ reply: Reply, to request: Request) {
    switch request.sender {
    case .provider(let place):
      if providers[place].stoppedUntil > clock.now { return providers[place].held.append((request, reply)) }
      take(reply, to: request, provider: place)
    case .watcher(let place):
      if watchers[place].stoppedUntil > clock.now { return watchers[place].heldReplies.append((request, reply)) }
      take(reply, watcher: place)
    case .person: break
    }
  }
}
