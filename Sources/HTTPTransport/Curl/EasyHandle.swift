import CCurl

/// libcurl's handle of one transfer, kept and set anew for the next one.
struct EasyHandle {
  let pointer: UnsafeMutableRawPointer

  init(pointer: UnsafeMutableRawPointer) { self.pointer = pointer }

  /// nil when there is no memory.
  init?() {
    guard let pointer = ccurl_easy_new() else { return nil }
    self.pointer = pointer
  }

  func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(pointer, option, value) }

  /// libcurl keeps a copy.
  func set(_ option: CURLoption, _ value: String) { ccurl_set_string(pointer, option, value) }

  func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) { ccurl_set_pointer(pointer, option, value) }

  func set(_ option: CURLoption, callback: @escaping curl_write_callback) { ccurl_set_callback(pointer, option, callback) }

  /// The bytes to send, of which libcurl keeps a copy.
  func setBody(_ bytes: [UInt8]) {
    ccurl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
    // An empty array may have no address, which would stand for "no body".
    if bytes.isEmpty { return set(CURLOPT_COPYPOSTFIELDS, "") }
    bytes.withUnsafeBytes { set(CURLOPT_COPYPOSTFIELDS, pointer: $0.baseAddress) }
  }

  func number(_ info: CURLINFO) -> Int {
    var value = 0
    ccurl_get_long(pointer, info, &value)
    return value
  }

  /// The object given as `CURLOPT_PRIVATE`.
  func owner<Owner: AnyObject>(as _: Owner.Type) -> Owner? {
    var value: UnsafeMutableRawPointer?
    ccurl_get_pointer(pointer, CURLINFO_PRIVATE, &value)
    return value.map { Unmanaged<Owner>.fromOpaque($0).takeUnretainedValue() }
  }

  func unpause() -> CURLcode { ccurl_easy_unpause(pointer) }

  func reset() { ccurl_easy_reset(pointer) }

  func free() { ccurl_easy_free(pointer) }
}
