import CSystem

/// The code and the constants that a start has gone through, most of which nothing needs again for a while.
enum StartingCode {
  /// Hands their pages back to the system, which may keep them, for others and for us, as long as it has memory to spare.
  ///
  /// The system maps 64 kB around each byte of a file that is touched, so that after a start nine tenths of what is
  /// resident are pages of the program and of libraries. This is about those only: what the program has written to is its
  /// own and stays.
  static func release() { csystem_unmap_code() }
}
