import CWidth

/// How many columns of a terminal a scalar takes.
///
/// ncurses advances its cursor by glibc's `wcwidth`, scalar by scalar, so that is the only measure by which the console and
/// the screen cannot disagree.
enum CellWidth {
  /// 0 for a scalar that combines with the one before it, 1 or 2 for one that takes cells, nil for one that cannot be shown.
  static func of(_ scalar: Unicode.Scalar) -> Int? {
    let width = cwidth_of(scalar.value)
    return width < 0 ? nil : Int(width)
  }
}
