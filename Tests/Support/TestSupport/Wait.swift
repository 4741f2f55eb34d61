import Synchronization

/// What a test waited for and did not get.
public struct Timeout: Error, CustomStringConvertible {
  public var description: String
}

/// Waits until `condition` holds, looking every few milliseconds. The bound only ends a test that has already failed:
/// nothing passes because time went by.
public nonisolated(nonsending) func wait(
  for what: String, seconds: Int = 120, until condition: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < end {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(5))
  }
  // The machine may have been too busy to look in between.
  if try await condition() { return }
  throw Timeout(description: "still waiting for \(what)")
}
