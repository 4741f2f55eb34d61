/// What became of a world.
public struct Report: Sendable {
  public var seed: UInt64
  public var fault: Fault?
  /// Simulated milliseconds.
  public var milliseconds: Int64
  public var steps: Int
  public var commits: Int
  public var requests: Int
  public var datagrams: Int
  public var crashes: Int
  /// The same for the same seed, always.
  public var fingerprint: UInt64
  /// The last of what happened, in words, as far as lines were asked for.
  public var lines: [String]
}

extension World {
  var report: Report {
    Report(
      seed: seed, fault: fault, milliseconds: clock.now / 1_000, steps: transcript.steps, commits: commits,
      requests: requests, datagrams: push.datagrams, crashes: crashes, fingerprint: transcript.fingerprint,
      lines: transcript.last)
  }
}
