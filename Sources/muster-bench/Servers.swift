import Glibc

/// `muster serve` as its users start it, on a port of its own.
final class MusterServer {
  let child: Child
  let port: UInt16
  /// Milliseconds from the start to the ready line.
  let startMilliseconds: Double

  /// On all processors, or on those that `processors` lists as `taskset` does.
  init(_ path: String, _ arguments: [String] = ["--memory"], on processors: String? = nil) throws {
    let start = microseconds()
    var command = [path, "serve", "--listen", "127.0.0.1:0"] + arguments
    if let processors { command = ["taskset", "-c", processors] + command }
    child = try Child(command[0], Array(command.dropFirst()))
    guard let line = child.line(), let colon = line.lastIndex(of: ":"), let port = UInt16(line[line.index(after: colon)...])
    else {
      throw BenchFailure("\(path) serve did not become ready")
    }
    startMilliseconds = (microseconds() - start) / 1_000
    self.port = port
  }
}

/// The yardstick: nginx with one worker, answering a constant, or a file of a given size.
final class NginxServer {
  let child: Child
  let port: UInt16
  private let scratch: Scratch

  init(fileBytes: Int) throws {
    let scratch = try Scratch()
    self.scratch = scratch
    port = try Listener().port
    try scratch.write("list", String(repeating: "x", count: fileBytes))
    let access = "access_log off; error_log \(scratch.path)/error.log crit;"
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(scratch.path)/\($0);" }
    let configuration = try scratch.write(
      "nginx.conf",
      """
      daemon off; worker_processes 1; pid \(scratch.path)/nginx.pid; error_log \(scratch.path)/error.log crit;
      events { worker_connections 4096; }
      http { \(access) \(temporary.joined(separator: " ")) keepalive_requests 100000000;
        server { listen 127.0.0.1:\(port); root \(scratch.path);
          location = /beat { default_type application/json; return 200 '{"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}'; }
        } }
      """)
    scratch.willHold("nginx.pid", "error.log")
    child = try Child("nginx", ["-p", scratch.path, "-c", configuration])
    let end = microseconds() + 5e6
    while (try? Pipeline(port: port)) == nil {
      guard microseconds() < end else { throw BenchFailure("nginx does not listen; is it installed?") }
      usleep(10_000)
    }
  }

  deinit {
    child.stop()
    for folder in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] { rmdir("\(scratch.path)/\(folder)") }
  }
}
