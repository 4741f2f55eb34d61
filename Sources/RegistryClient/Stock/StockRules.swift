/// How often a stock Nacos is asked, and how patiently. All in milliseconds.
public struct StockRules: Sendable, Hashable {
  /// Between two looks at what is on screen.
  public var glance: Int64 = 1_000
  /// After so long without an answer a word is asked for beside the page, and after as long again the link is lost: two
  /// seconds after it was last heard of.
  public var doubt: Int64 = 500
  /// Between two rounds through the list of services, at least.
  public var round: Int64 = 2_000
  /// Between two rounds through all instances, at least.
  public var bulkRound: Int64 = 5_000
  /// Between two looks at namespaces and at switches.
  public var settings: Int64 = 10_000
  /// After a look at a page or at a service that is not on screen, as a multiple of the time that it took: the server has
  /// the rest for its clients.
  public var restFactor: Int64 = 3
  /// The least such pause.
  public var rest: Int64 = 20
  /// For how long a service counts as on screen after it was asked about.
  public var attention: Int64 = 5_000
  /// Services on one page of the list, and on one with instances.
  public var pageSize = 500
  public var bulkSize = 100
  /// As many services are looked at one by one before there is a first snapshot; of more, pages of many are.
  public var mostAtFirst = 200
  /// Instances on one page: enough for any cluster, for their order differs from page to page.
  public var instancesOnPage = 10_000
  /// For a command.
  public var answer: Int64 = 5_000
  /// Between two attempts to come back: at first, and at most.
  public var retry: ClosedRange<Int64> = 250...1_000
  /// For a page while words are answered; more after one that took longer, up to the upper bound.
  public var patience: ClosedRange<Int64> = 5_000...20_000

  public init() {}
}
