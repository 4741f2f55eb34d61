import Console
import ConsoleTerminal
import Glibc
import RegistryModel

/// A list in the manner of the services view.
struct DemoList: TerminalProgram {
  var rows: Int
  var hasClock: Bool
  var isStormy: Bool
  private(set) var theme = Theme.night
  private var cursor = 0
  private var top = 0
  private var size = Size(rows: 0, columns: 0)
  private var glyphs = GlyphSet.ascii
  private var last = "-"
  private var count = 0
  private var seconds: Int64 = 0
  private var capabilities = ""

  init(rows: Int, hasClock: Bool, isStormy: Bool) {
    self.rows = rows
    self.hasClock = hasClock
    self.isStormy = isStormy
  }

  private var page: Int { max(1, size.rows - 4) }

  mutating func handle(_ input: TerminalInput<Int>, at now: Moment) -> [TerminalCommand] {
    seconds = now.wall.milliseconds / 1000
    switch input {
    case .opened(let size, let capabilities):
      self.size = size
      glyphs = capabilities.glyphs
      self.capabilities = "\(capabilities.type) \(capabilities.depth) \(capabilities.glyphs)"
      return []
    case .message(let number):
      count = number
      return []
    case .tick:
      return []
    case .event(.resize(let size)):
      self.size = size
      move(by: 0)
      return []
    case .event(.paste(let text)):
      last = "paste of \(text.unicodeScalars.count): \(text)"
      return []
    case .event(.key(let key)):
      return handle(key)
    }
  }

  private mutating func handle(_ key: Key) -> [TerminalCommand] {
    switch key {
    case .down, .character("j"): move(by: 1)
    case .up, .character("k"): move(by: -1)
    case .pageDown: move(by: page)
    case .pageUp: move(by: -page)
    case .character("q"): return [.quit]
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    case .function(2): theme.paintsBackground.toggle()
    case .control("e"): trap()
    case .control("o"): complain()
    case .control("g"): abort()
    case .control("x"): exit(3)
    default: last = "\(key)"
    }
    return []
  }

  private mutating func move(by distance: Int) {
    cursor = min(max(0, cursor + distance), max(0, rows - 1))
    top = min(max(top, cursor - page + 1), cursor)
  }

  /// Says something on standard error, where a screen has no room for it.
  private func complain() {
    let text = "a complaint\n"
    _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }

  private func trap() {
    let empty: [Int] = []
    _ = empty[size.rows]
  }

  func nextTick(after now: Moment) -> MonotonicTime? {
    guard hasClock else { return nil }
    return MonotonicTime(milliseconds: now.monotonic.milliseconds + 1_000 - now.wall.milliseconds % 1_000)
  }

  func view(_ size: Size) -> Frame {
    var frame = Frame(size, glyphs: glyphs)
    frame.title = "demo"
    let header = frame.bounds.line(0)
    frame.fill(header, style: Style(.header))
    if hasClock {
      frame.put(clock, row: 0, column: 0, width: size.columns - 1, style: Style(.header), align: .right)
    }
    frame.put(" demo  \(capabilities)  \(size.columns)x\(size.rows)", row: 0, column: 0, style: Style(.header))
    frame.put(" last \(last)  messages \(count)", row: 1, column: 0, width: size.columns, style: Style(.dim))
    let list = frame.bounds.split(top: 2).rest
    let inside = frame.box(list, title: "Services", note: "\(cursor + 1) of \(rows)")
    for line in 0..<min(inside.rows, rows - top) { draw(top + line, inside.line(line), &frame) }
    return frame
  }

  private var clock: String {
    let day = seconds % 86_400
    return [day / 3600, day / 60 % 60, day % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  private func draw(_ index: Int, _ line: Rect, _ frame: inout Frame) {
    let isDown = index % 7 == 0
    let names = ["order-core", "支付网关", "inventory", "user-profile", "配送服务-eu"]
    frame.put(index == cursor ? theme.symbol(.cursor, in: glyphs) : " ", row: 0, column: 0, in: line)
    frame.put(
      theme.symbol(isDown ? .down : .ok, in: glyphs), row: 0, column: 2, style: Style(isDown ? .stateDown : .stateOK), in: line)
    frame.put("\(names[index % names.count])-\(index)", row: 0, column: 4, width: 24, cut: .middle, in: line)
    frame.put("DEFAULT", row: 0, column: 29, width: 8, style: Style(.dim), in: line)
    frame.put(isDown ? "0/12" : "40/40", row: 0, column: 38, width: 7, align: .right, in: line)
    frame.put(isStormy ? "\(count &* (index + 1) % 997)" : "220", row: 0, column: 46, width: 6, align: .right, in: line)
    frame.put(
      isDown ? "6m12s" : "-", row: 0, column: 53, width: 8, style: Style(isDown ? .stateDown : .dim), align: .right, in: line)
    frame.put("18s register", row: 0, column: 63, style: Style(.dim), in: line)
    if index == cursor { frame.tint(line.split(left: 28).left, .cursor) }
  }
}
