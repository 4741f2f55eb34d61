import RegistryEngine
import RegistryModel
import Testing

@testable import RegistryServer
import TestSupport

@Suite struct SortedNamesTests {
  /// The same as a sorted array, whatever is put in and taken out.
  @Test func isASortedSet() {
    var random = SeededRandom(seed: 7)
    var names = SortedNames()
    var plain: Set<String> = []
    for _ in 0..<20_000 {
      let name = "n\(Int.random(in: 0..<3_000, using: &random))"
      if Bool.random(using: &random) || plain.count < 1_500 {
        names.insert(name)
        plain.insert(name)
      } else {
        names.remove(name)
        plain.remove(name)
      }
    }
    let sorted = plain.sorted()
    #expect(names.count == sorted.count && Array(names.all) == sorted)
    #expect(Array(SortedNames(plain).all) == sorted)
    for name in ["", "n1", "n1500", "n999", "z"] {
      #expect(names.lowerBound(name) == sorted.firstIndex { $0 >= name } ?? sorted.count)
    }
    for range in [0..<10, 500..<530, sorted.count - 3..<sorted.count + 5, 0..<0] {
      #expect(names.slice(range) == Array(sorted[range.clamped(to: 0..<sorted.count)]))
    }
  }

  @Test func emptiesAndFills() {
    var names = SortedNames()
    names.remove("a")
    #expect(names.lowerBound("a") == 0 && names.slice(0..<5) == [])
    names.insert("a")
    names.insert("a")
    #expect(names.count == 1)
    names.remove("b")
    names.remove("a")
    #expect(names.count == 0 && Array(names.all) == [])
  }

  @Test func groups() {
    let names = SortedNames(["a@@x", "a@@y", "aa@@x", "a@b@@x", "b@@x", "@@x"])
    #expect(names.slice(names.range(ofGroup: "a")) == ["a@@x", "a@@y"])
    #expect(names.slice(names.range(ofGroup: "")) == ["@@x"])
    #expect(names.slice(names.range(ofGroup: "zz")) == [])
  }
}

@Suite struct ServiceDirectoryTests {
  private func submit(_ engine: Engine, _ action: Action) { engine.submit(Command(action, by: .system)) { _ in } }

  @Test func followsTheRegistry() {
    let engine = Engine(clock: { Moment(milliseconds: 0) })
    submit(engine, .createService(ServiceKey(grouped: "g@@before"), ServiceSettings()))
    let directory = ServiceDirectory(engine)
    #expect(Array(directory.names(in: "public").all) == ["g@@before"])
    submit(engine, .createService(ServiceKey(namespace: "dev", grouped: "g@@b"), ServiceSettings()))
    submit(engine, .createService(ServiceKey(namespace: "dev", grouped: "g@@a"), ServiceSettings()))
    submit(engine, .removeService(ServiceKey(grouped: "g@@before")))
    #expect(Array(directory.names(in: "dev").all) == ["g@@a", "g@@b"])
    #expect(directory.namespaces == ["dev"])
    #expect(directory.names(in: "public").count == 0)
  }

  @Test func startsAnewWhenItFellBehind() {
    var limits = Limits()
    limits.changeLogCommits = 8
    let engine = Engine(limits: limits, clock: { Moment(milliseconds: 0) })
    let directory = ServiceDirectory(engine)
    for number in 0..<100 { submit(engine, .createService(ServiceKey(grouped: "g@@\(number)"), ServiceSettings())) }
    #expect(directory.names(in: "public").count == 100)
  }
}

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("", "anything", true), ("*", "anything", true), ("ord", "order-service", true), ("order.*service", "order-service", true),
    ("service*order", "order-service", false), ("a*a", "a", false), ("a*a", "aba", true), ("com.foo", "comXfoo", false),
    ("com.foo", "com.foo.Bar", true), ("Ord", "order", false), ("longer than the name", "short", false),
  ])
  func matches(_ pattern: String, _ name: String, _ isMatch: Bool) {
    #expect(NamePattern(pattern).matches(name) == isMatch)
  }

  @Test func takesLiterally() {
    #expect(NamePattern(literal: "a*b").matches("xa*by") && !NamePattern(literal: "a*b").matches("axb"))
  }
}
