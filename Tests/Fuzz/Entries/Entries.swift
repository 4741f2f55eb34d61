import Glibc
import NacosWire
import RegistryModel

/// What libFuzzer calls with one input after the other. The environment says which decoder they are for: one program is
/// built for all of them.
@_cdecl("LLVMFuzzerTestOneInput") public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  Entry.chosen(bytes)
  return 0
}

enum Entry {
  typealias Decoder = @Sendable (UnsafeRawBufferPointer) -> Void

  static let all: [String: Decoder] = [
    "query": { readParameters(query: $0, form: UnsafeRawBufferPointer(start: nil, count: 0)) },
    "form": { readParameters(query: UnsafeRawBufferPointer(start: nil, count: 0), form: $0) },
    "beat": { _ = try? BeatBody($0) },
    "ack": { _ = PushAnswer.nonce($0) },
    "rows": StoredRows.read,
  ]

  static let chosen: Decoder = {
    let name = getenv("MUSTER_FUZZ_ENTRY").map { String(cString: $0) } ?? ""
    guard let decoder = all[name] else {
      print("MUSTER_FUZZ_ENTRY must be one of \(all.keys.sorted())")
      exit(2)
    }
    return decoder
  }()

  /// Reads every parameter that some request has, in every way in which one is read.
  private static func readParameters(query: UnsafeRawBufferPointer, form: UnsafeRawBufferPointer) {
    guard let parameters = try? Parameters(query: query, form: form) else { return }
    _ = try? parameters.requiredService()
    _ = try? parameters.requiredServiceOfAnyForm()
    _ = try? parameters.serviceArgument()
    _ = try? parameters.beat()
    _ = try? parameters.required("ip")
    _ = try? parameters.requiredInteger("port")
    _ = try? parameters.optionalInteger("udpPort", default: 0)
    _ = parameters.lenientInteger("pageNo", default: 1)
    _ = try? parameters.optionalDouble("weight")
    _ = parameters.optionalBoolean("enabled")
    _ = parameters.isTrue("healthyOnly")
    _ = try? parameters.floatArgument("protectThreshold", default: 0)
    _ = try? parameters.booleanArgument("debug")
    if let text = parameters.value("metadata") { _ = try? MetadataText.read(text) }
    if let text = parameters.value("selector") { _ = try? SelectorText.read(text) }
    if let text = parameters.value("healthChecker") { _ = try? HealthCheckerBody.read(text) }
    if let text = parameters.value("instances") { _ = InstancesBody.read(text) }
    if let text = parameters.value("value") { _ = try? SwitchesBody.read(text) }
  }
}
