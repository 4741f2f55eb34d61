import CSystem

/// The heap of the C library, which is everybody's.
enum Heap {
  /// Has all threads share the first heap. Further ones grow page by page, with a system call for each, and what one
  /// thread frees no other uses; here one thread does nearly all of the work.
  static func share() { _ = mallopt(M_ARENA_MAX, 1) }
}
