import EventLoop

/// Addresses of the hosts that instances name. Addresses are read at once; names are looked up on a thread of their own,
/// because the system's resolver makes its caller wait, and what was found is used for half a minute and then until it is
/// found anew. Belongs to one loop.
final class HostDirectory {
  enum Answer: Hashable {
    case address(SocketAddress)
    /// The name service knows nobody by that name, or it is no name.
    case nobody
    /// Nobody has answered yet.
    case notYet
  }

  private struct Entry {
    var answer = Answer.notYet
    /// When to ask anew, in nanoseconds of the loop's clock.
    var asksAt: Int64 = 0
    var isAsked = false
  }

  /// Names that are remembered, and names that are asked for at once. Beyond either nobody is asked.
  private static let mostNames = 4_096
  private static let mostAsked = 256
  private static let fresh: Int64 = 30_000_000_000
  private static let freshFailure: Int64 = 5_000_000_000

  typealias Resolver = @Sendable (String) -> Answer

  private let loop: Loop
  private let resolver: Resolver
  private var entries: [String: Entry] = [:]
  private var asked = 0
  private var thread: LoopThread?

  init(_ loop: Loop, resolver: @escaping Resolver = HostDirectory.askSystem) {
    self.loop = loop
    self.resolver = resolver
  }

  func find(_ host: String, port: UInt16) -> Answer {
    if let address = SocketAddress(host: host, port: port) { return .address(address) }
    guard Self.isName(host) else { return .nobody }
    var entry = entries[host] ?? Entry()
    if !entry.isAsked, entry.asksAt <= loop.now, ask(host) {
      entry.isAsked = true
      entries[host] = entry
    }
    guard case .address(var address) = entry.answer else { return entry.answer }
    address.port = port
    return .address(address)
  }

  /// Ends the thread. One that is waiting for the name service ends when that has answered.
  func stop() {
    thread?.mailbox.post { $0.stop() }
    thread = nil
    entries = [:]
  }

  /// False when nobody can be asked now.
  private func ask(_ host: String) -> Bool {
    if entries[host] == nil, entries.count >= Self.mostNames { forgetOld() }
    guard entries.count < Self.mostNames || entries[host] != nil, asked < Self.mostAsked else { return false }
    let bound = LoopBound(self, on: loop)
    let resolver = resolver
    let isPosted = resolverThread?.mailbox.post { _ in
      let answer = resolver(host)
      bound.post { $0.answered(host, answer) }
    }
    guard isPosted == true else { return false }
    asked += 1
    return true
  }

  private var resolverThread: LoopThread? {
    // Without a thread names stay unanswered, which is no finding about anybody; the next one tries again.
    if thread == nil { thread = try? LoopThread.start(name: "muster-names") { _ in }.0 }
    return thread
  }

  private func answered(_ host: String, _ answer: Answer) {
    asked -= 1
    guard var entry = entries[host] else { return }
    entry.isAsked = false
    entry.asksAt = loop.now + (answer == .notYet || answer == .nobody ? Self.freshFailure : Self.fresh)
    // A name service that does not answer takes nothing back.
    if answer != .notYet { entry.answer = answer }
    entries[host] = entry
  }

  private func forgetOld() {
    let now = loop.now
    entries = entries.filter { $0.value.isAsked || $0.value.asksAt > now }
  }

  private static func askSystem(_ host: String) -> Answer {
    do throws(ResolveError) {
      return .address(try SocketAddress.resolve(host: host, port: 0))
    } catch {
      return error.isUnknown ? .nobody : .notYet
    }
  }

  private static func isName(_ host: String) -> Bool {
    (1...253).contains(host.utf8.count)
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
