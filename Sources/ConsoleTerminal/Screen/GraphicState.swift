import Console

/// What the next character would look like: attributes and colours as a terminal keeps them (ECMA-48 SGR).
struct GraphicState: Equatable {
  /// A colour as it was asked for, `38;5;210`; empty for the terminal's own.
  typealias Color = [UInt8]

  var attributes: Attributes = []
  var foreground: Color = []
  var background: Color = []

  /// What can be seen of a blank: with colours reversed its background is the foreground.
  var blank: GraphicState {
    let seen = attributes.intersection([.reverse, .underline])
    return GraphicState(attributes: seen, foreground: seen.isEmpty ? [] : foreground, background: background)
  }

  /// Takes the parameters of one sequence. False, with nothing promised about the state, when one of them is not known.
  mutating func apply(_ parameters: ArraySlice<UInt8>) -> Bool {
    let pieces = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    var index = 0
    while index < pieces.count {
      // 38;5;N and 38;2;R;G;B are one: pieces of it know where they stand in the whole.
      let length = Self.isColor(pieces[index]) ? (index + 1 < pieces.count && Self.number(pieces[index + 1]) == 5 ? 3 : 5) : 1
      guard index + length <= pieces.count else { return false }
      let whole = parameters[pieces[index].startIndex..<pieces[index + length - 1].endIndex]
      guard let number = Self.number(pieces[index].prefix { $0 != UInt8(ascii: ":") }), apply(whole, number: number) else {
        return false
      }
      index += length
    }
    return true
  }

  private mutating func apply(_ parameter: ArraySlice<UInt8>, number: Int) -> Bool {
    switch number {
    case 0: self = GraphicState()
    case 1: attributes.insert(.bold)
    case 2: attributes.insert(.dim)
    case 3: attributes.insert(.italic)
    case 4: attributes.insert(.underline)
    case 7: attributes.insert(.reverse)
    // The first font, which is the one in use.
    case 10: break
    case 22: attributes.subtract([.bold, .dim])
    case 23: attributes.remove(.italic)
    case 24: attributes.remove(.underline)
    case 27: attributes.remove(.reverse)
    case 30...38, 90...97: foreground = Color(parameter)
    case 40...48, 100...107: background = Color(parameter)
    case 39: foreground = []
    case 49: background = []
    default: return false
    }
    return true
  }

  /// Whether more parameters belong to this one. With colons they are in it already.
  private static func isColor(_ piece: ArraySlice<UInt8>) -> Bool {
    piece.elementsEqual("38".utf8) || piece.elementsEqual("48".utf8)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self))
  }
}

extension GraphicState {
  /// The shortest sequence that leads from this state to another; empty where they are the same.
  ///
  /// - Parameter canSwitchOff: Whether the terminal can switch attributes off one by one, and not only all at once.
  func sequence(to next: GraphicState, canSwitchOff: Bool) -> [UInt8] {
    guard next != self else { return [] }
    let anew = Self.sequence([[]] + next.parameters)
    guard canSwitchOff || attributes.isSubset(of: next.attributes) else { return anew }
    let step = Self.sequence(parameters(to: next))
    return step.count <= anew.count ? step : anew
  }

  /// The sequence that leads here from a state that nobody knows.
  var sequenceFromAnywhere: [UInt8] { Self.sequence([[]] + parameters) }

  private static func sequence(_ parameters: [[UInt8]]) -> [UInt8] {
    [0x1b, UInt8(ascii: "[")] + Array(parameters.joined(separator: [UInt8(ascii: ";")])) + [UInt8(ascii: "m")]
  }

  private static let codes: [(Attributes, on: String, off: String)] = [
    (.bold, "1", "22"), (.dim, "2", "22"), (.italic, "3", "23"), (.underline, "4", "24"), (.reverse, "7", "27"),
  ]

  private var parameters: [[UInt8]] {
    let colors = [foreground, background].filter { !$0.isEmpty }
    return Self.codes.filter { attributes.contains($0.0) }.map { Array($0.on.utf8) } + colors
  }

  private func parameters(to next: GraphicState) -> [[UInt8]] {
    let gone = Self.codes.filter { attributes.contains($0.0) && !next.attributes.contains($0.0) }
    // What switches bold off switches dim off as well, and the other way round.
    let lost: Attributes = gone.contains { $0.off == "22" } ? [.bold, .dim] : []
    let kept = attributes.subtracting(lost)
    let new = Self.codes.filter { next.attributes.contains($0.0) && !kept.contains($0.0) }
    var parameters = Set(gone.map(\.off)).sorted().map { Array($0.utf8) } + new.map { Array($0.on.utf8) }
    if next.foreground != foreground { parameters.append(next.foreground.isEmpty ? Array("39".utf8) : next.foreground) }
    if next.background != background { parameters.append(next.background.isEmpty ? Array("49".utf8) : next.background) }
    return parameters
  }
}
