/// Why a filter cannot be understood, in words for the line that it is typed in.
public struct FilterProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
