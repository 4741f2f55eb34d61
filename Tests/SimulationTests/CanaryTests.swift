import RegistryEngine
import RegistryModel
import SimulatedWorld
import Synchronization
import Testing

/// Machines broken on purpose: judges that let one of these pass are no judges.
@Suite struct CanaryTests {
  /// Worlds that a canary may live through.
  private static let worlds = UInt64(1)...40

  private func firstFault(_ seams: (UInt64) -> Seams) -> Invariant? {
    for seed in Self.worlds {
      if let fault = World(seed: seed, seams: seams(seed)).run().fault { return fault.invariant }
    }
    return nil
  }

  @Test func aStoreThatAnswersBeforeItKeeps() {
    var seams = Seams()
    seams.answersEarlyBy = 30_000
    #expect(firstFault { _ in seams } == .durability)
  }

  @Test func aRegistryWhoseClockIsFast() {
    var seams = Seams()
    seams.registryTime = { now in
      Moment(wall: now.wall, monotonic: MonotonicTime(milliseconds: now.monotonic.milliseconds * 101 / 100))
    }
    #expect(firstFault { _ in seams } == .patience)
  }

  @Test func aRegistryThatLosesBeats() {
    #expect(
      firstFault { seed in
        var seams = Seams()
        let count = Counter()
        seams.beat = { beat in count.next().isMultiple(of: 3) ? .beat(beat) : .swallowed }
        return seams
      } == .patience)
  }

  @Test func aRegistryThatTakesAnyBeatForARegistration() {
    var seams = Seams()
    seams.beat = { beat in
      let address = InstanceAddress(cluster: beat.cluster, ip: beat.ip, port: beat.port)
      let key = InstanceKey(service: beat.service, address: address)
      let metadata = beat.body?.metadata ?? Metadata()
      return .command(Command(.register(Registration(key: key, metadata: metadata)), by: .client(address: beat.ip, agent: "")))
    }
    // Metadata goes with a light beat, too: whichever judge is first.
    #expect(firstFault { _ in seams } != nil)
  }

  @Test func aListThatIsBehind() {
    #expect(
      firstFault { _ in
        var seams = Seams()
        let last = Mutex<[ServiceKey: Service]>([:])
        seams.list = { service in
          guard let service else { return nil }
          return last.withLock { $0.updateValue(service, forKey: service.key) } ?? service
        }
        return seams
      } == .readYourWrites)
  }

  /// The last of several changes in a row is told by the round that comes after the pace: this one is dropped.
  @Test func aLedgerThatDropsStragglers() {
    #expect(
      firstFault { _ in
        var seams = Seams()
        let revisions = Mutex<[ServiceKey: Int]>([:])
        seams.push = { actions in
          actions.compactMap { action in
            guard case .send(let round) = action, round.batches.allSatisfy({ !$0.isRepeat }) else { return action }
            let count = revisions.withLock { counts in
              counts[round.service, default: 0] += 1
              return counts[round.service, default: 0]
            }
            return count.isMultiple(of: 4) ? nil : action
          }
        }
        return seams
      } == .convergence)
  }

  @Test func aLedgerThatRepeatsNothing() {
    var seams = Seams()
    seams.push = { actions in
      actions.filter { action in
        guard case .send(let round) = action else { return true }
        return round.batches.contains { !$0.isRepeat }
      }
    }
    #expect(firstFault { _ in seams } == .convergence)
  }

  @Test func aLedgerWhoseNumbersGoBack() {
    var seams = Seams()
    seams.push = { actions in
      actions.map { action in
        guard case .send(var round) = action else { return action }
        for index in round.batches.indices { round.batches[index].nonce = .max - round.batches[index].nonce }
        return .send(round)
      }
    }
    #expect(firstFault { _ in seams } == .convergence)
  }

  @Test func aRestartThatForgets() {
    var seams = Seams()
    seams.restored = { state in
      var state = state
      state.instances.removeAll()
      return state
    }
    #expect(firstFault { _ in seams } == .durability)
  }

  @Test func aRestartThatTakesNobodyForHealthy() {
    var seams = Seams()
    seams.restored = { state in
      var state = state
      for index in state.services.indices {
        state.services[index].clusters[InstanceAddress.defaultCluster] = ClusterSettings(checker: .none)
      }
      for index in state.instances.indices { state.instances[index].instance.isHealthy = false }
      return state
    }
    #expect(firstFault { _ in seams } == .restart)
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
