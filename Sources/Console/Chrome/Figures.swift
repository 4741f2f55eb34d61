import RegistryModel

/// Numbers, ages and times as this console writes them, on top of `Readable`.
enum Figures {
  /// A weight with two decimals, `1.00`; from ten thousand on as large as it is.
  static func weight(_ weight: Double) -> String { decimals(weight) }

  /// A protect threshold, `0.80`.
  static func threshold(_ threshold: Float) -> String { decimals(Double(threshold)) }

  /// A share of a whole with one decimal, `12.5%`.
  static func share(_ share: Double) -> String {
    guard share.isFinite else { return "-" }
    let tenths = Int((min(max(share, 0), 1) * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }

  private static func decimals(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let hundredths = Int((abs(value) * 100).rounded())
    let fraction = hundredths % 100
    return "\(value < 0 ? "-" : "")\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  static func milliseconds(_ milliseconds: Int64) -> Duration { .milliseconds(milliseconds) }

  /// A length of time to the second, `6m12s`: what is counted while one looks at it, as a link that is lost.
  static func duration(_ milliseconds: Int64) -> String { Readable.duration(.milliseconds(milliseconds)) }

  /// A length of time in one unit, `15s`: limits, and what is counted down.
  static func age(_ milliseconds: Int64) -> String { Readable.age(.milliseconds(milliseconds)) }

  /// How long something has lasted, `<10s`, `40s`, `6m`, `2h05m`.
  static func lasted(_ milliseconds: Int64) -> String { Readable.steadyDuration(.milliseconds(milliseconds)) }

  /// How long ago something was, `<10s`, `40s`, `41m`.
  static func ago(_ milliseconds: Int64) -> String { Readable.steadyAge(.milliseconds(milliseconds)) }

  /// How long ago an instance last beat. What is late is counted to the second; the others draw no eye.
  static func beatAge(_ milliseconds: Int64, _ timing: InstanceTiming) -> String {
    isLate(milliseconds, timing) ? age(milliseconds) : ago(milliseconds)
  }

  /// Whether more than one beat must have been lost.
  static func isLate(_ beatAge: Int64, _ timing: InstanceTiming) -> Bool { beatAge * 2 > timing.beatTimeout }

  /// The time of day, `02:20:31`.
  static func clock(_ time: WallTime, utcOffset: Int) -> String {
    let seconds = floorSeconds(time, utcOffset: utcOffset)
    let day = ((seconds % 86_400) + 86_400) % 86_400
    return "\(two(day / 3600)):\(two(day / 60 % 60)):\(two(day % 60))"
  }

  /// Date and time of day, `2026-08-12 01:02:09`.
  static func dateTime(_ time: WallTime, utcOffset: Int) -> String {
    "\(date(time, utcOffset: utcOffset)) \(clock(time, utcOffset: utcOffset))"
  }

  /// The civil date, by the count of days in 400-year cycles from the first of March.
  static func date(_ time: WallTime, utcOffset: Int) -> String {
    let seconds = floorSeconds(time, utcOffset: utcOffset)
    let days = Int((Double(seconds) / 86_400).rounded(.down)) + 719_468
    let cycle = Int((Double(days) / 146_097).rounded(.down))
    let dayOfCycle = days - cycle * 146_097
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// The time of day if it was within the last day, else the date: both ten columns or fewer.
  static func moment(_ time: WallTime, now: WallTime, utcOffset: Int) -> String {
    now.age(since: time) < 86_400_000 ? clock(time, utcOffset: utcOffset) : date(time, utcOffset: utcOffset)
  }

  private static func floorSeconds(_ time: WallTime, utcOffset: Int) -> Int {
    let milliseconds = min(max(time.milliseconds, -62_000_000_000_000), 250_000_000_000_000)
    return Int((Double(milliseconds) / 1000).rounded(.down)) + utcOffset
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
