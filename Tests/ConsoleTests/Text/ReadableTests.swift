import Console
import Testing

@Suite struct ReadableTests {
  @Test(arguments: [
    (0, "0s"), (51, "51s"), (59, "59s"), (60, "1m00s"), (64, "1m04s"), (372, "6m12s"), (7_500, "2h05m"),
    (86_400 * 3 + 4 * 3600, "3d04h"), (86_400 * 41, "41d"), (-5, "0s"),
  ])
  func durations(seconds: Int, expected: String) {
    #expect(Readable.duration(.seconds(seconds)) == expected)
  }

  @Test(arguments: [(18, "18s"), (2_470, "41m"), (3_600 * 3, "3h"), (86_400 * 21, "21d"), (-1, "0s")])
  func ages(seconds: Int, expected: String) {
    #expect(Readable.age(.seconds(seconds)) == expected)
  }

  @Test(arguments: [(0, "0.0s"), (438, "0.4s"), (9_999, "9.9s"), (10_000, "10s"), (47_000, "47s"), (90_000, "1m")])
  func freshness(milliseconds: Int, expected: String) {
    #expect(Readable.freshness(.milliseconds(milliseconds)) == expected)
  }

  @Test(arguments: [(438, "0.4ms"), (4_000, "4.0ms"), (61_900, "61ms"), (5_000_000, "5.0s"), (372_000_000, "6m12s")])
  func latencies(microseconds: Int, expected: String) {
    #expect(Readable.latency(.microseconds(microseconds)) == expected)
  }

  @Test func extremes() {
    #expect(Readable.duration(.seconds(Int64.max)) == "\(Int64.max / 86_400)d")
    #expect(Readable.freshness(.seconds(Int64.max)) == "\(Int64.max / 86_400)d")
    #expect(Readable.count(.min) == "-9,223,372,036,854,775,808")
    #expect(Readable.shortCount(.min) == "-9.2E")
    #expect(Readable.rate(.infinity) == "-")
    #expect(Readable.rate(1e300) == "1.0E/s")
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (18_204, "18,204"), (-1_234_567, "-1,234,567")])
  func counts(number: Int, expected: String) {
    #expect(Readable.count(number) == expected)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (3_640, "3.6k"), (9_999, "9.9k"), (18_204, "18k"), (1_250_000, "1.2M")])
  func shortCounts(number: Int, expected: String) {
    #expect(Readable.shortCount(number) == expected)
  }

  @Test(arguments: [(0, "0B"), (1_023, "1023B"), (1_434, "1.4K"), (120 << 20, "120M")])
  func byteSizes(bytes: Int, expected: String) {
    #expect(Readable.byteSize(bytes) == expected)
  }

  @Test func shares() {
    #expect(Readable.percent(13, of: 22) == "59")
    #expect(Readable.percent(999, of: 1_000) == "99")
    #expect(Readable.percent(0, of: 0) == "-")
    #expect(Readable.preciseShare(9, of: 412) == "2.1%")
    #expect(Readable.rate(0.44) == "0.4/s")
    #expect(Readable.rate(412) == "412/s")
    #expect(Readable.rate(0) == "0/s")
    #expect(Readable.rate(0.09) == "0/s" && Readable.rate(0.1) == "0.1/s")
  }

  @Test(arguments: [
    (-5, "<10s"), (9, "<10s"), (10, "10s"), (59, "50s"), (60, "1m"), (372, "6m"), (7_500, "2h05m"), (86_400 * 41, "41d"),
  ])
  func durationsThatDrawNoEye(seconds: Int, text: String) {
    #expect(Readable.steadyDuration(.seconds(seconds)) == text)
  }

  @Test(arguments: [(0, "<10s"), (19, "10s"), (2_470, "41m"), (3_600 * 3, "3h")])
  func agesThatDrawNoEye(seconds: Int, text: String) {
    #expect(Readable.steadyAge(.seconds(seconds)) == text)
  }

  @Test(arguments: [
    (0, "<1ms"), (999, "<1ms"), (1_000, "<2ms"), (49_000, "<50ms"), (61_900, "<0.1s"), (499_000, "<0.5s"), (900_000, "<1s"),
    (5_000_000, "5.0s"),
  ])
  func latenciesThatDrawNoEye(microseconds: Int, text: String) {
    #expect(Readable.steadyLatency(.microseconds(microseconds)) == text)
  }
}
