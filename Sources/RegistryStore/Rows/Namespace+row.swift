import RegistryModel

extension Namespace: SQLiteBindable {
  func append(to parameters: inout SQLiteParameters) {
    parameters.append(id)
    parameters.append(name)
    parameters.append(about)
    parameters.append(createdAt.milliseconds)
  }

  init(_ row: borrowing SQLiteRow) throws(UnreadableColumn) {
    self.init(
      id: try row.text(at: 0), name: try row.text(at: 1), about: try row.text(at: 2),
      createdAt: WallTime(milliseconds: try row.integer(at: 3)))
  }
}
