import NacosWire

/// The texts that beats are answered with, each written once: nearly all of them are the same two.
struct BeatAnswers {
  private struct Text {
    var interval: Int64
    var isLightEnabled = false
    var reply: Reply
  }

  private var known: Text?
  private var stranger: Text?

  mutating func known(interval: Int64, isLightEnabled: Bool) -> Reply {
    if let known, known.interval == interval, known.isLightEnabled == isLightEnabled { return known.reply }
    let reply = Reply.json(InstancePages.beat(interval: interval, isLightEnabled: isLightEnabled))
    known = Text(interval: interval, isLightEnabled: isLightEnabled, reply: reply)
    return reply
  }

  mutating func stranger(interval: Int64) -> Reply {
    if let stranger, stranger.interval == interval { return stranger.reply }
    let reply = Reply.json(InstancePages.beatOfStranger(interval: interval))
    stranger = Text(interval: interval, reply: reply)
    return reply
  }
}
