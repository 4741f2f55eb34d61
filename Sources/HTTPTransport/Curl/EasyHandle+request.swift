import CCurl

extension EasyHandle {
  /// Sets what a request asks for, but for its headers, which have to outlive the call.
  func set(_ request: HTTPRequest) {
    set(CURLOPT_URL, request.url)
    set(CURLOPT_CUSTOMREQUEST, request.method)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_PROXY, "")
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    set(CURLOPT_NOSIGNAL, 1)
    // Else the end of a transfer waits for a name resolution that hangs, and all the others with it.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(max(request.connectTimeout.milliseconds, 1), Int64(Int32.max))))
    if request.method == "HEAD" { set(CURLOPT_NOBODY, 1) }
    if let body = request.body ?? request.emptyBody { setBody(body) }
    if let path = request.certificateAuthority { set(CURLOPT_CAINFO, path) }
  }
}

extension HTTPRequest {
  /// RFC 9110, 8.6: these methods say `Content-Length: 0` when they carry nothing.
  fileprivate var emptyBody: [UInt8]? { ["POST", "PUT", "PATCH"].contains(method) ? [] : nil }

  /// The headers in libcurl's spelling, to be freed by the caller. A name alone stands for "not this header": no
  /// `Expect: 100-continue`, which costs a second where the peer ignores it, and no content type that nobody asked for.
  var headerList: UnsafeMutablePointer<curl_slist>? {
    var lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    for name in ["Expect", "Content-Type"] where !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
      lines.append("\(name):")
    }
    return lines.reduce(nil) { list, line in ccurl_list_append(list, line) ?? list }
  }
}
