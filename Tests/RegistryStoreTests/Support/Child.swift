import Foundation
import Synchronization
import TestSupport

/// A `store-child` process, and the lines it has said.
final class Child: Sendable {
  private struct State {
    var lines: [String] = []
    var hasEnded = false
  }

  private let process: Process
  private let input = Pipe()
  private let state = Mutex(State())

  /// Starts it in `mode` over the folder at `path`; with a soft limit on the size of its files where there is one.
  init(_ mode: String, _ path: String, _ arguments: String..., fileLimit: Int? = nil) throws {
    process = Process()
    let child = Self.products.appendingPathComponent("store-child").path
    let words = [child, mode, path] + arguments
    if let fileLimit {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
      process.arguments = ["--fsize=\(fileLimit):unlimited"] + words
    } else {
      process.executableURL = URL(fileURLWithPath: child)
      process.arguments = Array(words.dropFirst())
    }
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = input
    try process.run()
    Thread.detachNewThread { self.listen(to: output.fileHandleForReading) }
  }

  /// Where the build puts its programs: beside the tests'.
  private static var products: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  var processID: Int32 { process.processIdentifier }
  var lines: [String] { state.withLock { $0.lines } }

  func lines(beginningWith prefix: String) -> [String] { lines.filter { $0.hasPrefix(prefix) } }

  func lineCount(beginningWith prefix: String) -> Int {
    state.withLock { state in state.lines.lazy.filter { $0.hasPrefix(prefix) }.count }
  }

  func say(_ line: String) throws { try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

  /// Kills it and waits until all it said has been heard.
  func kill() async throws {
    Foundation.kill(processID, SIGKILL)
    try await wait(for: "the end of the child") { state.withLock { $0.hasEnded } }
    process.waitUntilExit()
  }

  private func listen(to handle: FileHandle) {
    var rest = Data()
    while case let data = handle.availableData, !data.isEmpty {
      rest += data
      var pieces = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      // What follows the last line's end is the beginning of the next.
      rest = pieces.popLast() ?? Data()
      let lines = pieces.map { String(decoding: $0, as: UTF8.self) }
      state.withLock { $0.lines += lines }
    }
    state.withLock { $0.hasEnded = true }
  }
}
