import EventLoop
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: OpenSSL.isInstalled)) @SocketThread struct TLSTests {
  private nonisolated static let getAndClose = "GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

  private func serve(
    _ context: TLSContext, headTime: Duration = .seconds(10),
    makeHandler: @escaping @Sendable (Loop) -> HTTPServer.Handler = { _ in TestServer.echo }
  ) throws -> TestServer {
    var options = TestServer.limits { $0.headTime = headTime }
    options.tls = context
    return try TestServer(options: options, makeHandler: makeHandler)
  }

  @Test(arguments: ["-tls1_2", "-tls1_3"]) func answersByEitherVersion(version: String) throws {
    let certificate = try TestCertificate(name: "either")
    let server = try serve(try certificate.context())
    let output = try OpenSSL.request(server.address, Self.getAndClose, options: ["-quiet", version])
    #expect(output.contains("HTTP/1.1 200 OK"))
    #expect(output.hasSuffix("GET /x "))
  }

  @Test func oldVersionsAreRefused() throws {
    let certificate = try TestCertificate(name: "old")
    let server = try serve(try certificate.context())
    let output = try OpenSSL.request(
      server.address, Self.getAndClose, options: ["-quiet", "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"])
    #expect(!output.contains("HTTP/1.1"))
  }

  @Test func largeAnswersAndManyRequestsGoThrough() throws {
    let certificate = try TestCertificate(name: "large")
    let body = [UInt8](repeating: 0x61, count: 1 << 20)
    let server = try serve(try certificate.context()) { _ in { _, response in response.send(contentType: "a/b", body: body) } }
    let more = String(repeating: "GET /more HTTP/1.1\r\nHost: x\r\n\r\n", count: 7)
    let output = try OpenSSL.request(server.address, more + Self.getAndClose, options: ["-quiet"])
    #expect(output.components(of: "HTTP/1.1 200 OK") == 8)
    #expect(output.utf8.count { $0 == 0x61 } > 8 << 20)
  }

  /// What TLS has already read is no news to the socket: it has to be remembered when the hold ends.
  @Test func requestsBehindAHeldOneAreNotForgotten() async throws {
    let certificate = try TestCertificate(name: "held")
    let held = Mutex<Responder?>(nil)
    let server = try serve(try certificate.context()) { _ in
      { request, response in
        guard request.path.elementsEqual("/held".utf8) else { return TestServer.echo(request, response) }
        let responder = response.hold()
        held.withLock { $0 = responder }
      }
    }
    let address = server.address
    // Together larger than what a held request's connection reads ahead.
    let body = String(repeating: "b", count: 1000)
    let others = String(repeating: "PUT /o HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n\(body)", count: 150)
    async let output = Task.detached {
      try OpenSSL.request(
        address, "GET /held HTTP/1.1\r\nHost: x\r\n\r\n" + others + Self.getAndClose, options: ["-quiet"])
    }.value
    try await wait(for: "the held request") { held.withLock { $0 } != nil }
    let responder = try #require(held.withLock { $0 })
    server.thread.mailbox.post { loop in responder.send(contentType: "text/plain", body: Array("held".utf8), on: loop) }
    let text = try await output
    #expect(text.components(of: "HTTP/1.1 200 OK") == 152)
    #expect(text.hasSuffix("GET /x "))
  }

  /// TLS wants what it did not take again, as it was: head and body that went together have to wait together.
  @Test func answersThatWaitForASlowReaderArriveWhole() async throws {
    let certificate = try TestCertificate(name: "slow")
    let pauses = Counter()
    let chunks = 2000
    let server = try serve(try certificate.context()) { loop in
      { [unowned loop] _, response in
        let writer = response.stream(contentType: "text/plain")
        var written = 0
        func go() {
          while written < chunks {
            written += 1
            if writer.write([UInt8](repeating: 0x7e, count: 8000), on: loop) == .full { return pauses.add() }
          }
          writer.end(on: loop)
        }
        writer.onDrain(on: loop) { go() }
        go()
      }
    }
    let client = try OpenSSL.Running(["s_client", "-connect", server.address.description, "-quiet"])
    try client.write(Self.getAndClose)
    try await wait(for: "the first pause") { pauses.value > 0 }
    let output = try client.readToEnd()
    #expect(output.utf8.count { $0 == 0x7e } == chunks * 8000)
    #expect(output.hasSuffix("\r\n0\r\n\r\n"))
  }

  /// A client of TLS 1.3 may ask for new keys at any time: then reading has to write.
  @Test func newKeysInBetweenAreNoticedByNobody() throws {
    let certificate = try TestCertificate(name: "keys")
    let server = try serve(try certificate.context())
    let client = try OpenSSL.Running(["s_client", "-connect", server.address.description, "-tls1_3"])
    for _ in 0..<3 {
      // A command of the client's, which it takes for one only if it comes alone.
      try client.write("K\n")
      try #require(client.read(until: "KEYUPDATE"))
      try client.write("GET /y HTTP/1.1\r\nHost: x\r\n\r\n")
      try #require(client.read(until: "GET /y "))
    }
    try client.write(Self.getAndClose)
    #expect(try client.readToEnd().contains("GET /x "))
  }

  @Test func aReloadServesTheNewCertificateToNewConnections() throws {
    let certificate = try TestCertificate(name: "before")
    let context = try certificate.context()
    let server = try serve(context)
    #expect(try OpenSSL.request(server.address, Self.getAndClose).contains("CN = before"))
    try certificate.make(name: "after")
    try context.reload()
    #expect(try OpenSSL.request(server.address, Self.getAndClose).contains("CN = after"))
    try Data("nonsense".utf8).write(to: URL(fileURLWithPath: certificate.certificateFile))
    #expect(throws: TLSContext.LoadError.self) { try context.reload() }
    #expect(try OpenSSL.request(server.address, Self.getAndClose).contains("CN = after"))
  }

  @Test func filesThatDoNotFitAreRefusedWithAReason() throws {
    let one = try TestCertificate(name: "one")
    let other = try TestCertificate(name: "other")
    let error = #expect(throws: TLSContext.LoadError.self) {
      try TLSContext(certificateFile: one.certificateFile, keyFile: other.keyFile)
    }
    #expect(error?.reason.contains("mismatch") == true)
    let missing = #expect(throws: TLSContext.LoadError.self) {
      try TLSContext(certificateFile: "/nowhere", keyFile: one.keyFile)
    }
    #expect(missing?.description.contains("No such file") == true)
  }

  @Test func plainTextOnATLSPortIsClosed() throws {
    let certificate = try TestCertificate(name: "plain")
    let server = try serve(try certificate.context())
    let client = try RawClient(server.address)
    client.send(Self.getAndClose)
    #expect(try !client.receiveText().contains("HTTP/1.1 200"))
  }

  @Test func aHandshakeThatDoesNotEndIsGivenUp() throws {
    let certificate = try TestCertificate(name: "silent")
    let server = try serve(try certificate.context(), headTime: .milliseconds(50))
    #expect(try RawClient(server.address).receiveAll() == [])
  }
}
