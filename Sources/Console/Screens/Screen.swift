import RegistryModel

/// One kind of view: what it lists, how it is drawn, what it needs to know. A value made from a `Place`; what an operator does
/// in it lives in the `Visit`.
protocol Screen: Sendable {
  /// How many rows of its list show in a body of this size.
  func listHeight(in body: Rect, _ state: ConsoleState) -> Int
  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState)

  /// Brings the list up to date. True when another object took the cursor.
  func refresh(_ list: inout ListState, height: Int, _ state: ConsoleState, _ changes: MirrorChanges) -> Bool
  /// Whether the object is still there, shown or not.
  func exists(_ key: RowKey, _ state: ConsoleState) -> Bool
  var sortable: [ColumnFacts] { get }
  func sort(_ list: ListState, _ state: ConsoleState) -> SortChoice
  /// What its list can be filtered by.
  var filterSchema: FilterSchema { get }

  /// What to ask the session while the view is shown; called when it opens and each second.
  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query]
  /// How many lines of text there are, and how many show, where the view is text.
  func lineCount(_ visit: Visit, _ state: ConsoleState) -> Int
  func textHeight(in body: Rect, _ state: ConsoleState) -> Int
}

extension Screen {
  func listHeight(in body: Rect, _ state: ConsoleState) -> Int { body.rows }
  func refresh(_ list: inout ListState, height: Int, _ state: ConsoleState, _ changes: MirrorChanges) -> Bool { false }
  func exists(_ key: RowKey, _ state: ConsoleState) -> Bool { true }
  var sortable: [ColumnFacts] { [] }
  func sort(_ list: ListState, _ state: ConsoleState) -> SortChoice { SortChoice(column: "") }
  var filterSchema: FilterSchema { FilterSchema(fields: [:]) }
  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] { [] }
  func lineCount(_ visit: Visit, _ state: ConsoleState) -> Int { 0 }
  func textHeight(in body: Rect, _ state: ConsoleState) -> Int { 0 }
}

extension Place {
  /// The view of this place.
  var screen: any Screen {
    switch self {
    case .namespaces: NamespacesScreen()
    case .services(let namespace): ServicesScreen(namespace: namespace)
    case .pulse: PulseScreen()
    case .instances(let key): InstancesScreen(service: key)
    case .find(let query): FindScreen(query: query)
    case .subscribers(let key): SubscribersScreen(service: key)
    case .push(let key): PushScreen(service: key)
    case .events: EventsScreen()
    case .switches: SwitchesScreen()
    case .describe(let key): DescribeScreen(key: key)
    case .explain(let key): ExplainScreen(key: key)
    case .timeline(let key): TimelineScreen(key: key)
    }
  }
}
