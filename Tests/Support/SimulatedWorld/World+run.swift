import RegistryModel

extension World {
  /// So many steps at one moment mean that somebody asks to be woken and does nothing.
  private static let mostAtOnce = 20_000
  /// All of the machines is looked at once in so many steps; the promises are judged after each.
  private static let stepsPerInspection = 64

  /// Lets the world go on to its end, or to the first fault.
  public func run() -> Report {
    let end = Self.wildTime + Self.calmTime
    var here: (time: Int64, steps: Int) = (-1, 0)
    while fault == nil, let time = nextTime, time <= end {
      here = time <= here.time ? (here.time, here.steps + 1) : (time, 0)
      if here.steps > Self.mostAtOnce { blame(.inside, "the world stands still") }
      clock.set(time)
      step()
    }
    if fault == nil {
      clock.set(end)
      inspect()
      judgeTheEnd()
    }
    return report
  }

  private var nextTime: Int64? {
    let timers = asleepUntil == nil ? server?.nextDeadline.map { max($0, clock.now) } : nil
    return [agenda.nextTime, timers].compactMap(\.self).min()
  }

  private func step() {
    if let event = agenda.popDue(by: clock.now) { happen(event) } else { runTimers() }
    afterStep()
    if transcript.steps % Self.stepsPerInspection == 0 { inspect() }
  }

  private func happen(_ event: Event) {
    switch event {
    case .provider(let place, let turn): if providers[place].turn == turn { act(provider: place) }
    case .watcher(let place, let turn): if watchers[place].turn == turn { act(watcher: place) }
    case .person: wish()
    case .reply(let request, let reply): deliver(reply, to: request)
    case .datagram(let datagram): arrive(datagram)
    case .mishap(let mishap): happen(mishap)
    case .serverWakes: wakeServer()
    case .serverStarts: start()
    case .providerWakes(let place): wake(provider: place)
    case .watcherWakes(let place): wake(watcher: place)
    case .calm: calmDown()
    case .request, .acknowledgement, .unreachable, .stored, .finding:
      if asleepUntil == nil { serve(event) } else { held.append(event) }
    }
  }
}
