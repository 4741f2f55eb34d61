import CDiskFaults
import Dispatch
import Glibc
import RegistryModel
import RegistryStore
import TestSupport

/// A process of its own for the store's tests: what is proved about a process that is killed, limited or failed by its
/// disk needs one.
@main struct StoreChild {
  static func main() {
    signal(SIGXFSZ, SIG_IGN)
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { return fail("usage: store-child append|write|hold|measure DIR …") }
    do {
      let store = try SQLiteStore(directory: arguments[2]) { say("report \($0)") }
      let count = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
      switch arguments[1] {
      case "append": append(to: store, from: count)
      case "write": write(to: store, from: count)
      case "hold": hold(store)
      case "measure": try Measurement(store: store, directory: arguments[2], count: count).run()
      default: fail("no such mode: \(arguments[1])")
      }
    } catch {
      fail("\(error)")
    }
  }

  /// Registers instance after instance, a few at a time, and says which were answered, until it is killed or its input
  /// ends. A line `fail` of the input makes the disk fail from then on.
  private static func append(to store: SQLiteStore, from first: Int) {
    DispatchQueue.global().async {
      while let line = readLine() { if line == "fail" { disk_faults_fail_synchronisation(true) } }
      exit(0)
    }
    let room = DispatchSemaphore(value: 16)
    for number in first... {
      room.wait()
      store.append(Registrations.commit(number)) { failure in
        if let failure {
          say("refused \(number) \(failure)")
          usleep(1_000)
        } else {
          say("stored \(number)")
        }
        room.signal()
      }
    }
  }

  /// Writes a record and its document after the other as `append` registers.
  private static func write(to store: SQLiteStore, from first: Int) {
    let room = DispatchSemaphore(value: 16)
    for number in first... {
      room.wait()
      let record = Record(kind: "child", name: "\(number)", value: String(repeating: "\(number) ", count: number % 2_000))
      store.write([.put(record), .putDocument(record)]) { failure in
        say(failure.map { "refused \(number) \($0)" } ?? "stored \(number)")
        if failure != nil { usleep(1_000) }
        room.signal()
      }
    }
  }

  private static func hold(_ store: SQLiteStore) {
    say("holding")
    while readLine() != nil {}
    store.close()
  }

  static func fail(_ text: String) {
    say("cannot \(text)")
    exit(1)
  }
}

/// One line to standard output, at once and whole.
func say(_ text: String) {
  let line = Array((text + "\n").utf8)
  _ = write(1, line, line.count)
}

enum Registrations {
  /// The registration of the instance with this number, as the commit with the next revision.
  static func commit(_ number: Int) -> Commit {
    let service = ServiceKey(group: "DEFAULT_GROUP", name: "service-\(number / 100)")
    let address = InstanceAddress(
      ip: "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)", port: 8_080, isEphemeral: false)
    let at = WallTime(milliseconds: 1_700_000_000_000 + Int64(number))
    let instance = Instance(
      address: address, weight: 1, metadata: ["zone": "z\(number % 7)", "version": "1.4.\(number % 13)"], app: "DEFAULT",
      registeredAt: at)
    return Commit(
      revision: Revision(number + 1), at: at, origin: .client(address: "10.0.0.1", agent: "Nacos-Java-Client:v1.4.8"),
      changes: [.instance(service, before: nil, after: instance, cause: .registered)])
  }
}
