/// `; did you mean '…'?` for the known name nearest to what was written, or nothing if none is near.
func hint(for word: String, among known: [(name: String, shown: String)]) -> String {
  let nearest = known.map { (shown: $0.shown, distance: editDistance(word, $0.name)) }.min { $0.distance < $1.distance }
  guard let nearest, nearest.distance <= max(1, word.count / 3) else { return "" }
  return "; did you mean '\(nearest.shown)'?"
}

/// How many letters have to be put in, left out, replaced or swapped with their neighbour to make one word of the other
/// (optimal string alignment). Long words are not compared: nobody mistypes a name by a page.
func editDistance(_ first: String, _ second: String) -> Int {
  let (first, second) = (Array(first), Array(second))
  guard first.count <= 64, second.count <= 64 else { return .max }
  var rows = [Array(0...second.count)]
  for i in first.indices {
    var row = [i + 1]
    for j in second.indices {
      let replaced = rows[i][j] + (first[i] == second[j] ? 0 : 1)
      var distance = min(row[j] + 1, rows[i][j + 1] + 1, replaced)
      if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
        distance = min(distance, rows[i - 1][j - 1] + 1)
      }
      row.append(distance)
    }
    rows.append(row)
  }
  return rows[first.count][second.count]
}
