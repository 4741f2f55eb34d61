import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct ConfigurationBookTests {
  static let key = ConfigurationKey(group: "g", dataID: "app.yaml")
  private static let now = WallTime(milliseconds: 1_000_000)

  /// The digest of a text is the text itself here: the book does not look into it.
  static func publication(
    _ text: String, at key: ConfigurationKey = key, _ variant: ConfigurationVariant = .main, betaAddresses: [String] = [],
    app: String? = nil
  ) -> ConfigurationWish {
    .publish(
      Publication(
        ConfigurationPlace(key, variant), ConfigurationText(text, md5: text), app: app, betaAddresses: betaAddresses,
        author: ConfigurationAuthor(user: "ann", address: "10.0.0.1")))
  }

  @discardableResult
  static func carryOut(
    _ wish: ConfigurationWish, in book: inout ConfigurationBook, at now: WallTime = now
  ) throws -> [ConfigurationCall] {
    let changes = try book.plan(wish, at: now)
    return book.apply(changes)
  }

  private static let author = ConfigurationAuthor(address: "10.0.0.9")

  private static func operations(_ book: ConfigurationBook, _ key: ConfigurationKey = key) -> [String] {
    book.page(of: key, number: 1, size: 100).items.map { "\($0.operation.rawValue) \($0.md5)" }
  }

  @Test func aPlanChangesNothingUntilItIsApplied() throws {
    var book = ConfigurationBook()
    let changes = try book.plan(Self.publication("a"), at: Self.now)
    #expect(book[ConfigurationPlace(Self.key)] == nil)
    #expect(book.event(2) == nil)
    _ = book.apply(changes)
    #expect(book[ConfigurationPlace(Self.key)]?.content.text == "a")
  }

  @Test func aConfigurationKeepsItsIDAndBirth() throws {
    var book = ConfigurationBook()
    try Self.carryOut(Self.publication("a", app: "shop"), in: &book)
    let first = try #require(book[ConfigurationPlace(Self.key)])
    try Self.carryOut(Self.publication("b"), in: &book, at: WallTime(milliseconds: 2_000_000))
    let second = try #require(book[ConfigurationPlace(Self.key)])
    #expect(second.id == first.id && second.createdAt == first.createdAt && second.app == "shop")
    #expect(second.modifiedAt.milliseconds == 2_000_000 && second.content.text == "b")
    #expect(book.bytes == 1 && book.count == 1)
  }

  @Test func historyTellsOfTheNewAtFirstAndOfTheOldThen() throws {
    var book = ConfigurationBook()
    for text in ["a", "b", "b"] { try Self.carryOut(Self.publication(text), in: &book) }
    try Self.carryOut(.remove([ConfigurationPlace(Self.key)], Self.author), in: &book)
    try Self.carryOut(.remove([ConfigurationPlace(Self.key)], Self.author), in: &book)
    #expect(Self.operations(book) == ["D b", "U b", "U a", "I a"])
    #expect(book.event(before: 1, of: Self.key)?.operation == .deletion)
    #expect(book.event(before: 99, of: Self.key) == nil)
    let page = book.page(of: Self.key, number: 2, size: 3)
    #expect(page.total == 4 && page.pages == 2 && page.items.map(\.md5) == ["a"])
    #expect(book.page(of: Self.key, number: 9, size: 3).items.isEmpty)
    #expect(book.bytes == 0 && book.count == 0 && book.entries.isEmpty)
  }

  @Test func betasAndTagsAreForThoseTheyName() throws {
    var book = ConfigurationBook()
    try Self.carryOut(Self.publication("main"), in: &book)
    try Self.carryOut(Self.publication("beta", .beta, betaAddresses: ["10.0.0.7"]), in: &book)
    try Self.carryOut(Self.publication("blue", .tag("blue")), in: &book)
    func text(_ address: String, _ tag: String? = nil) -> String? {
      book.configuration(Self.key, for: ConfigurationReader(address: address, tag: tag))?.content.text
    }
    #expect(text("10.0.0.7") == "beta" && text("10.0.0.7", "blue") == "beta")
    #expect(text("10.0.0.8") == "main" && text("10.0.0.8", "blue") == "blue" && text("10.0.0.8", "red") == "main")
    // Only what is for all is history.
    #expect(Self.operations(book) == ["I main"])
    try Self.carryOut(.remove([ConfigurationPlace(Self.key, .beta)], Self.author), in: &book)
    #expect(text("10.0.0.7") == "main")
  }

  @Test func boundsAreKept() throws {
    var limits = Limits()
    (limits.configurations, limits.configurationBytes) = (2, 10)
    (limits.configurationEvents, limits.configurationEventBytes) = (3, 1_000)
    var book = ConfigurationBook(limits: limits)
    let other = ConfigurationKey(group: "g", dataID: "other")
    try Self.carryOut(Self.publication("12345"), in: &book)
    try Self.carryOut(Self.publication("12345", at: other), in: &book)
    #expect(throws: RegistryError.limit(what: "bytes of configuration", most: 10)) {
      try book.plan(Self.publication("123456", at: other), at: Self.now)
    }
    #expect(throws: RegistryError.limit(what: "configurations", most: 2)) {
      try book.plan(Self.publication("", at: ConfigurationKey(group: "g", dataID: "third")), at: Self.now)
    }
    for _ in 1...5 { try Self.carryOut(Self.publication("x"), in: &book) }
    #expect(book.history.count == 3 && book.history.bytes == 3)
    #expect(Self.operations(book, other).isEmpty)
  }

  @Test func whatIsTooOldIsForgottenWithTheNextWish() throws {
    var book = ConfigurationBook()
    try Self.carryOut(Self.publication("a"), in: &book)
    let later = WallTime(milliseconds: Self.now.milliseconds + book.limits.configurationEventAge + 1)
    try Self.carryOut(Self.publication("b"), in: &book, at: later)
    #expect(Self.operations(book) == ["U a"])
  }

  @Test func aBookBeginsWithWhatWasStored() throws {
    var book = ConfigurationBook()
    for text in ["a", "b"] { try Self.carryOut(Self.publication(text), in: &book) }
    let events = book.page(of: Self.key, number: 1, size: 9).items
    var again = ConfigurationBook(configurations: book.entries.values.flatMap(\.all), events: events)
    #expect(Self.operations(again) == Self.operations(book))
    try Self.carryOut(Self.publication("c"), in: &again)
    #expect(Set(again.page(of: Self.key, number: 1, size: 9).items.map(\.id)).count == 3)
    #expect(again[ConfigurationPlace(Self.key)]?.id == 1)
  }

  @Test func searches() throws {
    var book = ConfigurationBook()
    for (tenant, group, name) in [("", "g1", "shop.yaml"), ("", "g1", "shop.json"), ("", "g2", "bank"), ("t", "g1", "shop")] {
      let key = ConfigurationKey(tenant: tenant, group: group, dataID: name)
      try Self.carryOut(Self.publication("x", at: key, app: group), in: &book)
    }
    func names(_ search: ConfigurationSearch, _ number: Int = 1, _ size: Int = 10) -> [String] {
      book.page(search, number: number, size: size).items.map(\.place.key.dataID)
    }
    #expect(names(ConfigurationSearch(tenant: "")) == ["shop.yaml", "shop.json", "bank"])
    #expect(names(ConfigurationSearch(tenant: ""), 2, 2) == ["bank"])
    #expect(names(ConfigurationSearch(tenant: "", dataID: .stars(StarPattern("sh*.*n")))) == ["shop.json"])
    #expect(names(ConfigurationSearch(tenant: "", dataID: .exactly("shop*"))) == [])
    #expect(names(ConfigurationSearch(tenant: "", group: .exactly("g2"))) == ["bank"])
    #expect(names(ConfigurationSearch(tenant: "", app: "g2")) == ["bank"])
    #expect(names(ConfigurationSearch(tenant: "t")) == ["shop"])
  }
}
