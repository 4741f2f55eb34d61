import Testing

@testable import NacosWire

/// Reads parameters for the duration of `body`.
func withParameters<Value>(
  _ query: String, form: String = "", _ body: (borrowing Parameters) throws -> Value
) throws -> Value {
  let query = Array(query.utf8)
  let form = Array(form.utf8)
  return try query.withUnsafeBytes { query in
    try form.withUnsafeBytes { form in
      let parameters = try Parameters(query: query, form: form)
      return try body(parameters)
    }
  }
}

func refusal(_ query: String, _ body: (borrowing Parameters) throws -> Void) -> String? {
  do {
    try withParameters(query, body)
    return nil
  } catch let refusal as Refusal {
    return "\(refusal.status) \(refusal.body)"
  } catch {
    return "\(error)"
  }
}

/// `#expect` cannot hold a call with typed errors on a value that cannot be copied.
func same<Value: Equatable>(_ value: Value, _ wanted: Value, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(value == wanted, sourceLocation: sourceLocation)
}
