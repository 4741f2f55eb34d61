import RegistryModel

/// Shows what a plan would do, target by target and to clients, and asks.
struct PlanDialog: Dialog {
  private var plan: ChangePlan
  private var focus: DialogFocus
  private var reason = TextField()
  private var first = 0
  /// Whether what the filter hides is acted on as well.
  private var includesHidden = false

  init(_ plan: ChangePlan, _ state: ConsoleState) {
    self.plan = plan
    let preview = EffectPreview(plan, state.catalog, by: state.environment.operatorName, at: state.now)
    // What can be taken back with one key may be confirmed with one; what cannot, or hurts clients, may not.
    let isSafe = plan.kind != .deregister && !preview.isSevere
    focus = DialogFocus([.cancel, .field, .confirm], startsAt: isSafe ? .confirm : .cancel, state)
  }

  private var full: ChangePlan {
    var full = plan
    if includesHidden { full.targets += plan.hidden }
    return full
  }

  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome {
    switch key {
    case .escape, .control("c"): return .close
    case .tab: focus.move(by: 1, state)
    case .backTab: focus.move(by: -1, state)
    case .enter: return enter(&state)
    case .up: first = max(0, first - 1)
    case .down: first += 1
    case .pageUp: first = max(0, first - 8)
    case .pageDown: first += 8
    default:
      if focus.current == .field { _ = reason.take(key) } else { takeOutsideField(key, state) }
    }
    first = min(first, max(0, full.targets.count - 1))
    return .stay
  }

  private mutating func takeOutsideField(_ key: Key, _ state: ConsoleState) {
    switch key {
    case .left: focus.move(by: -1, state)
    case .right: focus.move(by: 1, state)
    case .character("h") where !plan.hidden.isEmpty: includesHidden.toggle()
    default: break
    }
  }

  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome? {
    guard focus.current == .field else { return nil }
    reason.insert(text)
    return .stay
  }

  private mutating func enter(_ state: inout ConsoleState) -> DialogOutcome {
    switch focus.current {
    case .cancel: return .close
    case .field: focus.move(by: 1, state)
    case .confirm:
      guard focus.isSteady(state) else {
        state.say("too fast to be meant; press Enter again")
        return .stay
      }
      return .close(state.carryOut(full, reason: reason.text))
    }
    return .stay
  }

  // Drawing.

  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState) {
    let plan = full
    let preview = EffectPreview(plan, state.catalog, by: state.environment.operatorName, at: state.now)
    let effects = effectLines(preview, state)
    let wanted = plan.targets.count + effects.count + 5
    let rows = min(wanted, DialogBox.roomyRows(frame.size))
    let badge = state.mirror.capabilities?.isDemo == true ? "DEMO" : state.mirror.capabilities?.address ?? ""
    let inside = DialogBox.draw(
      on: &frame, in: layout, title: "\(plan.title)?", note: badge, rows: rows, columns: min(86, frame.size.columns - 4))
    let (top, buttons) = inside.split(bottom: 1)
    let (upper, reasonLine) = top.split(bottom: 1)
    let targetRows = max(2, min(plan.targets.count + 1, upper.rows - effects.count))
    let (targets, rest) = upper.split(top: targetRows)
    drawTargets(plan, on: &frame, in: targets, state)
    for (index, spans) in effects.enumerated().prefix(rest.rows) { frame.put(spans, row: index, column: 0, in: rest) }
    let label = frame.put("Reason ", row: 0, column: 0, style: Style(.hintText), in: reasonLine)
    let field = reasonLine.split(left: label).rest.split(left: 48).left
    reason.draw(on: &frame, in: field, role: focus.current == .field ? .inputFocus : .input, hasKeys: focus.current == .field)
    let count = plan.targets.count
    focus.drawButtons(
      on: &frame, in: buttons, confirm: count > 1 ? "\(plan.verb) \(count)" : plan.verb, isDangerous: plan.kind == .deregister,
      state)
  }

  private func drawTargets(_ plan: ChangePlan, on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    let (head, body) = rect.split(top: 1)
    let widths = Self.widths(rect.columns)
    func put(_ texts: [(String, Role)], _ line: Rect) {
      var column = 0
      for (width, text) in zip(widths, texts) where width > 0 {
        frame.put(text.0, row: 0, column: column, width: width, style: Style(text.1), cut: .middle, in: line)
        column += width + 1
      }
    }
    put([("TARGET", .columnHead), ("NOW", .columnHead), ("AFTER", .columnHead), ("NOTE", .columnHead)], head)
    let start = min(first, max(0, plan.targets.count - body.rows))
    for (index, key) in plan.targets[start...].enumerated().prefix(body.rows) {
      let isLast = index == body.rows - 1 && start + index < plan.targets.count - 1
      if isLast {
        let more = plan.targets.count - start - index
        let first = index == 0 ? "\(key.address.hostAndPort) and \(more - 1) more" : "... and \(more) more"
        frame.put("\(first) (Down)", row: 0, column: 0, style: Style(index == 0 ? .address : .dim), in: body.line(index))
        continue
      }
      put(PlanLines.columns(of: key, plan, state), body.line(index))
    }
  }

  private static func widths(_ columns: Int) -> [Int] {
    columns >= 70 ? [26, 14, 14, max(0, columns - 57)] : columns >= 50 ? [22, 13, 13, 0] : [18, 0, max(0, columns - 19), 0]
  }

  private func effectLines(_ preview: EffectPreview, _ state: ConsoleState) -> [[Span]] {
    var lines: [[Span]] = []
    for effect in preview.services.prefix(3) {
      if state.size.columns >= 60 {
        lines.append([Span("\(effect.key.name)  ", .emphasis), Span(effect.summary, Role.base)])
      } else {
        lines.append([Span(effect.shortSummary, Role.base)])
      }
      for warning in effect.warnings { lines.append([Span("  ! \(warning)", .stateDown)]) }
    }
    if preview.services.count > 3 { lines.append([Span("and \(preview.services.count - 3) more services", .dim)]) }
    if !plan.hidden.isEmpty {
      let names = plan.hidden.prefix(4).map(\.address.hostAndPort).joined(separator: " ")
      let more = plan.hidden.count > 4 ? " ..." : ""
      let what = includesHidden ? "also acted on" : "left out"
      lines.append([
        Span("hidden by the filter, \(what): ", .stateDegraded), Span("\(names)\(more)  ", Role.base), Span("<h>", .hintKey),
        Span(includesHidden ? "leave out" : "include", .hintText),
      ])
    }
    return lines
  }
}

/// How a target stands and would stand, in words.
enum PlanLines {
  static func columns(of key: InstanceKey, _ plan: ChangePlan, _ state: ConsoleState) -> [(String, Role)] {
    guard let instance = state.catalog[key] else {
      return [(key.address.hostAndPort, .dim), ("gone", .stateGone), ("gone", .stateGone), ("it left by itself", .dim)]
    }
    let after = plan.after(key, instance, by: state.environment.operatorName, at: state.now)
    return [
      (key.address.hostAndPort, .address), (words(instance), InstanceLook.symbol(instance).role),
      (after.map(words) ?? "gone", after.map { InstanceLook.symbol($0).role } ?? .stateGone),
      (note(key, instance, plan, state), .dim),
    ]
  }

  private static func words(_ instance: Instance) -> String {
    "\(instance.isHealthy ? "UP" : "DOWN") \(instance.isEnabled ? "on" : "OFF") w\(Figures.weight(instance.weight))"
  }

  private static func note(_ key: InstanceKey, _ instance: Instance, _ plan: ChangePlan, _ state: ConsoleState) -> String {
    switch plan.kind {
    case .deregister: return farewell(key, instance, state)
    case .setEnabled(false): return "its client may go on; kept when it registers again"
    case .setEnabled(true), .setWeight: return ""
    case .clearOverlay: return instance.overlay.map { $0.changes(over: instance) } ?? "nothing to clear"
    case .setHealth: return "by hand; nobody probes it"
    }
  }

  private static func farewell(_ key: InstanceKey, _ instance: Instance, _ state: ConsoleState) -> String {
    guard instance.isEphemeral else { return "stays gone until it registers again" }
    guard let age = state.hot.beatAge(key, now: state.clock) else { return "comes back if its client is alive" }
    let timing = InstanceTiming(instance.metadata)
    let beat = "beat \(Figures.beatAge(age, timing)) ago"
    return age < timing.beatTimeout ? "WILL COME BACK: client alive, \(beat)" : "last \(beat)"
  }
}
