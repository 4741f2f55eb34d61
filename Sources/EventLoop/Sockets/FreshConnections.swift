import Glibc

/// Connections that were begun in this turn of the loop. At its end one call looks at all of them: on this machine a
/// connection is made by then, and in a network nearby most of those are that had others begun after them. Only the rest
/// is waited for one by one, which costs calls of the system for each.
final class FreshConnections {
  private var owners: [any FreshConnection] = []
  private var descriptors: [pollfd] = []

  var isEmpty: Bool { owners.isEmpty }

  /// - Parameter descriptor: -1 for a connection that could not be begun.
  func add(_ owner: any FreshConnection, _ descriptor: Int32) {
    owners.append(owner)
    descriptors.append(pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0))
  }

  func look() {
    if owners.isEmpty { return }
    poll(&descriptors, nfds_t(descriptors.count), 0)
    // Whoever is called may begin others: these have their look at the end of the next turn.
    let looked = zip(owners, descriptors)
    drop()
    for (owner, descriptor) in looked { owner.looked(isReady: descriptor.revents != 0) }
  }

  /// Forgets them without a look.
  func drop() {
    owners = []
    descriptors = []
  }
}

protocol FreshConnection: AnyObject {
  /// Called once, unless its loop goes first. Ready is also what has failed.
  func looked(isReady: Bool)
}
