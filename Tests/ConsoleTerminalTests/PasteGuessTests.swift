import Console
import Testing

@testable import ConsoleTerminal

@Suite struct PasteGuessTests {
  func keys(_ text: String) -> [TerminalEvent] {
    text.map { .key($0 == "\n" ? .enter : .character($0)) }
  }

  @Test func aBurstIsAPaste() {
    var guess = PasteGuess()
    let text = "rm -rf /\nq\nq\nq\nand some more"
    #expect(guess.joined(keys(text), at: 1_000) == [.paste(text)])
  }

  @Test func whatFollowsABurstBelongsToIt() {
    var guess = PasteGuess()
    _ = guess.joined(keys(String(repeating: "ab", count: 128)), at: 1_000)
    #expect(guess.joined(keys("q"), at: 1_050) == [.paste("q")])
    #expect(guess.joined(keys("q"), at: 1_140) == [.paste("q")])
    #expect(guess.joined(keys("q"), at: 1_300) == [.key(.character("q"))])
  }

  @Test func typingAndHeldKeysAreKeys() {
    var guess = PasteGuess()
    #expect(guess.joined(keys("jk"), at: 0) == keys("jk"))
    #expect(guess.joined(keys(String(repeating: "j", count: 200)), at: 0) == keys(String(repeating: "j", count: 200)))
    let arrows = [TerminalEvent](repeating: .key(.down), count: 60)
    #expect(guess.joined(arrows, at: 0) == arrows)
  }

  @Test func otherKeysWithinABurstAreDropped() {
    var guess = PasteGuess()
    let events = keys("abcdefghijklmnopqrstuvwxyz") + [.key(.function(9)), .key(.up)]
    #expect(guess.joined(events, at: 0) == [.paste("abcdefghijklmnopqrstuvwxyz")])
  }
}
