import CRegex

/// An expression that users type, over PCRE2: compiled to machine code, with bounds on what a match may cost.
///
/// Immutable once made. Matching needs working memory, which a `RegexMatcher` has.
final class RegularExpression: Sendable {
  /// An expression is typed by hand; what is longer was not.
  static let patternLimit = 1_000

  enum Kind {
    case pattern
    /// Every character stands for itself.
    case literal
  }

  // `pcre2_code` is never written after it was compiled, and PCRE2 documents that threads may share it; the pointer does
  // not change until `deinit`, when nobody else has it.
  nonisolated(unsafe) fileprivate let code: OpaquePointer

  /// Capital letters in the text ask for exact case; without any, case does not matter. `^` and `$` are the edges of lines.
  init(_ text: String, kind: Kind = .pattern) throws(FilterProblem) {
    guard text.utf8.count <= Self.patternLimit else { throw FilterProblem("expression of more than \(Self.patternLimit) bytes") }
    var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_NO_UTF_CHECK)
    options |= kind == .literal ? UInt32(PCRE2_LITERAL) : UInt32(PCRE2_MULTILINE)
    if !text.contains(where: \.isUppercase) { options |= UInt32(PCRE2_CASELESS) }
    let pattern = Array(text.utf8)
    var failure: Int32 = 0
    var offset = 0
    guard let code = pcre2_compile_8(pattern, pattern.count, options, &failure, &offset, nil) else {
      throw FilterProblem("\(Self.message(failure)) in \"\(text)\"")
    }
    // Where memory may not be made executable the interpreter does the same, slower.
    pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    self.code = code
  }

  deinit {
    pcre2_code_free_8(code)
  }

  private static func message(_ failure: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 128)
    let length = pcre2_get_error_message_8(failure, &text, text.count)
    return String(decoding: text.prefix(max(0, Int(length))), as: UTF8.self)
  }
}

/// The working memory of matching, for one thread at a time.
final class RegexMatcher {
  enum Outcome {
    case none
    /// Where the match is, in bytes.
    case found(Range<Int>)
    /// The match would have cost more than it may.
    case tooCostly
  }

  /// Steps that a match may take, and KiB of memory: what a sane expression needs for a row, hundreds of times over.
  private static let stepLimit: UInt32 = 100_000
  private static let memoryLimit: UInt32 = 4_096

  private let data: OpaquePointer?
  private let context: OpaquePointer?

  init() {
    data = pcre2_match_data_create_8(1, nil)
    context = pcre2_match_context_create_8(nil)
    pcre2_set_match_limit_8(context, Self.stepLimit)
    pcre2_set_heap_limit_8(context, Self.memoryLimit)
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
  }

  /// Looks for the first match that starts at `start` or later. The bytes must be UTF-8.
  func match(_ expression: RegularExpression, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Outcome {
    guard let data, let context else { return .tooCostly }
    // PCRE2 takes no nil for an empty text.
    var none: UInt8 = 0
    let result = withUnsafePointer(to: &none) { empty in
      pcre2_match_8(
        expression.code, bytes.baseAddress ?? empty, bytes.count, start, UInt32(PCRE2_NO_UTF_CHECK), data, context)
    }
    if result == PCRE2_ERROR_NOMATCH { return .none }
    guard result >= 0, let bounds = pcre2_get_ovector_pointer_8(data) else { return .tooCostly }
    return .found(min(bounds[0], bounds[1])..<max(bounds[0], bounds[1]))
  }
}
