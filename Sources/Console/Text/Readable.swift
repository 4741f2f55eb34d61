/// Numbers and times as an operator reads them: short, and steady in width while they count.
public enum Readable {
  /// How long something has lasted: `51s`, `6m12s`, `2h05m`, `3d04h`, from ten days on `41d`. Negative counts as none.
  public static func duration(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
    if minutes == 0 { return "\(seconds)s" }
    if hours == 0 { return "\(minutes)m\(padded(seconds % 60))s" }
    if days == 0 { return "\(hours)h\(padded(minutes % 60))m" }
    return days < 10 ? "\(days)d\(padded(hours % 24))h" : "\(days)d"
  }

  /// How long ago something was, in one unit: `18s`, `41m`, `3h`, `21d`.
  public static func age(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<86_400: return "\(seconds / 3600)h"
    default: return "\(seconds / 86_400)d"
    }
  }

  /// How long something has lasted, in steps that leave a screen with nothing new to say as it is: `<10s`, `10s` to `50s`,
  /// `6m`, then as `duration`.
  public static func steadyDuration(_ duration: Duration) -> String {
    duration.components.seconds < 3600 ? steadyAge(duration) : Self.duration(duration)
  }

  /// How long ago something was, in the same steps: `<10s`, `40s`, `41m`, `3h`.
  public static func steadyAge(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return seconds < 10 ? "<10s" : seconds < 60 ? "\(seconds / 10)0s" : age(duration)
  }

  /// An age that matters by its tenths: `0.4s` below ten seconds, then as `age`.
  public static func freshness(_ duration: Duration) -> String {
    let milliseconds = milliseconds(of: duration)
    guard milliseconds < 10_000 else { return age(duration) }
    return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
  }

  /// How long a call took: `0.4ms`, `61ms`, `5.0s`, from a hundred seconds on as `duration`.
  public static func latency(_ duration: Duration) -> String {
    let milliseconds = milliseconds(of: duration)
    switch milliseconds {
    case ..<10:
      let tenths = max(0, duration.components.attoseconds / 100_000_000_000_000)
      return "\(tenths / 10).\(tenths % 10)ms"
    case ..<1000: return "\(milliseconds)ms"
    case ..<100_000: return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
    default: return Self.duration(duration)
    }
  }

  /// How long something that is measured again and again takes, in steps that jitter does not cross all the time: `<1ms`,
  /// `<50ms`, `<0.2s`, from five seconds on as `latency`.
  public static func steadyLatency(_ duration: Duration) -> String {
    let milliseconds = milliseconds(of: duration)
    let steps: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000]
    guard let step = steps.first(where: { milliseconds < $0 }) else { return latency(duration) }
    return step < 100 ? "<\(step)ms" : step < 1_000 ? "<0.\(step / 100)s" : "<\(step / 1_000)s"
  }

  /// A number with its thousands apart: `18,204`.
  public static func count(_ number: Int) -> String {
    var digits = Array(String(number.magnitude).utf8)
    var index = digits.count - 3
    while index > 0 {
      digits.insert(UInt8(ascii: ","), at: index)
      index -= 3
    }
    return (number < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }

  /// A number in at most five columns: `412`, `3.6k`, `18k`, `1.2M`.
  public static func shortCount(_ number: Int) -> String {
    scaled(number, step: 1000, units: ["", "k", "M", "G", "T", "P", "E"])
  }

  /// A size in at most five columns, by powers of 1024: `512B`, `1.4K`, `120M`.
  public static func byteSize(_ bytes: Int) -> String {
    scaled(bytes, step: 1024, units: ["B", "K", "M", "G", "T", "P", "E"])
  }

  /// A rate in events a second, cut down: `0/s`, `0.4/s`, `412/s`, `3.6k/s`.
  public static func rate(_ perSecond: Double) -> String {
    guard perSecond.isFinite, perSecond >= 0 else { return "-" }
    guard perSecond < 10 else { return shortCount(Int(min(perSecond, 1e18))) + "/s" }
    return (perSecond < 0.1 ? "0" : oneDecimal(perSecond)) + "/s"
  }

  /// A share in whole percent, cut down, so that 100 means all: `59`. A dash when there is nothing to have a share of.
  public static func percent(_ part: Int, of whole: Int) -> String {
    whole > 0 ? String(Int(Double(part) / Double(whole) * 100)) : "-"
  }

  /// A share with one decimal: `2.1%`. A dash when there is nothing to have a share of.
  public static func preciseShare(_ part: Int, of whole: Int) -> String {
    whole > 0 ? oneDecimal(Double(part) / Double(whole) * 100) + "%" : "-"
  }

  private static func padded(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  private static func milliseconds(of duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds >= Int64.max / 1000 ? .max : max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  private static func oneDecimal(_ number: Double) -> String {
    let tenths = Int(number * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func scaled(_ number: Int, step: Int, units: [String]) -> String {
    var (rest, unit, divisor) = (Int(min(number.magnitude, UInt(Int.max))), 0, 1)
    while rest >= step, unit < units.count - 1 {
      rest /= step
      divisor *= step
      unit += 1
    }
    let sign = number < 0 ? "-" : ""
    guard unit > 0, rest < 10 else { return "\(sign)\(rest)\(units[unit])" }
    let tenths = Int(Double(number.magnitude) / Double(divisor) * 10)
    return "\(sign)\(tenths / 10).\(tenths % 10)\(units[unit])"
  }
}
