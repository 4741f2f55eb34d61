import HTTPTransport

extension HTTPRequest {
  func changing(_ change: (inout HTTPRequest) -> Void) -> HTTPRequest {
    var copy = self
    change(&copy)
    return copy
  }
}
