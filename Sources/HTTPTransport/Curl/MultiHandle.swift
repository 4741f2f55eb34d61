import CCurl

/// libcurl's multi handle.
///
/// Unchecked, because a pointer: everything but `wakeUp` is called by the loop's thread alone, `wakeUp` is the call that
/// libcurl allows to other threads, and `LoopMailbox` makes it only while the handle stands.
struct MultiHandle: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer

  /// Loads libcurl if this is its first use in the process.
  init(connectionsPerHost: Int) throws(HTTPFailure) {
    try Self.loadLibrary()
    guard let pointer = ccurl_multi_new() else { throw .unavailable("out of memory") }
    self.pointer = pointer
    ccurl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, connectionsPerHost)
    ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, connectionsPerHost * 2)
  }

  static func loadLibrary() throws(HTTPFailure) {
    if let reason = ccurl_load() { throw .unavailable(String(cString: reason)) }
  }

  func wakeUp() { ccurl_multi_wakeup(pointer) }

  func add(_ easy: EasyHandle) -> Bool { ccurl_multi_add(pointer, easy.pointer) == CURLM_OK }

  func remove(_ easy: EasyHandle) { ccurl_multi_remove(pointer, easy.pointer) }

  /// Moves every transfer on, and waits up to `milliseconds` for the next one that can move.
  func perform() { ccurl_multi_perform(pointer) }

  func wait(milliseconds: Int32) { ccurl_multi_poll(pointer, milliseconds) }

  func nextDone() -> (easy: EasyHandle, code: CURLcode)? {
    var code = CURLE_OK
    guard let easy = ccurl_multi_next_done(pointer, &code) else { return nil }
    return (EasyHandle(pointer: easy), code)
  }

  func free() { ccurl_multi_free(pointer) }
}
