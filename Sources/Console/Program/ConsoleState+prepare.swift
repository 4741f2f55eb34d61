import RegistryModel

extension ConsoleState {
  var layout: ScreenLayout { ScreenLayout(size) }

  /// Rows of the list on screen.
  var listHeight: Int { max(1, screen.listHeight(in: layout.body, self)) }

  /// Brings what is shown up to date with what came. The loop calls it before it paints, so that what a thousand commits did
  /// to a list costs one merge; `view` would do it as well, but on a copy.
  public mutating func prepare() {
    digits.follow(
      catalog, favourites: settings.favourites, isEverything: changes.isEverything || changes.hasNamespaces)
    shares.follow(place.service.flatMap { catalog[$0] })
    let height = listHeight
    let screen = self.screen
    // The list is taken out while it changes, so that its rows are not copied; what reads the state meanwhile finds an
    // empty one in its place.
    var list = ListState()
    swap(&list, &trail[trail.count - 1].list)
    let wasTaken = screen.refresh(&list, height: height, self, changes)
    list.selected = list.selected.filter { screen.exists($0, self) }
    swap(&list, &trail[trail.count - 1].list)
    if wasTaken { cursorTaken = moment.monotonic }
    if detail == nil || wasTaken { detail = visit.list.cursor }
    changes = MirrorChanges()
    preparePage()
    summary.follow(self)
  }

  /// Writes the text of the view, if it is one and anything that it says may have changed.
  private mutating func preparePage() {
    guard let screen = screen as? any TextScreen else { return }
    let stamp = PageStamp(clock: clock, revision: catalog.revision, answers: hot.answers, width: layout.body.columns)
    if visit.pageStamp != stamp {
      trail[trail.count - 1].page = screen.page(self).wrapped(to: layout.body.columns - (layout.isBoxed ? 2 : 0))
      trail[trail.count - 1].pageStamp = stamp
    }
    scrollText(by: 0)
  }
}
