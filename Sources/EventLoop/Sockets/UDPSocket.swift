import CEvent
import Glibc

/// A bound UDP socket that receives and sends datagrams by the batch.
public final class UDPSocket {
  public struct Options: Sendable {
    /// How many datagrams one call receives at most.
    public var receiveBatch = 64
    /// The longest datagram that is taken; longer ones are dropped and counted.
    public var datagramBytes = 2048
    /// The kernel's receive buffer (`SO_RCVBUF`); nil leaves the system's, which holds some ninety datagrams of 1.2 kB.
    public var kernelReceiveBytes: Int?
    /// How many datagrams may wait while the kernel takes no more.
    public var queuedDatagrams = 4096

    public init() {}
  }

  /// A datagram's bytes, which are gone when the call returns, and its sender.
  public typealias Receiver = (UnsafeRawBufferPointer, SocketAddress) -> Void
  /// A datagram that was not sent: where it was to go, and the errno. `ENOBUFS` is a full queue.
  public typealias SendFailure = (SocketAddress, Int32) -> Void

  /// Where it is bound; its port is a real one even if 0 was asked for.
  public let localAddress: SocketAddress
  /// Called for each datagram that could not be sent, possibly within `send`.
  public var onSendError: SendFailure?
  /// Called when the network says that a datagram could not be delivered: where it was to go, and the errno,
  /// `ECONNREFUSED` when nobody has that port. Silence says nothing.
  public var onUnreachable: SendFailure?
  /// Datagrams that were longer than `Options.datagramBytes`.
  public private(set) var truncatedDatagrams = 0

  private let options: Options
  private var receiver: Receiver?
  private let batch: OpaquePointer
  var descriptor: Int32
  var readSource: EventSource?
  var writeSource: EventSource?
  var queue = DatagramQueue()

  public init(
    _ loop: Loop, bind address: SocketAddress, options: Options = Options(), onReceive receiver: @escaping Receiver
  ) throws(SocketError) {
    let operation = "receive datagrams on \(address)"
    var raw = address.raw
    let descriptor = cevent_udp(&raw, Int32(clamping: options.kernelReceiveBytes ?? 0))
    guard descriptor >= 0 else { throw SocketError(operation: operation, code: errno) }
    guard cevent_local_address(descriptor, &raw) == 0,
      let batch = cevent_batch_new(UInt32(clamping: max(1, options.receiveBatch)), max(1, options.datagramBytes))
    else {
      let code = errno
      Glibc.close(descriptor)
      throw SocketError(operation: operation, code: code)
    }
    self.options = options
    self.receiver = receiver
    self.batch = batch
    self.descriptor = descriptor
    localAddress = SocketAddress(raw)
    readSource = EventSource(loop.core, descriptor: descriptor, watches: EV_READ | EV_PERSIST) { [unowned self] _ in receive() }
    writeSource = EventSource(loop.core, descriptor: descriptor, watches: EV_WRITE) { [unowned self] _ in flush() }
    readSource?.add()
  }

  deinit {
    close()
    cevent_batch_free(batch)
  }

  /// Lets go of the port; what waits to be sent is dropped. Nothing is called any more, and what the closures hold is let go.
  public func close() {
    guard descriptor >= 0 else { return }
    readSource = nil
    writeSource = nil
    receiver = nil
    onSendError = nil
    onUnreachable = nil
    queue = DatagramQueue()
    Glibc.close(descriptor)
    descriptor = -1
  }

  var queueLimit: Int { options.queuedDatagrams }

  private func receive() {
    let socket = self
    let count = cevent_batch_receive(socket.batch, socket.descriptor)
    guard count > 0 else {
      socket.takeUnreachable()
      return
    }
    for index in 0..<UInt32(count) where socket.descriptor >= 0 {
      var bytes: UnsafePointer<UInt8>?
      var length = 0
      var sender = cevent_address()
      if cevent_batch_datagram(socket.batch, index, &bytes, &length, &sender) {
        socket.receiver?(UnsafeRawBufferPointer(start: bytes, count: length), SocketAddress(sender))
      } else {
        socket.truncatedDatagrams += 1
      }
    }
  }
}
