/// The 256 colours of xterm and its kin. The first 16 are the user's own; the other 240 are the same everywhere.
package enum XtermPalette {
  static let fixed = 16..<256

  /// What an entry looks like; for the first 16 what it looks like unless the user chose otherwise.
  package static func color(_ index: UInt8) -> RGB {
    switch index {
    case ..<16: return basic[Int(index)]
    case ..<232:
      let cube = Int(index) - 16
      return RGB(red: levels[cube / 36], green: levels[cube / 6 % 6], blue: levels[cube % 6])
    default:
      let grey = 8 + 10 * (index - 232)
      return RGB(red: grey, green: grey, blue: grey)
    }
  }

  /// The fixed entry that looks most like a colour, by distance in OKLab. Of two alike the first.
  static func nearest(to color: RGB) -> UInt8 {
    let wanted = OKLab(color)
    var best: (index: UInt8, distance: Double) = (16, .infinity)
    for (index, entry) in entries {
      let distance = wanted.distance(to: entry)
      if distance < best.distance { best = (index, distance) }
    }
    return best.index
  }

  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
  private static let entries: [(UInt8, OKLab)] = fixed.map { (UInt8($0), OKLab(color(UInt8($0)))) }
  private static let basic: [RGB] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
  ].map { RGB($0) }
}
