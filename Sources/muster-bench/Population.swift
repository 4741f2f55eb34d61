/// Fills a registry with services and instances, over HTTP as clients do.
struct Population {
  enum Metadata { case none, equal, distinct }

  let port: UInt16

  func fill(services: Int, instancesEach: Int, metadata: Metadata = .none) throws {
    let pipeline = try Pipeline(port: port)
    var batch: [String] = []
    for instance in 0..<instancesEach {
      for service in 0..<services {
        batch.append(request(service: service, instance: instance, metadata))
        if batch.count == 256 {
          try pipeline.run(batch)
          batch.removeAll()
        }
      }
    }
    if !batch.isEmpty { try pipeline.run(batch) }
  }

  private func request(service: Int, instance: Int, _ metadata: Metadata) -> String {
    let json: String =
      switch metadata {
      case .none: "%7B%7D"
      case .equal: "%7B%22version%22%3A%221.8.4%22%2C%22zone%22%3A%22b%22%7D"
      case .distinct: "%7B%22version%22%3A%221.8.\(service % 90)%22%2C%22pod%22%3A%22bench-\(service)-\(instance)%22%7D"
      }
    // A population that is measured must not expire while it is.
    return Pipeline.request(
      "POST",
      "/nacos/v1/ns/instance?namespaceId=public&serviceName=DEFAULT_GROUP%40%40bench-\(service)&clusterName=DEFAULT"
        + "&ip=10.1.\(instance).1&port=8080&weight=1.0&enable=true&healthy=true&ephemeral=true&metadata=\(json)")
  }

  /// How long the answer to a list of ten is, headers aside.
  func listBytes() throws -> Int {
    let url = "http://127.0.0.1:\(port)/nacos/v1/ns/instance/list?serviceName=DEFAULT_GROUP%40%40bench-1&healthyOnly=false"
    let answer = try Child("curl", ["-s", "--noproxy", "*", url]).remainingOutput()
    guard answer.hasPrefix("{\"hosts\"") else { throw BenchFailure("no list of ten: \(answer.prefix(200))") }
    return answer.utf8.count
  }
}
