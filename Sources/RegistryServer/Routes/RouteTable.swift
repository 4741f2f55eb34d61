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
      if routes[index].method == method, Self.isSame(path.bytes, routes[index].path) { return routes[index] }
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
    let own = routes.filter { Self.isSame(path.bytes, $0.path) }.map(\.method)
    let all = own.contains(.get) && answering(.head, path) != nil ? own + [.head] : own
    return all.sorted { $0.rawValue < $1.rawValue }
  }

  /// What the body of a request for a path may have; nil for as much as of any other.
  func bodyBytes(of path: RoutePath) -> Int? {
    wide.lazy.filter { Self.isSame(path.bytes, $0.path) }.compactMap(\.bodyBytes).max()
  }

  private static func isSame(_ bytes: UnsafeRawBufferPointer, _ path: StaticString) -> Bool {
    bytes.count == path.utf8CodeUnitCount
      && bytes.elementsEqual(UnsafeBufferPointer(start: path.utf8Start, count: path.utf8CodeUnitCount))
  }

  /// FNV-1a. The table is small and its keys are known: no choice of paths can make it slow.
  private static func hash(_ method: HTTPMethod, _ path: UnsafeRawBufferPointer) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(method.rawValue)
    for byte in path { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32) & .max
  }
}
