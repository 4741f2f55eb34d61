import RegistryModel

extension Registry {
  /// Sets one switch (naming-server-v1 6.2). An entry that nobody knows succeeds and does nothing, as the wire has it.
  func setSwitch(_ entry: String, _ value: String) throws(RegistryError) -> Decision {
    if entry == "batch" { throw .notSupported("all switches at once come as values, not as a text") }
    guard let after = try switches.setting(entry, to: value) else { return Decision() }
    return changed(to: after, entry: entry)
  }

  /// Sets all switches (the entry `batch`).
  func replaceSwitches(_ all: Switches) throws(RegistryError) -> Decision {
    let timed = [all.httpHealthParams, all.tcpHealthParams]
    if timed.contains(where: { $0.min < 500 }) {
      throw .switchRefused("min check time for http or tcp is too small(<500)")
    }
    if timed.contains(where: { $0.max < 3_000 }) {
      throw .switchRefused("max check time for http or tcp is too small(<3000)")
    }
    let factors = [all.httpHealthParams, all.tcpHealthParams, all.mysqlHealthParams].map(\.factor)
    if !factors.allSatisfy({ $0 >= 0 && $0 <= 1 }) { throw .switchRefused("malformed factor") }
    var all = all
    // The one that a batch leaves as it is.
    all.enableStandalone = switches.enableStandalone
    return changed(to: all, entry: "batch")
  }

  private func changed(to after: Switches, entry: String) -> Decision {
    if after == switches { return Decision() }
    return Decision(changes: [
      .switches(entry: entry, before: switches.text(of: entry), after: after.text(of: entry), all: after)
    ])
  }
}

extension Switches {
  /// The switches with `entry` set to what `value` says; nil for an entry that nobody knows.
  ///
  /// Where Nacos cannot set what it shows (quirks 15-17: an empty `limitedUrlMap`, the C# version by an entry of its own,
  /// the white list) ours can, and a server status that is none is refused instead of stopping the server's clock.
  fileprivate func setting(_ entry: String, to value: String) throws(RegistryError) -> Switches? {
    var all = self
    if let flag = Self.flags[entry] {
      all[keyPath: flag] = value.lowercased() == "true"
      return all
    }
    if let flag = Self.lenientFlags[entry] {
      all[keyPath: flag] = ["true", "on", "yes", "t", "y"].contains(value.lowercased())
      return all
    }
    if let (path, least, refusal) = Self.times[entry] {
      let number = try Self.number(value)
      if number < least { throw .switchRefused(refusal) }
      all[keyPath: path] = number
      return all
    }
    return try all.set(other: entry, to: value) ? all : nil
  }

  private mutating func set(other entry: String, to value: String) throws(RegistryError) -> Bool {
    switch entry {
    case "distroThreshold": distroThreshold = try Self.threshold(value)
    case "healthCheckTimes": checkTimes = Int(try Self.shortNumber(value))
    case "pushVersion": try setPushVersion(value)
    case "pushCSharpVersion": pushCSharpVersion = try Self.version(value)
    // So the wire has it: only an empty value means anything, and it means false.
    case "enableStandalone": if value.isEmpty { enableStandalone = false }
    case "masters": masters = Self.pieces(value)
    case "healthCheckWhiteList": healthCheckWhiteList = Self.list(value)
    case "limitedUrlMap": limitedUrlMap = try Self.limitedURLs(value)
    case "overriddenServerStatus": overriddenServerStatus = try Self.status(value)
    default: return false
    }
    return true
  }

  private typealias Flags = [String: any WritableKeyPath<Switches, Bool> & Sendable]
  private static let flags: Flags = [
    "distro": \.distroEnabled, "check": \.healthCheckEnabled, "pushEnabled": \.pushEnabled,
    "disableAddIP": \.disableAddIP, "sendBeatOnly": \.sendBeatOnly,
    "defaultInstanceEphemeral": \.defaultInstanceEphemeral,
  ]
  private static let lenientFlags: Flags = [
    "lightBeatEnabled": \.lightBeatEnabled, "autoChangeHealthCheckEnabled": \.autoChangeHealthCheckEnabled,
  ]

  /// Entries in milliseconds, the least they may be, and what is said of less; the texts are the wire's, oddities
  /// included.
  private static let times: [String: (path: any WritableKeyPath<Switches, Int64> & Sendable, least: Int64, refusal: String)] = [
    "clientBeatInterval": (\.clientBeatInterval, .min, ""),
    "distroServerExpiredMillis": (\.distroServerExpiredMillis, .min, ""),
    "pushCacheMillis": (
      \.defaultPushCacheMillis, 10_000, "min cache time for http or tcp is too small(<10000)"
    ),
    "defaultCacheMillis": (\.defaultCacheMillis, 1_000, "min default cache time  is too small(<1000)"),
    "serviceStatusSynchronizationPeriodMillis": (
      \.serviceStatusSynchronizationPeriodMillis, 5_000,
      "serviceStatusSynchronizationPeriodMillis is too small(<5000)"
    ),
    "serverStatusSynchronizationPeriodMillis": (
      \.serverStatusSynchronizationPeriodMillis, 1_000,
      "serverStatusSynchronizationPeriodMillis is too small(<15000)"
    ),
  ]

  private static func number(_ text: String) throws(RegistryError) -> Int64 {
    guard let number = Int64(text) else { throw .switchRefused("For input string: \"\(text)\"") }
    return number
  }

  /// One of 32 bits.
  private static func shortNumber(_ text: String) throws(RegistryError) -> Int32 {
    guard let number = Int32(text) else { throw .switchRefused("For input string: \"\(text)\"") }
    return number
  }

  /// As Java reads one: blanks around it and a closing `f` or `d` are let be.
  private static func threshold(_ text: String) throws(RegistryError) -> Float {
    var digits = text.utf8.drop { $0 <= 0x20 }
    while let last = digits.last, last <= 0x20 { digits.removeLast() }
    if let last = digits.last, "fFdD".utf8.contains(last) { digits.removeLast() }
    guard let number = Float(Substring(digits)), number.isFinite else {
      throw .switchRefused("For input string: \"\(text)\"")
    }
    if number <= 0 { throw .switchRefused("distroThreshold can not be zero or negative: \(number)") }
    return number
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

  /// As Java splits a text: empty pieces at its end are left out, and a text without a comma is its own single piece.
  private static func pieces(_ text: String) -> [String] {
    guard text.contains(",") else { return [text] }
    var pieces = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    while pieces.last?.isEmpty == true { pieces.removeLast() }
    return pieces
  }

  private mutating func setPushVersion(_ value: String) throws(RegistryError) {
    // What follows a second colon is not looked at.
    let parts = value.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    let version = try Self.version(parts.count > 1 ? String(parts[1]) : "")
    switch parts[0] {
    case "java": pushJavaVersion = version
    case "python": pushPythonVersion = version
    case "c": pushCVersion = version
    case "go": pushGoVersion = version
    default: throw .switchRefused("unsupported client type: \(parts[0])")
    }
  }

  private static func version(_ text: String) throws(RegistryError) -> String {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    let isVersion = numbers.count == 3 && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
    if !isVersion { throw .switchRefused("illegal version, must match: [0-9]+\\.[0-9]+\\.[0-9]+") }
    return text
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// `url:status,url:status`; nothing clears it.
  private static func limitedURLs(_ value: String) throws(RegistryError) -> [String: Int] {
    var limited: [String: Int] = [:]
    for entry in value.split(separator: ",") {
      let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
      if parts.count < 2 { throw .switchRefused("invalid input for limited urls") }
      if parts[0].allSatisfy(\.isWhitespace) { throw .switchRefused("url can not be empty, url: \(parts[0])") }
      let status = try shortNumber(String(parts[1]))
      if status <= 0 { throw .switchRefused("illegal normal status code: \(status)") }
      limited[String(parts[0])] = Int(status)
    }
    return limited
  }

  private static func status(_ value: String) throws(RegistryError) -> String? {
    if value.isEmpty || value == "null" { return "" }
    let known = ["UP", "DOWN", "STARTING", "PAUSED", "WRITE_ONLY", "READ_ONLY"]
    if !known.contains(value) { throw .switchRefused("illegal server status: \(value)") }
    return value
  }
}

extension Switches {
  /// One entry as a text, for the record.
  fileprivate func text(of entry: String) -> String {
    if let flag = Self.flags[entry] ?? Self.lenientFlags[entry] { return String(self[keyPath: flag]) }
    if let time = Self.times[entry] { return String(self[keyPath: time.path]) }
    return switch entry {
    case "distroThreshold": String(distroThreshold)
    case "healthCheckTimes": String(checkTimes)
    case "enableStandalone": String(enableStandalone)
    case "pushCSharpVersion": pushCSharpVersion
    case "pushVersion":
      "java:\(pushJavaVersion) python:\(pushPythonVersion) c:\(pushCVersion) go:\(pushGoVersion) "
        + "csharp:\(pushCSharpVersion)"
    case "masters": (masters ?? []).joined(separator: ",")
    case "healthCheckWhiteList": healthCheckWhiteList.joined(separator: ",")
    case "limitedUrlMap": limitedUrlMap.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
    case "overriddenServerStatus": overriddenServerStatus ?? ""
    default: ""
    }
  }
}
