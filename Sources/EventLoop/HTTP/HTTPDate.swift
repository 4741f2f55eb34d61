import CEvent

/// The `Date` of answers, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7), written anew when the second changes.
final class HTTPDate {
  static let length = 29
  private let text = UnsafeMutableRawBufferPointer.allocate(byteCount: HTTPDate.length, alignment: 1)
  private var second = Int64.min

  deinit {
    text.deallocate()
  }

  /// Valid until the next call.
  func bytes() -> UnsafeRawBufferPointer {
    let now = cevent_wall_seconds()
    if now != second {
      second = now
      write(now)
    }
    return UnsafeRawBufferPointer(text)
  }

  /// Not by `strftime`, whose names of days and months are those of the locale.
  private func write(_ seconds: Int64) {
    let days = seconds / 86_400
    let time = seconds % 86_400
    let (year, month, day) = Self.civil(days: days)
    var writer = ByteWriter(text)
    writer.write(Self.name((days + 4) % 7, of: "SunMonTueWedThuFriSat"))
    writer.write(", ")
    writer.write(twoDigits: day)
    writer.write(" ")
    writer.write(Self.name(month - 1, of: "JanFebMarAprMayJunJulAugSepOctNovDec"))
    writer.write(" ")
    writer.write(decimal: year)
    writer.write(" ")
    writer.write(twoDigits: time / 3600)
    writer.write(":")
    writer.write(twoDigits: time / 60 % 60)
    writer.write(":")
    writer.write(twoDigits: time % 60)
    writer.write(" GMT")
  }

  private static func name(_ index: Int64, of names: StaticString) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: names.utf8Start + Int(index) * 3, count: 3)
  }

  /// The date of the Gregorian calendar, from days since 1970. Years are counted from March, so that the leap day is the last.
  static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let daysPerEra: Int64 = 146_097
    let shifted = days + 719_468
    let era = shifted / daysPerEra
    let dayOfEra = shifted % daysPerEra
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
