extension ActionTable {
  static let acting: [ConsoleAction] = []
}
