/// What a store has to tell that is not the answer to a commit; `description` is one line for people.
public enum StoreReport: Hashable, Sendable {
  /// Rows that are not as they were written were taken out of a table and put by in the table `damaged`. `example` says
  /// which the first was and what is wrong with it.
  case damagedRows(table: String, count: Int, example: String)
  /// The log ends amid what was written to it: so many bytes were dropped, and so many transactions ended in them. None
  /// or one is what a power cut leaves of what was not answered yet; more means that the log was damaged later, and with
  /// any a copy of it is kept.
  case logCut(bytes: Int, transactions: Int, copy: String?)
  /// The journal cannot be written any more; all else is stored.
  case journalDamaged(String)
  /// Nothing can be stored until `recovered`; commits are answered with this reason.
  case failing(String)
  case recovered
  /// A synchronisation failed: what is on the disk is not known any more, so nothing is stored until a restart has read
  /// it anew (reliability R05).
  case halted(String)
}

extension StoreReport: CustomStringConvertible {
  public var description: String {
    switch self {
    case .damagedRows(let table, let count, let example):
      "\(count) damaged \(count == 1 ? "row" : "rows") in the table \(table) put by, the first: \(example)"
    case .logCut(let bytes, let transactions, let copy):
      "the log ends early: \(bytes) bytes dropped, the ends of \(transactions) transactions among them"
        + (copy.map { "; a copy is kept in \($0)" } ?? "")
    case .journalDamaged(let why): "the journal of events is not kept any more: \(why)"
    case .failing(let why): "cannot store: \(why)"
    case .recovered: "storing again"
    case .halted(let why): "nothing is stored until a restart: \(why)"
    }
  }
}
