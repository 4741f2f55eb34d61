import RegistryModel

/// Why an object is as it is: fixed rules over what is known, each with its evidence.
struct ExplainScreen: TextScreen {
  let key: RowKey

  var title: String { "Why \(key.name)" }

  func page(_ state: ConsoleState) -> TextPage {
    switch key {
    case .instance(let instance): InstanceExplanation(instance, state).page
    case .service(let service): ServiceExplanation(service, state).page
    case .subscriber(let subscriber): ServiceExplanation(subscriber.service, state).page
    case .namespace, .event, .switchEntry: TextPage()
    }
  }

  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] {
    guard let service = key.service else { return [] }
    let subscribers = Query.subscribers(service, offset: 0, limit: SubscribersScreen.limit)
    return [.vitals(service), .probes(service)] + (isOpening ? [subscribers] : [])
  }
}
