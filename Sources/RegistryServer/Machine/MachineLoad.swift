import Glibc
import NacosWire

/// How loaded the machine is, as the kernel says (`proc(5)`). It belongs to one thread.
final class MachineLoad {
  private var busy: UInt64 = 0
  private var all: UInt64 = 0
  private var share = -1.0

  /// The processors' share is that of the time since the question before; -1 at the first.
  func now() -> ServerPages.Load {
    var averages = [0.0]
    let isKnown = getloadavg(&averages, 1) == 1
    return ServerPages.Load(cpu: processors(), average: isKnown ? averages[0] : -1, memory: Self.memory())
  }

  /// `cpu user nice system idle iowait irq softirq steal …`, in ticks since the start.
  private func processors() -> Double {
    let line = Self.text("/proc/stat").prefix { $0 != "\n" }
    let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { UInt64($0) }
    guard ticks.count >= 5 else { return -1 }
    let total = ticks.reduce(0, &+)
    let idle = ticks[3] &+ ticks[4]
    let (newBusy, newAll) = (total &- idle, total)
    if all > 0, newAll > all, newBusy >= busy { share = Double(newBusy - busy) / Double(newAll - all) }
    (busy, all) = (newBusy, newAll)
    return share
  }

  private static func memory() -> Double {
    var values: [Substring: Double] = [:]
    for line in text("/proc/meminfo").split(separator: "\n").prefix(8) {
      let words = line.split(separator: " ")
      if words.count > 1, let value = Double(words[1]) { values[words[0]] = value }
    }
    guard let total = values["MemTotal:"], let available = values["MemAvailable:"], total > 0 else { return -1 }
    return (total - available) / total
  }

  /// The first few kilobytes of a small file; empty where it cannot be read.
  private static func text(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
