/// Takes an answer in, in one of its two ways: whole, or as lines.
enum Receiver {
  case whole(body: [UInt8], limit: Int, CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>)
  /// `head` is nil once it was answered.
  case lines(head: CheckedContinuation<Result<ResponseHead, HTTPFailure>, Never>?, LineSplitter, LineChannel, HTTPLineLimits)

  init(_ delivery: Delivery, limits: HTTPLimits) {
    switch delivery {
    case .response(let continuation): self = .whole(body: [], limit: limits.maximumBody, continuation)
    case .lines(let head, let channel, let limits):
      self = .lines(head: head, LineSplitter(longest: limits.longestLine), channel, limits)
    }
  }

  /// Lines are not asked for in compressed form: a line has to leave when it is written, and a paused transfer would make
  /// libcurl keep what it has inflated.
  var inflates: Bool {
    if case .whole = self { true } else { false }
  }

  /// Whether the reader has room for more.
  var admits: Bool {
    if case .lines(_, _, let channel, _) = self { channel.admit() } else { true }
  }

  /// The time without a byte that ends the transfer, once its head is there; nil where the request's timeout rules.
  var silence: Duration? {
    if case .lines(nil, _, _, let limits) = self { limits.silence } else { nil }
  }

  mutating func announce(_ head: ResponseHead) {
    guard case .lines(let waiting?, let splitter, let channel, let limits) = self else { return }
    self = .lines(head: nil, splitter, channel, limits)
    waiting.resume(returning: .success(head))
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) {
    switch consume self {
    case .whole(var body, let limit, let continuation):
      let fits = bytes.count <= limit - body.count
      if fits { body.append(contentsOf: bytes) }
      self = .whole(body: body, limit: limit, continuation)
      if !fits { throw .bodyTooLarge(limit: limit) }
    case .lines(let head, var splitter, let channel, let limits):
      let lines = Result { () throws(HTTPFailure) in try splitter.take(bytes) }
      self = .lines(head: head, splitter, channel, limits)
      channel.append(try lines.get())
    }
  }

  /// Answers whoever waits; without a failure the answer is whole.
  mutating func finish(_ head: ResponseHead, _ failure: HTTPFailure?) {
    switch self {
    case .whole(let body, _, let continuation):
      let response = HTTPResponse(status: head.status, headers: head.headers, body: body)
      continuation.resume(returning: failure.map { .failure($0) } ?? .success(response))
    case .lines(let waiting, var splitter, let channel, _):
      if failure == nil, let rest = splitter.finish() { channel.append([rest]) }
      channel.finish(failure)
      waiting?.resume(returning: failure.map { .failure($0) } ?? .success(head))
    }
  }
}
