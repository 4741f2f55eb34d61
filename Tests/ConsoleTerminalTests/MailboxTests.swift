import Glibc
import Testing

@testable import ConsoleTerminal

@Suite struct MailboxTests {
  func isReadable(_ mailbox: Mailbox<Int>) -> Bool {
    var file = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&file, 1, 0) == 1
  }

  @Test func keepsOrderAndWakes() {
    let mailbox = Mailbox<Int>()
    #expect(!isReadable(mailbox))
    for number in 1...3 { #expect(mailbox.post(number)) }
    #expect(isReadable(mailbox))
    #expect(mailbox.take() == [1, 2, 3])
    #expect(!isReadable(mailbox))
    #expect(mailbox.take() == [])
  }

  @Test func isFullAtItsCapacity() {
    let mailbox = Mailbox<Int>(capacity: 2)
    #expect(mailbox.post(1))
    #expect(mailbox.post(2))
    #expect(!mailbox.post(3))
    #expect(mailbox.take() == [1, 2])
    #expect(mailbox.post(3))
  }

  @Test func sendersWaitForRoom() async {
    let mailbox = Mailbox<Int>(capacity: 4)
    await withTaskGroup { group in
      for sender in 0..<8 {
        group.addTask {
          for number in 0..<100 { await mailbox.send(sender * 100 + number) }
        }
      }
      var taken: [Int] = []
      while taken.count < 800 {
        let some = mailbox.take()
        #expect(some.count <= 4)
        taken += some
        await Task.yield()
      }
      #expect(taken.sorted() == Array(0..<800))
      for sender in 0..<8 {
        let own = taken.filter { $0 / 100 == sender }
        #expect(own == own.sorted())
      }
    }
  }

  @Test func theEndLetsEverybodyGo() async {
    let mailbox = Mailbox<Int>(capacity: 1)
    mailbox.post(1)
    let sender = Task { await mailbox.send(2) }
    mailbox.end()
    await sender.value
    #expect(mailbox.post(3))
    #expect(mailbox.take() == [])
  }
}
