import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct ConfigurationListenerTests {
  private typealias Book = ConfigurationBookTests
  private let reader = ConfigurationReader(address: "10.0.0.7")
  private let other = ConfigurationKey(tenant: "t", group: "g", dataID: "other")

  private func interest(_ md5: String, in key: ConfigurationKey = Book.key) -> ConfigurationInterest {
    ConfigurationInterest(key, md5: md5)
  }

  @Test func whatDiffersIsToldAtOnce() throws {
    var book = ConfigurationBook()
    try Book.carryOut(Book.publication("a"), in: &book)
    let interests = [interest("a"), interest("", in: other)]
    #expect(book.changed(interests, for: reader) == [])
    #expect(book.changed([interest("b"), interest("x", in: other)], for: reader) == [Book.key, other])
    #expect(book.changed([interest("")], for: reader) == [Book.key])
  }

  @Test func aChangeCallsThoseWhoWaitForIt() throws {
    var book = ConfigurationBook()
    try Book.carryOut(Book.publication("a"), in: &book)
    let first = book.listen(to: [interest("a"), interest("", in: other)], as: reader)
    #expect(first != nil)
    let second = book.listen(to: [interest("a")], as: reader)
    #expect(second != nil)
    #expect(try Book.carryOut(Book.publication("a"), in: &book) == [])
    #expect(try Book.carryOut(Book.publication("x", at: other), in: &book).map(\.listener) == [first])
    #expect(book.listenerCount == 1 && book.listeners(of: other).isEmpty)
    let calls = try Book.carryOut(
      .remove([ConfigurationPlace(Book.key)], ConfigurationAuthor(address: "")), in: &book)
    #expect(calls.map(\.listener) == [second] && calls.map(\.key) == [Book.key])
    #expect(book.listeners.byKey.isEmpty && book.listeners.interestCount == 0)
  }

  @Test func aBetaCallsThoseItIsFor() throws {
    var book = ConfigurationBook()
    try Book.carryOut(Book.publication("a"), in: &book)
    let number = book.listen(to: [interest("a")], as: reader)
    #expect(number != nil)
    _ = book.listen(to: [interest("a")], as: ConfigurationReader(address: "10.0.0.8"))
    let calls = try Book.carryOut(Book.publication("b", .beta, betaAddresses: ["10.0.0.7"]), in: &book)
    #expect(calls.map(\.listener) == [number])
  }

  @Test func whoHasGoneIsNotCalled() throws {
    var book = ConfigurationBook()
    let number = book.listen(to: [interest("")], as: reader)
    #expect(number != nil)
    #expect(book.interests(of: "10.0.0.7") == [interest("")])
    for _ in 1...2 { book.stopListening(number ?? 0) }
    #expect(try Book.carryOut(Book.publication("a"), in: &book) == [])
  }

  @Test func noMoreMayWaitThanThereIsRoomFor() {
    var limits = Limits()
    (limits.configurationListeners, limits.configurationInterests) = (2, 3)
    var book = ConfigurationBook(limits: limits)
    let two = [interest(""), interest("", in: other)]
    #expect(book.listen(to: two, as: reader) != nil)
    #expect(book.listen(to: two, as: reader) == nil)
    #expect(book.listen(to: [interest("")], as: reader) != nil)
    #expect(book.listen(to: [], as: reader) == nil)
  }
}
