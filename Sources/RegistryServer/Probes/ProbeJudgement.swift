import EventLoop
import Glibc
import RegistryModel

/// What the end of a conversation says about the instance it was with (naming-server-v1 3.7, the table of probes).
enum ProbeJudgement {
  typealias Judgement = (verdict: ProbeVerdict, reason: ProbeReason)

  /// A loop that notices more than this too late that time is up was held up itself.
  static let toleratedLateness = Duration.milliseconds(100)

  /// For ends that every checker takes alike.
  static func of(_ ending: TCPEnding) -> Judgement {
    switch ending {
    case .hungUp: (.ok, .answered)
    case .closed: (.fail, .closed)
    case .refused: (.failNow, .refused)
    case .timedOut(let late): late > toleratedLateness ? (.unjudged, .heldUp) : (.fail, .timedOut)
    case .failed(let error): isOurLack(error.code) ? (.unjudged, .exhausted(error.code)) : (.fail, .network(error.code))
    }
  }

  static func of(status: Int, expected: Int) -> Judgement {
    if status == expected { return (.ok, .status(status)) }
    // Busy, or somewhere else: it lives, and may be well again soon.
    return (status == 503 || status == 302 ? .fail : .failNow, .status(status))
  }

  static func of(database reason: ProbeReason) -> Judgement {
    switch reason {
    case .answered: (.ok, reason)
    case .databaseError: (.failNow, reason)
    case .unsupportedLogin: (.unjudged, reason)
    default: (.fail, reason)
    }
  }

  /// No descriptor, port or memory left: that says nothing about whom we wanted to reach.
  private static func isOurLack(_ code: Int32) -> Bool {
    [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL, EAGAIN].contains(code)
  }
}
