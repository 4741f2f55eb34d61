import RegistryModel

/// Edits weights and shows, before anything is sent, how calls would be split.
struct WeightDialog: Dialog {
  private var edit: WeightEdit
  private let hidden: [InstanceKey]
  private let openedAt: MonotonicTime
  /// The first digit typed replaces what stands there, as in a selected field.
  private var isFresh = true

  init(_ targets: (shown: [InstanceKey], hidden: [InstanceKey]), delta: Double, _ state: ConsoleState) {
    edit = WeightEdit(targets.shown, delta: delta)
    hidden = targets.hidden
    openedAt = state.moment.monotonic
  }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .control("c"), .character("q"): return .close
    case .enter: return apply(&state)
    case .character("+"), .right, .up: edit.step(by: 0.1)
    case .character("-"), .left, .down: edit.step(by: -0.1)
    case .function(8), .pageUp, .shiftRight, .shiftUp: edit.step(by: 1)
    case .function(7), .pageDown, .shiftLeft, .shiftDown: edit.step(by: -1)
    case .character("="): edit.useRegistered()
    case .backspace: edit.type(String(edit.typed.dropLast()))
    case .control("u"): edit.type("")
    case .character(let character) where character.isNumber && character.isASCII || ".,%".contains(character):
      edit.type((isFresh ? "" : edit.typed) + String(character))
    default: return .stay
    }
    isFresh = false
    return .stay
  }

  private func apply(_ state: inout ConsoleState) -> DialogOutcome {
    guard state.moment.monotonic.milliseconds - openedAt.milliseconds >= DialogFocus.steadiness else {
      state.say("too fast to be meant; press Enter again")
      return .stay
    }
    do {
      let plan = try edit.plan(state.catalog)
      guard !plan.targets.isEmpty else {
        state.say("the weights are what they were: nothing to send")
        return .close
      }
      return .close(state.carryOut(plan, reason: ""))
    } catch {
      state.say(error.text, .bad)
      return .stay
    }
  }

  // Drawing.

  private struct Line {
    var key: InstanceKey
    var isTarget: Bool
    var before: (weight: Double, share: Double)
    var after: (weight: Double, share: Double)
  }

  /// The instances of the first target's service: those edited first, then those that share the calls with them.
  private func lines(_ weights: [InstanceKey: Double], _ catalog: Catalog) -> [Line] {
    guard let first = edit.targets.first, let service = catalog[first.service] else { return [] }
    let isProtected = service.isProtected
    var lines: [Line] = []
    var totals = (before: 0.0, after: 0.0)
    for instance in service.instances {
      let key = InstanceKey(service: service.key, address: instance.address)
      let takesPart = Shares.takesPart(instance, isProtected: isProtected)
      let isTarget = weights[key] != nil
      guard takesPart || isTarget else { continue }
      let after = weights[key] ?? instance.weight
      if takesPart {
        totals.before += max(0, instance.weight)
        totals.after += after
      }
      lines.append(
        Line(
          key: key, isTarget: isTarget, before: (instance.weight, takesPart ? instance.weight : 0),
          after: (after, takesPart ? after : 0)))
    }
    for index in lines.indices {
      lines[index].before.share = totals.before > 0 ? lines[index].before.share / totals.before : 0
      lines[index].after.share = totals.after > 0 ? lines[index].after.share / totals.after : 0
    }
    return lines.sorted { ($0.isTarget ? 0 : 1, $0.key) < ($1.isTarget ? 0 : 1, $1.key) }
  }

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let result = Result { () throws(WeightEdit.Problem) in try edit.weights(state.catalog) }
    let weights = (try? result.get()) ?? [:]
    let lines = lines(weights, state.catalog)
    let title = edit.targets.count == 1 ? edit.targets[0].address.hostAndPort : "\(edit.targets.count) instances"
    let rows = min(lines.count + 6, DialogBox.roomyRows(frame.size))
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: "Weight of \(title)", note: "nothing sent yet", rows: rows,
      columns: min(86, frame.size.columns - 4))
    drawValue(result, weights, on: &frame, in: inside.line(0), state)
    let (top, foot) = inside.split(top: 1).rest.split(bottom: inside.rows >= 9 ? 3 : 2)
    drawLines(lines, on: &frame, in: top)
    drawFoot(result, lines, on: &frame, in: foot, state)
  }

  private func drawValue(
    _ result: Result<[InstanceKey: Double], WeightEdit.Problem>, _ weights: [InstanceKey: Double], on frame: inout Frame,
    in line: Rect, _ state: ConsoleState
  ) {
    let values = Set(weights.values)
    let value =
      edit.typed.isEmpty || edit.delta != 0 ? (values.count == 1 ? Figures.weight(values.first ?? 0) : "various") : edit.typed
    var column = frame.put("weight ", row: 0, column: 0, style: Style(.hintText), in: line)
    let isValid = if case .success = result { true } else { false }
    column = frame.put(
      " \(value) ", row: 0, column: column, width: 12, style: Style(isValid ? .inputFocus : .inputInvalid), in: line)
    if case .failure(let problem) = result {
      frame.put("  \(problem.text)", row: 0, column: column, style: Style(.inputInvalid), in: line)
    } else if edit.targets.count == 1, let instance = state.catalog[edit.targets[0]] {
      let registered = Figures.weight(instance.registeredWeight)
      frame.put(
        "  now \(Figures.weight(instance.weight)), the client says \(registered)", row: 0, column: column, style: Style(.dim),
        in: line)
    }
  }

  private func drawLines(_ lines: [Line], on frame: inout Frame, in rect: Rect) {
    guard rect.rows > 0 else { return }
    let barWidth = max(0, rect.columns - 57)
    let (head, body) = rect.split(top: 1)
    frame.put(
      "  INSTANCE               WEIGHT             SHARE", row: 0, column: 0, width: head.columns, style: Style(.columnHead),
      in: head)
    for (index, line) in lines.enumerated().prefix(body.rows) {
      let row = body.line(index)
      if index == body.rows - 1, lines.count > body.rows {
        frame.put("  ... and \(lines.count - index) more", row: 0, column: 0, style: Style(.dim), in: row)
        return
      }
      draw(line, barWidth: barWidth, on: &frame, in: row)
    }
  }

  private func draw(_ line: Line, barWidth: Int, on frame: inout Frame, in row: Rect) {
    let isChanged = line.before.weight != line.after.weight
    frame.put(isChanged ? "*" : " ", row: 0, column: 0, style: Style(.inputChanged), in: row)
    frame.put(
      line.key.address.hostAndPort, row: 0, column: 2, width: 21, style: Style(line.isTarget ? .emphasis : .address),
      cut: .middle, in: row)
    guard row.columns >= 56 else {
      let change = "\(Figures.weight(line.before.weight))->\(Figures.weight(line.after.weight))"
      frame.put(change, row: 0, column: 24, style: Style(isChanged ? .inputChanged : .number), in: row)
      return
    }
    let weight =
      isChanged
      ? "\(Figures.weight(line.before.weight)) -> \(Figures.weight(line.after.weight))" : Figures.weight(line.after.weight)
    frame.put(weight, row: 0, column: 24, width: 17, style: Style(isChanged ? .inputChanged : .number), in: row)
    let share = "\(Figures.share(line.before.share)) -> \(Figures.share(line.after.share))"
    frame.put(share, row: 0, column: 42, width: 14, style: Style(.number), in: row)
    Bars.drawPair(
      before: line.before.share, after: line.after.share, on: &frame, in: row.split(left: 57).rest.split(left: barWidth).left)
  }

  private func drawFoot(
    _ result: Result<[InstanceKey: Double], WeightEdit.Problem>, _ lines: [Line], on frame: inout Frame, in rect: Rect,
    _ state: ConsoleState
  ) {
    if let key = edit.targets.first?.service, let service = state.catalog[key] {
      let told = "\(Readable.count(service.subscribers)) subscribers are told"
      var spans: [Span] = [Span("up \(service.counts.serving)/\(service.counts.total)   \(told)", .dim)]
      if case .success = result, lines.allSatisfy({ $0.after.share == 0 }) {
        spans = [Span("! the weights add up to nothing: clients cannot choose an instance", .stateDown)]
      } else if !hidden.isEmpty {
        spans.append(Span("   \(hidden.count) selected are hidden by the filter and left out", .stateDegraded))
      }
      frame.put(spans, row: 0, column: 0, in: rect)
    }
    let hints = [
      ("+ -", "0.1 "), ("F7 F8", "1 "), ("0-9", "type "), ("25%", "by share "), ("=", "as registered "), ("Enter", "apply "),
      ("Esc", "discard"),
    ]
    frame.put(hints.flatMap { [Span("<\($0.0)>", .hintKey), Span($0.1, .hintText)] }, row: rect.rows - 1, column: 0, in: rect)
  }
}
