import EventLoop
import Foundation

/// The `openssl` program, as a maker of certificates and as a client.
enum OpenSSL {
  static let path = "/usr/bin/openssl"
  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// Runs it with `input` and returns what it printed, both streams together.
  @discardableResult
  static func run(_ arguments: [String], input: String = "") throws -> String {
    let running = try Running(arguments)
    try running.write(input)
    return try running.readToEnd()
  }

  /// Sends `input` over TLS and returns what came, until the server closed.
  static func request(_ address: SocketAddress, _ input: String, options: [String] = []) throws -> String {
    try run(["s_client", "-connect", address.description] + options, input: input)
  }
}

extension OpenSSL {
  /// The program while it runs. Its input stays open, so that a client does not end before it has its answer.
  final class Running {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var printed = Data()

    init(_ arguments: [String]) throws {
      process.executableURL = URL(fileURLWithPath: OpenSSL.path)
      process.arguments = arguments
      process.standardInput = input
      process.standardOutput = output
      process.standardError = output
      try process.run()
    }

    func write(_ text: String) throws {
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    /// Reads on until `text` has been printed, and forgets all up to there; false when the program ends without it.
    func read(until text: String) -> Bool {
      while true {
        if let range = printed.range(of: Data(text.utf8)) {
          printed.removeSubrange(..<range.upperBound)
          return true
        }
        let more = output.fileHandleForReading.availableData
        if more.isEmpty { return false }
        printed += more
      }
    }

    /// All that it prints before it ends.
    func readToEnd() throws -> String {
      printed += try output.fileHandleForReading.readToEnd() ?? Data()
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      return String(decoding: printed, as: UTF8.self)
    }
  }
}

/// A folder with a certificate and its key, gone with it.
final class TestCertificate {
  let certificateFile: String
  let keyFile: String
  private let folder: URL

  init(name: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    certificateFile = folder.appending(path: "certificate.pem").path
    keyFile = folder.appending(path: "key.pem").path
    try make(name: name)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Puts another one in its place.
  func make(name: String) throws {
    try OpenSSL.run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
      "-keyout", keyFile, "-out", certificateFile,
    ])
  }

  func context() throws -> TLSContext {
    try TLSContext(certificateFile: certificateFile, keyFile: keyFile)
  }
}
