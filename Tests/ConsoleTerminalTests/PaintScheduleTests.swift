import Testing

@testable import ConsoleTerminal

@Suite struct PaintScheduleTests {
  @Test func nothingIsDueUntilSomethingChanges() {
    var schedule = PaintSchedule(interval: 100)
    #expect(schedule.due == nil)
    #expect(!schedule.isDue(1_000_000))
    schedule.paintSoon(5)
    #expect(schedule.isDue(5))
    schedule.painted(5)
    #expect(schedule.due == nil)
  }

  @Test func changesWaitAndKeysDoNot() {
    var schedule = PaintSchedule(interval: 100)
    schedule.painted(1_000)
    schedule.paintSoon(1_010)
    #expect(schedule.due == 1_100)
    schedule.paintNow(1_020)
    #expect(schedule.isDue(1_020))
    schedule.paintSoon(1_030)
    #expect(schedule.due == 1_020)
  }

  @Test func aStormPaintsTenTimesASecond() {
    var schedule = PaintSchedule(interval: 100)
    var paints = 0
    for now in Int64(0)..<1_000 {
      schedule.paintSoon(now)
      if schedule.isDue(now) {
        paints += 1
        schedule.painted(now)
      }
    }
    #expect(paints == 10)
  }

  @Test func afterALongTimeAChangeIsPaintedAtOnce() {
    var schedule = PaintSchedule(interval: 100)
    schedule.painted(0)
    schedule.paintSoon(5_000)
    #expect(schedule.isDue(5_000))
  }
}
