/// Fills a registry with services and instances, over HTTP as clients do.
struct Population {
  enum Metadata {
    case none, equal, distinct
    /// Lets an instance be silent for ten hours.
    case lasting
  }

  let port: UInt16
  var metadata = Metadata.none
  /// Where persistent instances are; nil for ephemeral ones, which may be anywhere.
  var hosts: ProbedHosts?

  func fill(services: Int, instancesEach: Int) throws {
    try fill(services: services, instances: 0..<instancesEach)
  }

  /// Instances of these numbers in each service.
  func fill(services: Int, instances: Range<Int>) throws {
    let pipeline = try Pipeline(port: port)
    var batch: [String] = []
    for instance in instances {
      for service in 0..<services {
        batch.append(request(service: service, instance: instance))
        if batch.count == 256 {
          try pipeline.run(batch)
          batch.removeAll()
        }
      }
    }
    if !batch.isEmpty { try pipeline.run(batch) }
  }

  /// The same over many connections, because each answer waits for a disk.
  func fillDurably(services: Int, instancesEach: Int) throws {
    let pipelines = try (0..<256).map { _ in try Pipeline(port: port) }
    let requests = (0..<instancesEach).flatMap { instance in
      (0..<services).lazy.map { request(service: $0, instance: instance) }
    }
    for first in stride(from: 0, to: requests.count, by: pipelines.count) {
      let batch = requests[first..<min(first + pipelines.count, requests.count)]
      for (pipeline, request) in zip(pipelines, batch) { try pipeline.send([request]) }
      for (pipeline, _) in zip(pipelines, batch) { try pipeline.awaitAnswers(1) }
    }
  }

  func request(service: Int, instance: Int) -> String {
    let json: String =
      switch metadata {
      case .none: "%7B%7D"
      case .equal: "%7B%22version%22%3A%221.8.4%22%2C%22zone%22%3A%22b%22%7D"
      case .distinct: "%7B%22version%22%3A%221.8.\(service % 90)%22%2C%22pod%22%3A%22bench-\(service)-\(instance)%22%7D"
      case .lasting:
        "%7B%22preserved.heart.beat.timeout%22%3A%2236000000%22%2C%22preserved.ip.delete.timeout%22%3A%2236000000%22%7D"
      }
    return Pipeline.request(
      "POST",
      "/nacos/v1/ns/instance?namespaceId=public&serviceName=DEFAULT_GROUP%40%40bench-\(service)&clusterName=DEFAULT"
        + "&\(place(of: instance))&weight=1.0&enable=true&healthy=true&ephemeral=\(hosts == nil)&metadata=\(json)")
  }

  private func place(of instance: Int) -> String {
    guard let hosts else { return "ip=10.\(1 + instance / 256).\(instance % 256).1&port=8080" }
    return "ip=\(hosts.addresses[instance])&port=\(hosts.port)"
  }

  /// How long the answer to a list of ten is, headers aside.
  func listBytes() throws -> Int {
    let url = "http://127.0.0.1:\(port)/nacos/v1/ns/instance/list?serviceName=DEFAULT_GROUP%40%40bench-1&healthyOnly=false"
    let answer = try Child("curl", ["-s", "--noproxy", "*", url]).remainingOutput()
    guard answer.hasPrefix("{\"hosts\"") else { throw BenchFailure("no list of ten: \(answer.prefix(200))") }
    return answer.utf8.count
  }
}
