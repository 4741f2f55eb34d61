/// The contrast of WCAG 2.1, 1 (the same) to 21 (black on white).
enum Contrast {
  static func ratio(_ one: RGB, _ other: RGB) -> Double {
    let (first, second) = (luminance(one), luminance(other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// `color` itself if it stands out from `background` by at least `least`, else the one nearest to it in lightness that
  /// does; the best there is where none does.
  static func adjusted(_ color: RGB, on background: RGB, least: Double) -> RGB {
    guard ratio(color, background) < least else { return color }
    let start = OKLab(color)
    var best = color
    for step in 1...64 {
      for direction in [1.0, -1.0] {
        var moved = start
        moved.lightness = min(max(start.lightness + direction * Double(step) / 64, 0), 1)
        let candidate = moved.rgb
        if ratio(candidate, background) > ratio(best, background) { best = candidate }
      }
      if ratio(best, background) >= least { break }
    }
    return best
  }

  private static func luminance(_ color: RGB) -> Double {
    let light = color.linear
    return 0.2126 * light.x + 0.7152 * light.y + 0.0722 * light.z
  }
}
