/// A key as it was struck. Keys that terminals cannot tell apart are one here: Ctrl-I is `tab`, Ctrl-M is `enter`.
public enum Key: Hashable, Sendable {
  /// A printable character, shifted or not; space is " ".
  case character(Character)
  /// Ctrl with a lower-case letter, with one of `\`, `]`, `^`, `_`, or with space.
  case control(Character)
  /// Alt (or Escape at once before it) with a printable character.
  case alt(Character)
  case up, down, left, right
  case shiftUp, shiftDown, shiftLeft, shiftRight
  case pageUp, pageDown, home, end
  case enter, escape, tab, backTab, backspace, insert, delete
  /// F1 to F12.
  case function(Int)

  public static let controlSpace = Key.control(" ")
}

/// What a terminal reports to the program that runs on it.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// Text that was pasted in one go: it is put into a text field or left out, but is never taken for keys.
  case paste(String)
  case resize(Size)
}
