public import RegistryModel

extension PushLedger {
  /// Subscribes, or renews what is already there: the same service, clusters, address and agent (naming-server-v1 4.1).
  /// `sawHosts` says whether the poll that subscribes is answered with any host. Throws `.limit` when a table is full or
  /// a text too long, `.illegalHost` when the address is none that can be pushed to.
  public mutating func subscribe(
    _ subscriber: Subscriber, naming: PushFlavour.Naming, sawHosts: Bool, at now: PushInstant
  ) throws(RegistryError) -> [PushAction] {
    guard let endpoint = PushEndpoint(ip: subscriber.ip, port: subscriber.port) else {
      throw .illegalHost(subscriber.ip)
    }
    let flavour = PushFlavour(clusters: subscriber.clusters, naming: naming)
    if let known = find(subscriber, flavour: flavour, at: endpoint) {
      renew(known, app: subscriber.app, sawHosts: sawHosts, at: now)
      return []
    }
    try check(subscriber, at: endpoint)
    let topic = topicByKey[subscriber.service] ?? openTopic(subscriber.service)
    guard let index = flavourIndex(flavour, in: topic) else {
      throw .limit(what: "different lists of one service", most: rules.flavoursPerService)
    }
    let id = takeSubscription()
    subscriptions[id].topic = topic
    subscriptions[id].flavour = index
    subscriptions[id].endpoint = endpoint
    subscriptions[id].ip = intern(subscriber.ip)
    subscriptions[id].agent = intern(subscriber.agent)
    subscriptions[id].app = intern(subscriber.app)
    subscriptions[id].subscribedAt = now.wall
    renew(id, app: subscriber.app, sawHosts: sawHosts, at: now)
    link(id)
    file(id, at: now.microseconds)
    touch(topic)
    return [.joined(subscriber)]
  }

  private func find(_ subscriber: Subscriber, flavour: PushFlavour, at endpoint: PushEndpoint) -> Int? {
    guard let topic = topicByKey[subscriber.service] else { return nil }
    return first(in: topic, at: endpoint) { id in
      subscriptions[id].agent == subscriber.agent
        && topics[topic].flavours[subscriptions[id].flavour].flavour == flavour
    }
  }

  private mutating func renew(_ id: Int, app: String, sawHosts: Bool, at now: PushInstant) {
    subscriptions[id].polled = now.microseconds
    subscriptions[id].polledAt = now.wall
    subscriptions[id].isBackedOff = !sawHosts
    if subscriptions[id].app != app { subscriptions[id].app = intern(app) }
    subscriptions[id].unanswered = min(subscriptions[id].unanswered, rules.unanswered - 1)
  }

  private func check(_ subscriber: Subscriber, at endpoint: PushEndpoint) throws(RegistryError) {
    if count >= limits.subscribers { throw .limit(what: "subscribers", most: limits.subscribers) }
    if subscriptionsByHost[Host(endpoint), default: 0] >= rules.subscriptionsPerHost {
      throw .limit(what: "subscriptions of one host", most: rules.subscriptionsPerHost)
    }
    if let topic = topicByKey[subscriber.service], topics[topic].members.count >= limits.subscribersPerService {
      throw .limit(what: "subscribers of one service", most: limits.subscribersPerService)
    }
    try check("clusters", subscriber.clusters, most: rules.clustersBytes)
    try check("User-Agent", subscriber.agent, most: limits.agentBytes)
    try check("app", subscriber.app, most: limits.appBytes)
  }

  private func check(_ what: String, _ text: String, most: Int) throws(RegistryError) {
    if text.utf8.count > most { throw .limit(what: "bytes of \(what)", most: most) }
  }

  private mutating func openTopic(_ key: ServiceKey) -> Int {
    let topic = freeTopics.popLast() ?? topics.count
    if topic == topics.count { topics.append(PushTopic()) }
    topics[topic].generation &+= 1
    topics[topic].key = key
    topicByKey[key] = topic
    return topic
  }

  private mutating func takeSubscription() -> Int {
    let id = freeSubscriptions.popLast().map(Int.init) ?? subscriptions.count
    if id == subscriptions.count { subscriptions.append(PushSubscription()) }
    subscriptions[id].generation &+= 1
    return id
  }

  /// Where `flavour` stands in `topic`, put there if it is new; nil when there are too many. Never nil for a new topic.
  private mutating func flavourIndex(_ flavour: PushFlavour, in topic: Int) -> Int? {
    if let index = topics[topic].flavours.firstIndex(where: { $0.flavour == flavour }) { return index }
    if let unused = topics[topic].flavours.firstIndex(where: { $0.subscriptions == 0 }) {
      topics[topic].flavours[unused] = .init(flavour: flavour)
      return unused
    }
    if topics[topic].flavours.count >= rules.flavoursPerService { return nil }
    topics[topic].flavours.append(.init(flavour: flavour))
    return topics[topic].flavours.count - 1
  }

  /// One copy for the few texts that many subscribers share (reliability R36).
  private mutating func intern(_ text: String) -> String {
    if let index = texts.firstIndex(of: text) { return texts[index] }
    if texts.count < rules.textsShared { texts.insert(text) }
    return text
  }
}
