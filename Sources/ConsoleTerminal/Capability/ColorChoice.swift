public import Console

/// How many colours the user wants, of those that the terminal has: `--color`.
public enum ColorChoice: String, CaseIterable, Sendable {
  case auto
  case always
  case never
  case ansi16 = "16"
  case palette256 = "256"
  case trueColor = "true"

  /// The depth to paint with. An explicit choice comes before NO_COLOR (no-color.org), and that before what the terminal can
  /// do; but what its description does not offer cannot be had, because ncurses has no way to send it.
  ///
  /// - Parameters:
  ///   - colors: How many colours terminfo gives the terminal, 0 or less for none.
  ///   - hasDirectColor: Whether the terminal takes 24 bits a colour.
  ///   - noColor: The value of the variable NO_COLOR, nil if it is not set.
  public func depth(colors: Int, hasDirectColor: Bool, noColor: String?) -> ColorDepth {
    let offered: ColorDepth =
      switch colors {
      case _ where hasDirectColor: .trueColor
      case 256...: .palette256
      case 16...: .ansi16
      case 8...: .ansi8
      default: .mono
      }
    switch self {
    case .never: return .mono
    case .auto: return noColor?.isEmpty == false ? .mono : offered
    case .always, .trueColor: return offered
    case .palette256: return offered == .trueColor ? .palette256 : offered
    case .ansi16: return offered == .mono || offered == .ansi8 ? offered : .ansi16
    }
  }
}
