import Glibc

/// A colour in OKLab (Ottosson 2020), where distance is about what an eye sees.
struct OKLab: Hashable, Sendable {
  /// 0 (black) to 1 (white).
  var lightness: Double
  /// Green to red.
  var greenRed: Double
  /// Blue to yellow.
  var blueYellow: Double

  init(_ color: RGB) {
    let light = color.linear
    let long = cubeRoot(0.4122214708 * light.x + 0.5363325363 * light.y + 0.0514459929 * light.z)
    let medium = cubeRoot(0.2119034982 * light.x + 0.6806995451 * light.y + 0.1073969566 * light.z)
    let short = cubeRoot(0.0883024619 * light.x + 0.2817188376 * light.y + 0.6299787005 * light.z)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    greenRed = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blueYellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
  }

  /// The nearest colour that a screen can show.
  var rgb: RGB {
    let long = lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow
    let medium = lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow
    let short = lightness - 0.0894841775 * greenRed - 1.2914855480 * blueYellow
    let (l, m, s) = (long * long * long, medium * medium * medium, short * short * short)
    return RGB(
      linear: SIMD3(
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
  }

  func distance(to other: OKLab) -> Double {
    let (dl, da, db) = (lightness - other.lightness, greenRed - other.greenRed, blueYellow - other.blueYellow)
    return (dl * dl + da * da + db * db).squareRoot()
  }
}

func cubeRoot(_ value: Double) -> Double { cbrt(value) }

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
