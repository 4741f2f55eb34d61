/// What a cell means. A theme turns meanings into colours and attributes; no view names a colour.
///
/// The raw value is the key in a theme file, and a dotted one falls back to what stands before its dot.
public enum Role: String, CaseIterable, Hashable, Sendable {
  // Base.
  case base, dim, emphasis, link, error, selection, cursor
  case cursorUnfocused = "cursor_unfocused"
  case mark

  // Chrome.
  case header
  case headerKey = "header_key"
  case headerValue = "header_value"
  case accent, prod
  case environmentStaging = "env_staging"
  case environmentDevelopment = "env_dev"
  case crumb
  case crumbActive = "crumb_active"
  case border
  case borderFocus = "border_focus"
  case title, count
  case hintKey = "hint_key"
  case hintText = "hint_text"

  // Tables.
  case columnHead = "column_head"
  case columnSorted = "column_sorted"
  case columnSelected = "column_selected"
  case rowAlternate = "row_alt"
  case match, changed, added, removed

  // The state of a service or an instance.
  case stateOK = "state.ok"
  case stateDegraded = "state.degraded"
  case stateProtect = "state.protect"
  case stateDown = "state.down"
  case stateGone = "state.gone"
  case stateOff = "state.off"
  case stateEmpty = "state.empty"
  case statePending = "state.pending"
  case stateUnknown = "state.unknown"
  case stateOverride = "state.override"

  // The severity of an event.
  case severityInfo = "sev.info"
  case severityWarning = "sev.warn"
  case severityError = "sev.err"
  case severityOperator = "sev.op"
  case severityRaft = "sev.raft"

  // Data.
  case graphLow = "graph.low"
  case graphMiddle = "graph.mid"
  case graphHigh = "graph.high"
  case graphFill = "graph.fill"
  case barBefore = "bar.before"
  case barAfter = "bar.after"
  case number, unit
  case ageFresh = "age_fresh"
  case ageOld = "age_old"
  case address = "ip"
  case metadataKey = "metadata_key"
  case metadataValue = "metadata_value"

  // The link to the registry.
  case live, stale, lost
  case readOnly = "readonly"
  case timedWrite = "timed_write"

  // Forms.
  case input
  case inputFocus = "input_focus"
  case inputInvalid = "input_invalid"
  case inputChanged = "input_changed"
  case button
  case buttonFocus = "button_focus"
  case buttonDanger = "button_danger"
  case dialogBorder = "dialog_border"
}
