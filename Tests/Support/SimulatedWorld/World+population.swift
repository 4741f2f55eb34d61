import RegistryEngine
import RegistryModel

extension World {
  /// A few services, the providers of their instances, and who watches them. The last service has no instances.
  func populate() {
    if faults.isLogShort { limits.changeLogCommits = 16 }
    services = (0..<(2 + random.pick(below: 4))).map { ServiceKey(group: "g", name: "s\($0)") }
    let served = services.dropLast()
    for number in 0..<(6 + random.pick(below: 14)) {
      addProvider(number, of: served[random.pick(below: served.count)], isEphemeral: true)
    }
    for number in 0..<(2 + random.pick(below: 6)) {
      addProvider(100 + number, of: served[random.pick(below: served.count)], isEphemeral: false)
    }
    for number in 0..<(3 + random.pick(below: 12)) {
      addWatcher(number, of: services[random.pick(below: services.count)])
    }
    wishes = Wishes(services: services, instances: providers.map(\.key))
    agenda.plan(.person, at: 1_000_000)
    planMishaps()
    agenda.plan(.calm, at: Self.wildTime)
  }

  private func addProvider(_ number: Int, of service: ServiceKey, isEphemeral: Bool) {
    let (seconds, habit) = Provider.habits[random.pick(below: Provider.habits.count)]
    let address = InstanceAddress(ip: "10.0.0.\(number)", port: 80, isEphemeral: isEphemeral)
    let key = InstanceKey(service: service, address: address)
    providerPlaces[key] = providers.count
    if !isEphemeral { hosts[address.ip] = Host() }
    providers.append(Provider(key: key, interval: seconds * 1_000_000, habit: isEphemeral ? habit : [:]))
    plan(provider: providers.count - 1, in: random.number(0...5_000_000))
  }

  private func addWatcher(_ number: Int, of service: ServiceKey) {
    let subscriber = Subscriber(
      service: service, clusters: random.chance(20) ? "DEFAULT" : "", ip: "10.1.0.\(number)", port: 9_000,
      agent: "Nacos-Java-Client:v1.4.8", app: "app")
    guard let endpoint = PushEndpoint(ip: subscriber.ip, port: subscriber.port) else { return }
    watcherPlaces[endpoint] = watchers.count
    watchers.append(Watcher(subscriber: subscriber, endpoint: endpoint))
    plan(watcher: watchers.count - 1, in: random.number(0...10_000_000))
  }

  func plan(provider: Int, in delay: Int64) {
    providers[provider].turn += 1
    agenda.plan(.provider(provider, turn: providers[provider].turn), at: clock.now + delay)
  }

  func plan(watcher: Int, in delay: Int64) {
    watchers[watcher].turn += 1
    agenda.plan(.watcher(watcher, turn: watchers[watcher].turn), at: clock.now + delay)
  }
}
