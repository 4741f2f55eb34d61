import RegistryModel

/// The tables that find a subscription, and how it leaves them.
extension PushLedger {
  /// The first subscription of `topic` at `endpoint` that `isWanted`.
  func first(in topic: Int, at endpoint: PushEndpoint, where isWanted: (Int) -> Bool) -> Int? {
    var next = firstAtPlace[Place(topic: topic, endpoint: endpoint)] ?? -1
    while next >= 0 {
      if isWanted(Int(next)) { return Int(next) }
      next = subscriptions[Int(next)].nextAtPlace
    }
    return nil
  }

  mutating func link(_ id: Int) {
    let subscription = subscriptions[id]
    subscriptions[id].member = topics[subscription.topic].members.count
    topics[subscription.topic].members.append(Int32(id))
    topics[subscription.topic].flavours[subscription.flavour].subscriptions += 1
    subscriptionsByHost[Host(subscription.endpoint), default: 0] += 1

    let place = Place(topic: subscription.topic, endpoint: subscription.endpoint)
    subscriptions[id].nextAtPlace = firstAtPlace.updateValue(Int32(id), forKey: place) ?? -1
    let next = firstAtEndpoint.updateValue(Int32(id), forKey: subscription.endpoint) ?? -1
    subscriptions[id].nextAtEndpoint = next
    if next >= 0 { subscriptions[Int(next)].previousAtEndpoint = Int32(id) }
  }

  /// Ends a subscription.
  mutating func remove(_ id: Int, because departure: PushDeparture) -> PushAction {
    let action = PushAction.left(subscriber(id), departure)
    let topic = subscriptions[id].topic
    if subscriptions[id].isUnderWay {
      counters.pending -= 1
      counters.failed += 1
    }
    failing.remove(Int32(id))
    touch(topic)
    unlink(id)
    subscriptions[id].vacate()
    freeSubscriptions.append(Int32(id))
    if topics[topic].members.isEmpty {
      topicByKey[topics[topic].key] = nil
      topics[topic].vacate()
      freeTopics.append(topic)
    }
    return action
  }

  private mutating func unlink(_ id: Int) {
    let subscription = subscriptions[id]
    let topic = subscription.topic
    let last = topics[topic].members.removeLast()
    if Int(last) != id {
      topics[topic].members[subscription.member] = last
      subscriptions[Int(last)].member = subscription.member
    }
    topics[topic].flavours[subscription.flavour].subscriptions -= 1
    unlinkFromHost(subscription.endpoint)
    unlinkFromPlace(id)
    unlinkFromEndpoint(id)
  }

  private mutating func unlinkFromHost(_ endpoint: PushEndpoint) {
    let host = Host(endpoint)
    let left = subscriptionsByHost[host, default: 1] - 1
    subscriptionsByHost[host] = left > 0 ? left : nil
  }

  private mutating func unlinkFromPlace(_ id: Int) {
    let subscription = subscriptions[id]
    let place = Place(topic: subscription.topic, endpoint: subscription.endpoint)
    let next = subscription.nextAtPlace
    if firstAtPlace[place] == Int32(id) {
      firstAtPlace[place] = next >= 0 ? next : nil
    } else if let before = first(
      in: subscription.topic, at: subscription.endpoint,
      where: {
        subscriptions[$0].nextAtPlace == Int32(id)
      })
    {
      subscriptions[before].nextAtPlace = next
    }
  }

  private mutating func unlinkFromEndpoint(_ id: Int) {
    let subscription = subscriptions[id]
    let (previous, next) = (subscription.previousAtEndpoint, subscription.nextAtEndpoint)
    if next >= 0 { subscriptions[Int(next)].previousAtEndpoint = previous }
    if previous >= 0 {
      subscriptions[Int(previous)].nextAtEndpoint = next
    } else {
      firstAtEndpoint[subscription.endpoint] = next >= 0 ? next : nil
    }
  }

  func subscriber(_ id: Int) -> Subscriber {
    let subscription = subscriptions[id]
    let topic = topics[subscription.topic]
    return Subscriber(
      service: topic.key, clusters: topic.flavours[subscription.flavour].flavour.clusters, ip: subscription.ip,
      port: subscription.endpoint.port, agent: subscription.agent, app: subscription.app)
  }
}

extension PushLedger.Host {
  init(_ endpoint: PushEndpoint) { self.init(high: endpoint.high, low: endpoint.low) }
}
