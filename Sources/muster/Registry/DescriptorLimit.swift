import Glibc

/// How many descriptors this process may have open.
enum DescriptorLimit {
  /// Raises the limit to what the system lets us raise it to: a registry holds a connection for each client, and the usual
  /// limit is for programs that use select(2). What it cannot raise stays as it was, and connections beyond are turned away.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
