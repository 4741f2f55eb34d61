public import Console

/// Whether themes for dark or for light screens fit a terminal.
public enum TerminalBackground {
  /// By the variable COLORFGBG, `15;0` or `15;default;0`, whose last number is the background's entry in the palette. Dark where
  /// it says nothing.
  public static func variant(colorFGBG: String?) -> Theme.Variant {
    guard let last = colorFGBG?.split(separator: ";").last, let index = Int(last) else { return .dark }
    return index == 7 || (9...15).contains(index) ? .light : .dark
  }
}
