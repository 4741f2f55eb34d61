extension Role {
  /// The meaning that stands in where a theme says nothing about this one: a theme that knows nine roles knows them all.
  /// Nil at the roots, which then look like `base`.
  public var parent: Role? {
    switch self {
    case .base, .cursor, .stateOK, .stateDegraded, .stateProtect, .stateDown, .stateOff: nil
    case .dim, .emphasis, .link, .header, .rowAlternate, .number, .address, .input, .button: nil
    case .ageFresh, .metadataValue, .severityInfo: nil
    case .selection, .buttonFocus, .inputFocus: .cursor
    case .cursorUnfocused: .selection
    case .mark, .match, .changed, .title, .crumbActive, .hintKey, .borderFocus: .emphasis
    case .headerKey, .headerValue, .accent: .header
    case .environmentStaging, .environmentDevelopment: .accent
    case .crumb, .border, .count, .hintText, .columnHead, .unit, .metadataKey: .dim
    case .columnSorted, .columnSelected: .columnHead
    case .dialogBorder: .borderFocus
    case .stateEmpty, .stateUnknown, .graphFill, .barBefore, .readOnly: .dim
    case .statePending, .stateOverride, .severityOperator, .inputChanged: .changed
    case .added, .live, .graphLow, .barAfter: .stateOK
    case .stale, .ageOld, .graphMiddle, .severityWarning, .timedWrite: .stateDegraded
    case .stateGone, .removed, .lost, .graphHigh, .severityError, .error: .stateDown
    case .prod, .inputInvalid, .buttonDanger: .error
    case .severityRaft: .severityInfo
    }
  }

  /// The group that a dotted role belongs to: `state` of `state.down`.
  var group: String? {
    rawValue.split(separator: ".").count == 2 ? rawValue.split(separator: ".").first.map(String.init) : nil
  }
}
