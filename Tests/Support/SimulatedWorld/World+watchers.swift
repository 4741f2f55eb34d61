import RegistryEngine
import RegistryModel

extension World {
  func act(watcher place: Int) {
    let watcher = watchers[place]
    if watcher.stoppedUntil > clock.now { return plan(watcher: place, in: watcher.stoppedUntil - clock.now) }
    if !isCalm, random.chance(2) {
      // It unsubscribes: it ceases to poll. Whether its port stays open is by chance.
      transcript.note("watcher goes", Int64(place), at: clock.now)
      watchers[place].isAway = true
      watchers[place].view = nil
      return plan(watcher: place, in: random.number(5_000_000...90_000_000))
    }
    watchers[place].isAway = false
    transcript.note("watcher polls", Int64(place), at: clock.now, watcher.subscriber.service.grouped)
    send(.list(watcher.subscriber), from: .watcher(place))
    plan(watcher: place, in: 70_000_000)
  }

  func take(_ reply: Reply, watcher place: Int) {
    if watchers[place].isAway { return }
    if case .list(let view) = reply { watchers[place].view = view }
    let delay = watchers[place].nextPoll(after: reply)
    plan(watcher: place, in: delay)
  }

  func arrive(_ datagram: Datagram) {
    guard let place = watcherPlaces[datagram.target] else { return }
    if watchers[place].stoppedUntil > clock.now { return watchers[place].heldDatagrams.append(datagram) }
    if watchers[place].isAway {
      // Nobody has the port: the network says so, sometimes.
      if random.chance(50) { agenda.plan(.unreachable(datagram.target), at: clock.now + 300) }
      return
    }
    take(datagram, watcher: place)
  }

  /// A datagram that was there before is shown again whatever the sender does: a client knows it by its number.
  private func take(_ datagram: Datagram, watcher place: Int) {
    transcript.note("pushed", Int64(place), datagram.nonce, Int64(datagram.view.revision), at: clock.now)
    if watchers[place].life != datagram.life {
      watchers[place].life = datagram.life
      watchers[place].seen = []
      watchers[place].newest = 0
    }
    if watchers[place].seen.insert(datagram.nonce).inserted {
      if datagram.view.revision < watchers[place].newest {
        blame(.convergence, "\(datagram.target) is shown an older list of \(datagram.service.grouped) after a newer one")
      }
      watchers[place].newest = datagram.view.revision
    }
    watchers[place].view = datagram.view
    send(PushAcknowledgement(source: datagram.target, nonce: datagram.nonce))
  }

  func wake(watcher place: Int) {
    let (datagrams, replies) = (watchers[place].heldDatagrams, watchers[place].heldReplies)
    watchers[place].heldDatagrams = []
    watchers[place].heldReplies = []
    for datagram in datagrams where !watchers[place].isAway { take(datagram, watcher: place) }
    for (_, reply) in replies { take(reply, watcher: place) }
  }

  func wish() {
    if faults.operators == 0 { return }
    lastVersion += 1
    let command = wishes.wish(lastVersion, &random)
    transcript.note("wish", lastVersion, at: clock.now, "\(command.action)")
    send(.command(command), from: .person)
    agenda.plan(.person, at: clock.now + random.number(1_000...(2 * faults.operators)))
  }
}
