import EventLoop

/// Finds the route of a request by its bytes: one hash, one comparison, nothing built.
struct RouteTable: Sendable {
  let routes: [Route]
  /// Open addressing, a quarter full; -1 is a free place.
  private var places: [Int16]
  /// Those whose requests may have larger bodies than others.
  private let wide: [Route]

  init(_ routes: [Route]) {
    self.routes = routes
    wide = routes.filter { $0.bodyBytes != nil }
    var size = 16
    while size < routes.count * 4 { size *= 2 }
    places = Array(repeating: -1, count: size)
    for (index, route) in routes.enumerated() {
      let path = UnsafeRawBufferPointer(start: route.path.utf8Start, count: route.path.utf8CodeUnitCount)
      var place = Self.hash(route.method, path) & (size - 1)
      while places[place] >= 0 { place = (place + 1) & (size - 1) }
      places[place] = Int16(index)
    }
  }

  func route(_ method: HTTPMethod, _ path: RoutePath) -> Route? {
    var place = Self.hash(method, path.bytes) & (places.count - 1)
    while places[place] >= 0 {
      let index = Int(places[place])
      if routes[index].method == method, path.bytes.isSame(as: routes[index].path) { return routes[index] }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// As `route`; and as in Spring, what answers `GET` answers `HEAD` too, but below `/v1/ns`, where Nacos' filter lets none
  /// through. A stream has no head that could be told without it.
  func answering(_ method: HTTPMethod, _ path: RoutePath) -> Route? {
    if let route = route(method, path) { return route }
    guard method == .head, !path.isNaming, let route = route(.get, path) else { return nil }
    if case .stream = route.handler { return nil }
    return route
  }

  /// The methods that a path has; none for a path that is not there.
  func methods(of path: RoutePath) -> [HTTPMethod] {
    let own = routes.filter { path.bytes.isSame(as: $0.path) }.map(\.method)
    let all = own.contains(.get) && answering(.head, path) != nil ? own + [.head] : own
    return all.sorted { $0.rawValue < $1.rawValue }
  }

  /// What the body of a request for a path may have; nil for as much as of any other.
  func bodyBytes(of path: RoutePath) -> Int? {
    wide.lazy.filter { path.bytes.isSame(as: $0.path) }.compactMap(\.bodyBytes).max()
  }

  /// Eight bytes at a time. The table is small and its keys are known: no choice of paths can make it slow.
  private static func hash(_ method: HTTPMethod, _ path: UnsafeRawBufferPointer) -> Int {
    var hash = UInt64(method.rawValue)
    var offset = 0
    while offset + 8 <= path.count {
      hash = mixed(hash, path.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    // The last eight once more, as far as they are new; a path of fewer is short of them.
    if path.count >= 8 {
      hash = mixed(hash, path.loadUnaligned(fromByteOffset: path.count - 8, as: UInt64.self))
    } else {
      for byte in path { hash = mixed(hash, UInt64(byte)) }
    }
    return Int(truncatingIfNeeded: hash ^ hash >> 32) & .max
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low
  }
}
