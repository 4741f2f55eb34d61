/// Where the parts that every view shares stand on a screen of a given size.
struct ScreenLayout: Equatable {
  let header: Rect
  let verdict: Rect
  /// Where one is, how it is sorted and filtered; on small screens it stands under the list.
  let crumbs: Rect
  let body: Rect
  /// News for the operator, above the hints; on small screens it takes the place of the crumbs or the hints.
  let message: Rect
  let hints: Rect
  /// Whether there is room for frames around lists.
  let isBoxed: Bool

  init(_ size: Size) {
    isBoxed = size.rows >= 18 && size.columns >= 70
    var rest = Rect(size)
    (header, rest) = rest.split(top: 1)
    (verdict, rest) = rest.split(top: 1)
    if isBoxed {
      (crumbs, rest) = rest.split(top: 1)
      (rest, hints) = rest.split(bottom: 1)
      (body, message) = rest.split(bottom: 1)
    } else if size.rows >= 12 {
      (rest, hints) = rest.split(bottom: 1)
      (body, crumbs) = rest.split(bottom: 1)
      message = crumbs
    } else {
      (body, hints) = rest.split(bottom: 1)
      crumbs = hints.line(1)
      message = hints
    }
  }
}
