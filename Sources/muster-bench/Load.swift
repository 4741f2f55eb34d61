/// One kind of request that `wrk` repeats: as Lua, since wrk speaks nothing else.
struct Load {
  var name: String
  var script: String

  /// Light beats over a thousand services of ten instances.
  static let beat = Load(
    name: "beat",
    script: """
      local i = 0
      request = function()
        i = (i * 1103515245 + 12345) % 10000
        return wrk.format("PUT", "/nacos/v1/ns/instance/beat?namespaceId=public&serviceName=DEFAULT_GROUP%40%40bench-" .. (i % 1000)
          .. "&clusterName=DEFAULT&ip=10.1." .. math.floor(i / 1000) .. ".1&port=8080&app=unknown")
      end
      """)

  static let list = Load(
    name: "list of 10",
    script: """
      local i = 0
      request = function()
        i = (i + 7) % 1000
        return wrk.format("GET", "/nacos/v1/ns/instance/list?namespaceId=public&serviceName=DEFAULT_GROUP%40%40bench-" .. i
          .. "&clusters=&udpPort=0&clientIP=127.0.0.1&healthyOnly=false&app=unknown")
      end
      """)

  /// A new instance each time, into services that are there.
  static let register = Load(
    name: "register",
    script: """
      local i = 0
      request = function()
        i = i + 1
        return wrk.format("POST", "/nacos/v1/ns/instance?namespaceId=public&serviceName=DEFAULT_GROUP%40%40bench-" .. (i % 1000)
          .. "&clusterName=DEFAULT&ip=10." .. (20 + math.floor(i / 65536) % 200) .. "." .. (math.floor(i / 256) % 256) .. "." .. (i % 256)
          .. "&port=" .. (1000 + math.floor(i / 13107200)) .. "&weight=1.0&enable=true&healthy=true&ephemeral=true&metadata=%7B%7D")
      end
      """)

  /// A new persistent instance each time, in turn into each of so many services, at addresses of the loopback interface.
  static func registerPersistent(services: Int, port: UInt16) -> Load {
    Load(
      name: "register persistent",
      script: """
        local i = 0
        request = function()
          local service, instance = i % \(services), math.floor(i / \(services))
          i = i + 1
          return wrk.format("POST", "/nacos/v1/ns/instance?namespaceId=public&serviceName=DEFAULT_GROUP%40%40bench-" .. service
            .. "&clusterName=DEFAULT&ip=127.0.0." .. (1 + instance)
            .. "&port=\(port)&weight=1.0&enable=true&healthy=true&ephemeral=false&metadata=%7B%7D")
        end
        """)
  }

  static func constant(_ name: String, _ target: String) -> Load {
    Load(name: name, script: "request = function() return wrk.format('GET', '\(target)') end\n")
  }

  /// Processor microseconds of `pid` for each request, and requests a second, over `seconds`.
  func run(port: UInt16, pid: Int32, seconds: Int, scratch: Scratch) throws -> (cpu: Double, rate: Double) {
    let script = try scratch.write("\(name.replacingSpaces).lua", self.script)
    let before = try ProcessFigures.processorSeconds(pid)
    let arguments = ["-t1", "-c64", "-d\(seconds)s", "-s", script, "http://127.0.0.1:\(port)/"]
    let report = try Child("wrk", arguments).remainingOutput()
    let used = try ProcessFigures.processorSeconds(pid) - before
    guard let line = report.split(separator: "\n").first(where: { $0.contains("requests in") }),
      let requests = line.split(separator: " ").first.flatMap({ Double($0) }), requests > 0
    else { throw BenchFailure("wrk printed no count (is it installed?):\n\(report)") }
    if report.contains("Non-2xx") { throw BenchFailure("\(name): some requests were refused:\n\(report)") }
    return (used / requests * 1e6, requests / Double(seconds))
  }
}

extension String {
  fileprivate var replacingSpaces: String { String(map { $0 == " " ? "-" : $0 }) }
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return .nan }
  return sorted.count % 2 == 1 ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
}

func percentile(_ values: [Double], _ share: Double) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
}
