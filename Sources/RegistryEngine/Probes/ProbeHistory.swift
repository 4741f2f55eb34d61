import RegistryModel

/// The last ten results of each member, sixteen bytes each.
struct ProbeHistory: Sendable {
  static let depth = 10

  private struct Entry {
    var at: Int64
    var cost: UInt32
    var detail: UInt16
    var kind: UInt8
    var verdict: UInt8
  }

  /// By member: a ring, in which nothing stands before the first result.
  private var rings: [[Entry]] = []
  /// By member: how many results there ever were, as far as that tells where the oldest is.
  private var totals: [UInt8] = []

  mutating func clear(_ member: Int) {
    while totals.count <= member {
      totals.append(0)
      rings.append([])
    }
    totals[member] = 0
    rings[member] = []
  }

  mutating func append(_ result: ProbeResult, to member: Int) {
    let total = Int(totals[member])
    let (kind, detail) = result.reason.packed
    let entry = Entry(
      at: result.at.milliseconds, cost: UInt32(clamping: result.cost), detail: detail, kind: kind,
      verdict: result.verdict.packed)
    if total < Self.depth {
      if total == 0 { rings[member].reserveCapacity(Self.depth) }
      rings[member].append(entry)
    } else {
      rings[member][total % Self.depth] = entry
    }
    totals[member] = UInt8(total + 1 < 2 * Self.depth ? total + 1 : Self.depth)
  }

  /// Oldest first.
  func results(of member: Int) -> [ProbeResult] {
    let total = Int(totals[member])
    return (max(0, total - Self.depth)..<total).map { index in
      let entry = rings[member][index % Self.depth]
      return ProbeResult(
        at: WallTime(milliseconds: entry.at), cost: Int64(entry.cost), verdict: ProbeVerdict(packed: entry.verdict),
        reason: ProbeReason(kind: entry.kind, detail: entry.detail))
    }
  }
}

extension ProbeVerdict {
  fileprivate var packed: UInt8 {
    switch self {
    case .ok: 0
    case .fail: 1
    case .failNow: 2
    case .unjudged: 3
    }
  }

  fileprivate init(packed: UInt8) {
    switch packed {
    case 0: self = .ok
    case 1: self = .fail
    case 2: self = .failNow
    default: self = .unjudged
    }
  }
}

extension ProbeReason {
  /// Those that carry no number, by their kind.
  private static let plain: [ProbeReason] = [
    .answered, .refused, .timedOut, .closed, .malformed, .readOnly, .unknownHost, .resolving, .forbidden, .heldUp,
    .misconfigured, .unsupportedLogin,
  ]
  private static let statusKind: UInt8 = 100
  private static let networkKind: UInt8 = 101
  private static let databaseKind: UInt8 = 102
  private static let exhaustedKind: UInt8 = 103

  fileprivate var packed: (kind: UInt8, detail: UInt16) {
    switch self {
    case .status(let status): (Self.statusKind, UInt16(clamping: status))
    case .network(let code): (Self.networkKind, UInt16(clamping: code))
    case .databaseError(let code): (Self.databaseKind, UInt16(clamping: code))
    case .exhausted(let code): (Self.exhaustedKind, UInt16(clamping: code))
    default: (UInt8(Self.plain.firstIndex(of: self) ?? 0), 0)
    }
  }

  fileprivate init(kind: UInt8, detail: UInt16) {
    switch kind {
    case Self.statusKind: self = .status(Int(detail))
    case Self.networkKind: self = .network(Int32(detail))
    case Self.databaseKind: self = .databaseError(Int(detail))
    case Self.exhaustedKind: self = .exhausted(Int32(detail))
    default: self = Self.plain.indices.contains(Int(kind)) ? Self.plain[Int(kind)] : .answered
    }
  }
}
