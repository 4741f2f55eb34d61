/// A command line taken apart: which options were given, with which values. Nothing is known of their meaning yet.
struct Words: Hashable {
  let command: String
  private(set) var options: [String: String] = [:]

  init(command: String) { self.command = command }

  /// The value of an option; the empty text for a flag, nil if it was not given. Of several the last one counts, so that an
  /// alias can be overridden.
  subscript(_ name: String) -> String? {
    get { options[name] }
    set { options[name] = newValue }
  }

  func has(_ name: String) -> Bool { options[name] != nil }
}

extension Grammar {
  enum Outcome: Hashable {
    case run(Words)
    /// Help or the version was asked for, in so many words.
    case print(String)
  }
}
