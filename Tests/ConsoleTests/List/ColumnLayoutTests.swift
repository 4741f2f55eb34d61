import RegistryModel
import Testing

@testable import Console

@Suite struct ColumnLayoutTests {
  @Test func columnsNeverOverlapNorReachBeyondTheWidth() {
    for width in 0...220 {
      for scroll in 0...12 {
        let layout = ColumnLayout(InstanceColumns.table.columns, width: width, scroll: scroll, isWide: scroll % 2 == 0)
        var end = -1
        for slot in layout.slots where slot.width > 0 {
          #expect(slot.start > end)
          end = slot.start + slot.width - 1
        }
        #expect(end < max(1, width))
      }
    }
  }

  @Test func whatMattersMostStaysLongest() {
    let columns = ServicesScreen.table.columns
    func ids(_ width: Int) -> [String] {
      ColumnLayout(columns, width: width, scroll: 0, isWide: false).slots.map { columns[$0.column].id }
    }
    #expect(ids(30) == ["state", "name", "up"])
    #expect(ids(38) == ["state", "name", "up", "since"])
    #expect(Set(ids(30)).isSubset(of: ids(60)))
    #expect(Set(ids(60)).isSubset(of: ids(120)))
  }

  @Test func anchoredColumnsStayWhileOthersScroll() {
    let columns = ServicesScreen.table.columns
    for scroll in 1...20 {
      let layout = ColumnLayout(columns, width: 60, scroll: scroll, isWide: true)
      let ids = layout.slots.map { columns[$0.column].id }
      #expect(ids.starts(with: ["state", "namespace", "name"]))
      #expect(layout.hiddenBefore > 0)
    }
  }

  @Test func wideColumnsShowWhenAskedFor() {
    let columns = ServicesScreen.table.columns
    let narrow = ColumnLayout(columns, width: 200, scroll: 0, isWide: false).slots.map { columns[$0.column].id }
    let wide = ColumnLayout(columns, width: 200, scroll: 0, isWide: true).slots.map { columns[$0.column].id }
    #expect(!narrow.contains("revision"))
    #expect(wide.contains("revision"))
  }
}
