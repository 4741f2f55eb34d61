import RegistryModel

extension World {
  /// Begins a transaction where commits wait for one.
  func store() {
    guard let store = server?.store, store.begin() else { return }
    let length = random.chance(20) ? random.number(5_000...120_000) : random.number(500...5_000)
    agenda.plan(.stored(life: life), at: clock.now + max(0, length - seams.answersEarlyBy))
  }

  /// A full disk takes nothing of a transaction.
  func endTransaction() {
    guard let store = server?.store else { return }
    let failure: RegistryError? = isDiskFull ? .storeFailed("the disk is full") : nil
    transcript.note("stored", failure == nil ? 1 : 0, at: clock.now)
    if failure == nil {
      if seams.answersEarlyBy == 0 { keep(store.commits) } else { keepLater(store.commits) }
    }
    store.answer(failure)
  }

  func keep(_ commits: [Commit]) {
    for commit in commits { disk.keep(commit) }
  }

  /// For the canary that answers before it keeps.
  private func keepLater(_ commits: [Commit]) {
    late.append((clock.now + seams.answersEarlyBy, life, commits))
  }

  func keepWhatIsLate() {
    while let first = late.first, first.at <= clock.now {
      late.removeFirst()
      if first.life == life, server != nil { keep(first.commits) }
    }
  }
}
