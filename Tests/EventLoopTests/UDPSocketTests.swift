import EventLoop
import Glibc
import TestSupport
import Testing

@Suite struct UDPSocketTests {
  @Test(arguments: ["127.0.0.1", "::1"]) func batchesReachTheirReceiverWhole(host: String) throws {
    let loop = try Loop()
    let address = try #require(SocketAddress(host: host, port: 0))
    var options = UDPSocket.Options()
    options.kernelReceiveBytes = 1 << 20
    var received: Set<[UInt8]> = []
    var senders: Set<SocketAddress> = []
    let receiver = try UDPSocket(loop, bind: address, options: options) { bytes, sender in
      received.insert(Array(bytes))
      senders.insert(sender)
      if received.count == 200 { loop.stop() }
    }
    let sender = try UDPSocket(loop, bind: address) { _, _ in }
    sender.onSendError = { address, code in Issue.record("\(address): \(code)") }
    let payloads = (0..<200).map { Array("datagram \($0)".utf8) }
    for payload in payloads { sender.send(payload, to: receiver.localAddress) }
    loop.run()
    #expect(received == Set(payloads))
    #expect(senders == [sender.localAddress])
  }

  @Test func onePayloadReachesManyAddresses() throws {
    let loop = try Loop()
    var received = 0
    let receivers = try (0..<100).map { _ in
      try UDPSocket(loop, bind: .loopback(port: 0)) { bytes, _ in
        #expect(bytes.elementsEqual([1, 2, 3]))
        received += 1
        if received == 100 { loop.stop() }
      }
    }
    let sender = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in }
    sender.send([1, 2, 3], to: receivers.map(\.localAddress))
    loop.run()
    #expect(received == 100)
  }

  @Test func oneBadAddressDoesNotHoldUpTheOthers() throws {
    let loop = try Loop()
    var failures: [SocketAddress: Int32] = [:]
    let receiver = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in loop.stop() }
    let sender = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in }
    sender.onSendError = { failures[$0] = $1 }
    // Port 0 and an IPv6 address are nowhere that a socket of IPv4 could send to.
    let nowhere = SocketAddress.loopback(port: 0)
    let otherFamily = try #require(SocketAddress("[::1]:9"))
    sender.send([1], to: [nowhere, otherFamily, receiver.localAddress])
    loop.run()
    #expect(Set(failures.keys) == [nowhere, otherFamily])
    #expect(sender.queuedDatagrams == 0)
  }

  @Test func tooLongAPayloadIsToldForEachAddress() throws {
    let loop = try Loop()
    var failures: [Int32] = []
    let sender = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in }
    sender.onSendError = { failures.append($1) }
    sender.send([UInt8](repeating: 0, count: 70_000), to: [.loopback(port: 9), .loopback(port: 10)])
    #expect(failures == [EMSGSIZE, EMSGSIZE])
  }

  @Test func aDatagramLongerThanTheBufferIsCountedNotDelivered() throws {
    let loop = try Loop()
    var options = UDPSocket.Options()
    options.datagramBytes = 10
    let receiver = try UDPSocket(loop, bind: .loopback(port: 0), options: options) { bytes, _ in
      #expect(bytes.count == 10)
      loop.stop()
    }
    let sender = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in }
    sender.send([UInt8](repeating: 0, count: 11), to: receiver.localAddress)
    sender.send([UInt8](repeating: 0, count: 10), to: receiver.localAddress)
    loop.run()
    #expect(receiver.truncatedDatagrams == 1)
  }

  @Test func anAddressInUseTellsSo() throws {
    let loop = try Loop()
    let first = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in }
    let error = #expect(throws: SocketError.self) { try UDPSocket(loop, bind: first.localAddress) { _, _ in } }
    #expect(error?.isAddressInUse == true)
  }

  @Test(arguments: ["127.0.0.1", "::1"]) func aPortThatNobodyHasIsTold(host: String) throws {
    let loop = try Loop()
    let gone = try UDPSocket(loop, bind: try #require(SocketAddress(host: host, port: 0))) { _, _ in }
    let nobody = gone.localAddress
    gone.close()
    var unreachable: [SocketAddress] = []
    let receiver = try UDPSocket(loop, bind: try #require(SocketAddress(host: host, port: 0))) { _, _ in loop.stop() }
    let sender = try UDPSocket(loop, bind: try #require(SocketAddress(host: host, port: 0))) { _, _ in }
    sender.onSendError = { address, code in Issue.record("\(address): \(code)") }
    sender.onUnreachable = { address, code in
      #expect(code == ECONNREFUSED)
      unreachable.append(address)
      // What went wrong for one address is not held against the next.
      sender.send([2], to: receiver.localAddress)
    }
    sender.send([1], to: nobody)
    loop.run()
    sender.close()
    #expect(unreachable == [nobody])
  }

  @Test func aSocketOfIPv6ReachesIPv4() throws {
    let loop = try Loop()
    var senders: [SocketAddress] = []
    let receiver = try UDPSocket(loop, bind: .loopback(port: 0)) { _, sender in
      senders.append(sender)
      loop.stop()
    }
    let sender = try UDPSocket(loop, bind: try #require(SocketAddress("[::]:0"))) { _, _ in }
    sender.send([1], to: receiver.localAddress)
    loop.run()
    #expect(senders == [.loopback(port: sender.localAddress.port)])
  }

  @Test func aClosedSocketSendsNothing() throws {
    let loop = try Loop()
    let socket = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in Issue.record("closed") }
    var failures = 0
    socket.close()
    socket.onSendError = { _, _ in failures += 1 }
    socket.send([1], to: socket.localAddress)
    #expect(failures == 1)
  }
}
