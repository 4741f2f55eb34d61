import CCurl

/// A request on its way and what has come back of it. Touched by the loop's thread alone.
final class Transfer {
  let ticket: Ticket
  let easy: EasyHandle
  let request: HTTPRequest
  /// When the transfer has waited long enough; nil while its reader keeps it waiting.
  private(set) var deadline: ContinuousClock.Instant? {
    didSet { if let deadline { deadlines.note(deadline) } }
  }

  private let deadlines: Deadlines
  private var receiver: Receiver
  private var head = ResponseHead()
  /// Why a callback ended the transfer; libcurl itself then only knows that it did.
  private var failure: HTTPFailure?
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>

  init(ticket: Ticket, easy: EasyHandle, request: HTTPRequest, delivery: Delivery, deadlines: Deadlines) {
    self.ticket = ticket
    self.easy = easy
    self.request = request
    receiver = Receiver(delivery, limits: request.limits)
    self.deadlines = deadlines
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    headerList = request.headerList
    setDeadline(after: request.timeout)
    configure()
  }

  deinit {
    ccurl_list_free(headerList)
    errorText.deallocate()
  }

  private func configure() {
    easy.set(request)
    if receiver.inflates { easy.set(CURLOPT_ACCEPT_ENCODING, "gzip") }
    let owner = Unmanaged.passUnretained(self).toOpaque()
    easy.set(CURLOPT_HTTPHEADER, pointer: headerList)
    easy.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    easy.set(CURLOPT_PRIVATE, pointer: owner)
    easy.set(CURLOPT_HEADERDATA, pointer: owner)
    easy.set(CURLOPT_WRITEDATA, pointer: owner)
    // A callback that returns another count than it was given ends its transfer.
    easy.set(CURLOPT_HEADERFUNCTION) { bytes, _, count, owner in
      guard let owner else { return 0 }
      let transfer = Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
      return transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }
    easy.set(CURLOPT_WRITEFUNCTION) { bytes, _, count, owner in
      guard let owner else { return 0 }
      let transfer = Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
      return transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: count))
    }
  }

  private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    do throws(HTTPFailure) {
      try head.take(line, limits: request.limits)
    } catch {
      failure = error
      return false
    }
    if head.isComplete { receiver.announce(head) }
    noteActivity()
    return true
  }

  private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard receiver.admits else {
      deadline = nil
      return Int(CURL_WRITEFUNC_PAUSE)
    }
    noteActivity()
    do throws(HTTPFailure) {
      try receiver.take(bytes)
    } catch {
      failure = error
      return 0
    }
    return bytes.count
  }

  /// A stream lives from byte to byte, a whole answer until its one deadline.
  private func noteActivity() {
    if let silence = receiver.silence { setDeadline(after: silence) }
  }

  private func setDeadline(after time: Duration) { deadline = .now + time }

  /// Lets a paused transfer read on. What libcurl holds already is delivered from within; a failure there ends the transfer.
  func resume() -> HTTPFailure? {
    noteActivity()
    let code = easy.unpause()
    return code == CURLE_OK ? nil : explain(code)
  }

  /// What waiting too long is called.
  var expiry: HTTPFailure {
    if let silence = receiver.silence { .silent(for: silence) } else { .timedOut(after: request.timeout) }
  }

  /// The failure behind a CURLcode; nil for success. Asks the easy handle, so before that is set anew.
  func explain(_ code: CURLcode) -> HTTPFailure? {
    guard code != CURLE_OK else { return nil }
    if let failure { return failure }
    let text = String(cString: errorText[0] != 0 ? UnsafePointer(errorText) : ccurl_easy_error(code))
    return HTTPFailure(code, text: text, systemError: easy.number(CURLINFO_OS_ERRNO), connectTimeout: request.connectTimeout)
  }

  /// Answers whoever waits. The last thing that happens to a transfer.
  func finish(_ failure: HTTPFailure?) { receiver.finish(head, failure) }
}
