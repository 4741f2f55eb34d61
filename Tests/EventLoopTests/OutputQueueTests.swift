import Testing

@testable import EventLoop

@Suite struct OutputQueueTests {
  /// Takes everything out in steps of `step` bytes.
  private func drain(_ queue: inout OutputQueue, step: Int) -> [UInt8] {
    var all: [UInt8] = []
    while !queue.isEmpty {
      let taken = queue.front.prefix(step)
      all += taken
      queue.removeFirst(taken.count)
    }
    return all
  }

  @Test(arguments: [1, 7, 4096, 100_000]) func givesBackWhatWasPutInInItsOrder(step: Int) {
    var queue = OutputQueue()
    var expected: [UInt8] = []
    for index in 0..<50 {
      let small = [UInt8](repeating: UInt8(index), count: index * 3)
      small.withUnsafeBytes { queue.append(copying: $0) }
      let large = [UInt8](repeating: UInt8(index + 100), count: index * 400)
      queue.append(large[...])
      expected += small + large
    }
    #expect(queue.count == expected.count)
    #expect(drain(&queue, step: step) == expected)
    #expect(queue.count == 0)
    #expect(queue.front.isEmpty)
  }

  @Test func smallPiecesAreGatheredAndLargeOnesAreNotCopied() {
    var queue = OutputQueue()
    for _ in 0..<10 { queue.append([1, 2, 3]) }
    #expect(queue.front.count == 30)
    queue.removeFirst(30)
    let large = [UInt8](repeating: 1, count: 10_000)
    queue.append(large[10...])
    let isShared = large.withUnsafeBytes { original in
      queue.front.withUnsafeBytes { $0.baseAddress == original.baseAddress?.advanced(by: 10) }
    }
    #expect(isShared)
  }

  @Test func whatIsJoinedStaysTogether() {
    var queue = OutputQueue()
    let parts = [[UInt8](repeating: 1, count: 5000), [UInt8](repeating: 2, count: 5000)]
    parts[0].withUnsafeBytes { first in
      parts[1].withUnsafeBytes { second in queue.append(joining: first, second) }
    }
    #expect(queue.front.elementsEqual(parts.joined()))
  }

  /// A queue that is never empty, as that of a stream with a slow reader.
  @Test func aQueueThatNeverRunsEmptyKeepsItsOrder() {
    var queue = OutputQueue()
    let pieces = (0..<1000).map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: 5000) }
    queue.append(pieces[0][...])
    for piece in pieces.dropFirst() {
      queue.append(piece[...])
      let before = queue.front.first
      queue.removeFirst(5000)
      #expect(queue.front.first == before.map { $0 &+ 1 })
    }
    #expect(queue.count == 5000)
  }
}

@Suite struct DatagramQueueTests {
  @Test func countsDatagramsNotPayloads() {
    var queue = DatagramQueue()
    let addresses = (1...5).map { SocketAddress.loopback(port: $0) }
    queue.append([1], addresses[...])
    queue.append([2], addresses[1...2])
    queue.append([3], [])
    #expect(queue.count == 7)
    let groups = queue.removeAll()
    #expect(groups.map(\.payload) == [[1], [2]])
    #expect(groups.map { Array($0.addresses) } == [addresses, Array(addresses[1...2])])
    #expect(queue.isEmpty)
  }
}
