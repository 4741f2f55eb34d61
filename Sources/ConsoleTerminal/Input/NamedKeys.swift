import CNcurses
import Console

/// The keys behind codes and control characters.
enum NamedKeys {
  /// The key of one scalar outside of any sequence.
  static func key(for scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0: .controlSpace
    case 9: .tab
    case 10, 13: .enter
    // Ctrl-H is what many terminals send for the key above Enter; where it is not, Ctrl-H says the same.
    case 8, 127: .backspace
    case 27: .escape
    case 1...26: .control(Character(Unicode.Scalar(UInt8(0x60 + scalar.value))))
    case 28...31: .control(Character(Unicode.Scalar(UInt8(0x40 + scalar.value))))
    default: .character(Character(scalar))
    }
  }

  /// The key of a code of ncurses; nil for one that means nothing here.
  static func key(forCode code: Int32) -> Key? {
    if let key = named[code] { return key }
    let function = code - KEY_F0
    return (1...12).contains(function) ? .function(Int(function)) : nil
  }

  private static let named: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right,
    KEY_SR: .shiftUp, KEY_SF: .shiftDown, KEY_SLEFT: .shiftLeft, KEY_SRIGHT: .shiftRight,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_HOME: .home, KEY_END: .end,
    KEY_A1: .home, KEY_A3: .pageUp, KEY_C1: .end, KEY_C3: .pageDown, KEY_FIND: .home, KEY_SELECT: .end,
    KEY_ENTER: .enter, KEY_BTAB: .backTab, KEY_BACKSPACE: .backspace, KEY_IC: .insert, KEY_DC: .delete,
    // The Linux console's description calls Ctrl-Z its suspend key.
    KEY_SUSPEND: .control("z"),
  ]
}
