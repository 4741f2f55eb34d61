/// The filter of one list: the text as typed, and what it means.
struct ListFilter: Sendable, Hashable {
  struct Problem: Error, Hashable {
    var text: String
  }

  private(set) var text = ""

  init() {}

  static func reading(_ text: String) -> Result<ListFilter, Problem> {
    var filter = ListFilter()
    filter.text = text
    return .success(filter)
  }

  var isEmpty: Bool { text.isEmpty }
  /// Whether it asks for ages, so that a row may come or go although nothing changed.
  var dependsOnTime: Bool { false }
}
