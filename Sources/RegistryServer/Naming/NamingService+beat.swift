import NacosWire
import RegistryEngine
import RegistryModel

extension NamingService {
  /// 1.1.7
  func beat(_ call: borrowing Call) throws(Refusal) -> Outcome { try beat(of: nil, call) }

  /// Of the service that the request names, unless it is known already.
  func beat(of service: ServiceKey?, _ call: borrowing Call) throws(Refusal) -> Outcome {
    let body = try call.parameters.beat()
    let cluster = call.parameters.optional("clusterName", default: InstanceAddress.defaultCluster)
    let ip = call.parameters.optional("ip", default: "")
    let port = try call.parameters.optionalInteger("port", default: 0)
    let key: ServiceKey
    if let service { key = service } else { key = try call.parameters.requiredService() }
    return try take(Self.beat(of: key, cluster: cluster, ip: ip, port: port, body), from: call)
  }

  /// What the beat's own JSON says goes before the parameters.
  private static func beat(of key: ServiceKey, cluster: String, ip: String, port: Int, _ body: BeatBody?) -> Beat {
    guard let body else { return Beat(service: key, cluster: cluster, ip: ip, port: port) }
    return Beat(
      service: key, cluster: body.cluster ?? cluster, ip: body.ip, port: body.port,
      body: Beat.Body(isEphemeral: body.isEphemeral, weight: body.weight, metadata: body.metadata))
  }

  func take(_ beat: Beat, from call: borrowing Call) throws(Refusal) -> Outcome {
    let sender = call.sender
    let answer: BeatAnswer
    do throws(RegistryError) {
      answer = try engine.beat(beat, by: sender.origin)
    } catch {
      throw Refusal(error)
    }
    switch answer {
    case .alive(let interval, let lightBeats):
      return .reply(beatAnswers.known(interval: interval, isLightEnabled: lightBeats))
    case .unknown(let interval): return .reply(beatAnswers.stranger(interval: interval))
    case .registers(let registration, let interval, let lightBeats):
      let reply = beatAnswers.known(interval: interval, isLightEnabled: lightBeats)
      return .submit(Submission(command: Command(.register(registration), by: call.origin), answer: { _ in reply }))
    }
  }
}
