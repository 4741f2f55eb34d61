import RegistryModel
import Testing

@testable import RegistryEngine

@Suite("Many configurations at once")
struct ConfigurationAdoptionTests {
  private static func publication(_ name: String, _ text: String) -> Publication {
    Publication(
      ConfigurationPlace(ConfigurationKey(group: "g", dataID: name)), ConfigurationText(text, md5: text),
      author: ConfigurationAuthor(address: "10.0.0.1"))
  }

  /// `b` is there already.
  private static func book(limits: Limits = Limits()) throws -> ConfigurationBook {
    var book = ConfigurationBook(limits: limits)
    try ConfigurationBookTests.carryOut(.publish(publication("b", "old")), in: &book)
    return book
  }

  private static func texts(_ book: ConfigurationBook) -> [String] {
    let search = ConfigurationSearch(tenant: "")
    return book.page(search, number: 1, size: 100).items.map { "\($0.place.key.dataID)=\($0.content.text)" }.sorted()
  }

  @Test(arguments: [
    (ConfigurationAdoption.Policy.abort, 1, 0, ["c", "a"], ["a=1", "b=old"]),
    (.skip, 2, 2, ["b", "a"], ["a=1", "b=old", "c=3"]),
    (.overwrite, 4, 0, [], ["a=4", "b=2", "c=3"]),
  ])
  func whatIsThereAlready(
    policy: ConfigurationAdoption.Policy, taken: Int, skipCount: Int, skipped: [String], after: [String]
  ) throws {
    var book = try Self.book()
    let wishes = [("a", "1"), ("b", "2"), ("c", "3"), ("a", "4")].map { Self.publication($0.0, $0.1) }
    let adoption = ConfigurationAdoption(wishes, policy: policy)
    let report = book.report(of: adoption)
    #expect(report.taken == taken && report.skipCount == skipCount)
    #expect(report.skipped.map(\.key.dataID) == skipped)
    #expect(report.failed?.key.dataID == (policy == .abort ? "b" : nil))
    #expect(Self.texts(book) == ["b=old"])
    try ConfigurationBookTests.carryOut(.adopt(adoption), in: &book)
    #expect(Self.texts(book) == after)
    #expect(book.countByTenant == ["": after.count] && book.count == after.count)
  }

  @Test func allOrNoneWhereThereIsNoRoom() throws {
    var limits = Limits()
    limits.configurations = 2
    var book = try Self.book(limits: limits)
    let wishes = [Self.publication("a", "1"), Self.publication("c", "3")]
    #expect(throws: RegistryError.limit(what: "configurations", most: 2)) {
      try book.plan(.adopt(ConfigurationAdoption(wishes, policy: .skip)), at: WallTime(milliseconds: 0))
    }
    limits = Limits()
    limits.configurationBytes = 10
    book = try Self.book(limits: limits)
    let large = [Self.publication("a", "12345"), Self.publication("c", "12345")]
    #expect(throws: RegistryError.limit(what: "bytes of configuration", most: 10)) {
      try book.plan(.adopt(ConfigurationAdoption(large, policy: .skip)), at: WallTime(milliseconds: 0))
    }
    #expect(Self.texts(book) == ["b=old"])
  }
}
