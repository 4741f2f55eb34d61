/// Lines between the transfer that receives them and their reader, with the rule of when to stop receiving. A pure value.
struct LineQueue {
  enum Next: Equatable {
    case line([UInt8])
    case end
    case failed(HTTPFailure)
    case wait
  }

  /// What an array of bytes costs beside its bytes, so that empty lines have a price too.
  static let costPerLine = 32

  let maximumBytes: Int
  private var lines: [[UInt8]] = []
  private var taken = 0
  private var bytes = 0
  private var outcome: Result<Void, HTTPFailure>?
  /// The transfer was told to stop reading and waits to be resumed.
  private(set) var isPaused = false

  init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  /// Asked before each piece: a full queue pauses its transfer.
  mutating func admit() -> Bool {
    isPaused = bytes >= maximumBytes
    return !isPaused
  }

  mutating func append(_ line: [UInt8]) {
    guard outcome == nil else { return }
    lines.append(line)
    bytes += line.count + Self.costPerLine
  }

  /// The next line, and whether the transfer may read on.
  mutating func next() -> (next: Next, resumes: Bool) {
    guard taken < lines.count else {
      switch outcome {
      case nil: return (.wait, false)
      case .success: return (.end, false)
      case .failure(let failure): return (.failed(failure), false)
      }
    }
    let line = lines[taken]
    lines[taken] = []
    taken += 1
    bytes -= line.count + Self.costPerLine
    compact()
    let resumes = isPaused && bytes <= maximumBytes / 2
    if resumes { isPaused = false }
    return (.line(line), resumes)
  }

  /// No line follows; those that wait are still read. The first outcome stands.
  mutating func finish(_ failure: HTTPFailure?) {
    guard outcome == nil else { return }
    outcome = failure.map { .failure($0) } ?? .success(())
  }

  /// The reader has gone: what waits is dropped with it.
  mutating func abandon() {
    lines = []
    (taken, bytes) = (0, 0)
    outcome = .failure(.cancelled)
  }

  /// Forgets what was read once it is half of what is kept, so that each line moves at most once.
  private mutating func compact() {
    guard taken * 2 >= lines.count else { return }
    lines.removeFirst(taken)
    taken = 0
  }
}
