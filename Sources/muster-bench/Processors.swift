import Glibc

/// Keeps a server and its clients on processors of their own, as if they were on machines of their own. A server is
/// otherwise woken on the processor of the client that sent it something, and the two then take turns there.
///
/// `taskset` does it (util-linux), which is everywhere: the C library's own call is one of those that Swift does not see.
struct Processors {
  private let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))

  /// All but the last one, as `taskset` names them; nil where there is no other.
  var allButTheLast: String? { count > 1 ? "0-\(count - 2)" : nil }

  /// Has this thread keep to the last one from now on, if there are others.
  func moveToTheLast() throws { try move(to: "\(count - 1)") }

  /// Lets it go where it likes again.
  func leaveTheLast() throws { try move(to: "0-\(count - 1)") }

  private func move(to list: String) throws {
    if count > 1 { _ = try Child("taskset", ["-cp", list, "\(getpid())"]).remainingOutput() }
  }
}
