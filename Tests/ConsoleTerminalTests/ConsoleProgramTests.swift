import Console
import RegistryModel
import Testing

@testable import ConsoleTerminal

@Suite struct ConsoleProgramTests {
  static let size = Size(rows: 24, columns: 80)

  static func at(_ milliseconds: Int64) -> Moment {
    Moment(
      wall: WallTime(milliseconds: 1_789_352_431_000 + milliseconds), monotonic: MonotonicTime(milliseconds: 5_000 + milliseconds)
    )
  }

  static func opened() -> ConsoleProgram {
    var program = ConsoleProgram(
      ConsoleState(environment: ConsoleEnvironment(operatorName: "li.w"), size: Size(rows: 1, columns: 1)))
    let capabilities = TerminalCapabilities(glyphs: .ascii, depth: .mono, type: "vt100")
    _ = program.handle(.opened(size, capabilities), at: at(250))
    return program
  }

  static var twoServices: Snapshot {
    var catalog = Catalog()
    for name in ["a", "b"] {
      let key = ServiceKey(group: ServiceKey.defaultGroup, name: name)
      catalog.restore(Service(key: key, settings: ServiceSettings(), at: at(0).wall))
    }
    return Snapshot(
      catalog: catalog, switches: Switches(), recent: [], timeline: Timeline(), push: PushDigest(), at: at(0).wall)
  }

  @Test func takesTheTerminalsSizeAndCharacters() {
    var program = Self.opened()
    let frame = program.view(Self.size)
    #expect(frame.size == Self.size)
    #expect(frame.glyphs == .ascii)
  }

  @Test func ticksWithTheFullSecond() {
    var program = Self.opened()
    #expect(program.nextTick(after: Self.at(250)) == Self.at(1_000).monotonic)
    _ = program.handle(.tick, at: Self.at(1_003))
    #expect(program.nextTick(after: Self.at(1_003)) == Self.at(2_000).monotonic)
    #expect(program.view(Self.size).lines[0].hasSuffix("02:20:32 "))
  }

  @Test func wakesItselfAndSaysNothingOfIt() {
    var program = Self.opened()
    _ = program.handle(.message(.feed(.snapshot(Self.twoServices))), at: Self.at(300))
    _ = program.handle(.event(.key(.character("0"))), at: Self.at(310))
    #expect(program.handle(.event(.key(.down)), at: Self.at(320)) == [])
    let wake = program.nextTick(after: Self.at(320))
    #expect(wake.map { $0 < Self.at(1_000).monotonic } == true)
    _ = program.handle(.tick, at: Self.at(500))
    #expect(program.nextTick(after: Self.at(500)) == Self.at(1_000).monotonic)
  }

  @Test func whatConcernsTheTerminalIsACommandForIt() {
    #expect(TerminalCommand(ConsoleEffect.quit) == .quit)
    #expect(TerminalCommand(ConsoleEffect.suspend) == .suspend)
    #expect(TerminalCommand(ConsoleEffect.redraw) == .redraw)
    #expect(TerminalCommand(ConsoleEffect.copy("a")) == .copy("a"))
    #expect(TerminalCommand(ConsoleEffect.reconnect) == nil)
    #expect(TerminalCommand(ConsoleEffect.ask(.metrics)) == nil)
  }
}
