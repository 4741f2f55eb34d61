import NacosWire
import RegistryEngine
import RegistryModel

extension NamingService {
  /// 1.14
  func prometheus(_ call: borrowing Call) throws(Refusal) -> Outcome {
    var page = PrometheusPage()
    let roundTrips = push.desk.roundTrips()
    nacos(&page, roundTrips)
    registry(&page)
    pushes(&page, roundTrips)
    probing(&page)
    return .reply(Reply(contentType: "text/plain; version=0.0.4;charset=utf-8", body: page.bytes))
  }

  /// What Nacos' own dashboards ask for, in its words.
  private func nacos(_ page: inout PrometheusPage, _ roundTrips: [Int64]) {
    let totals = engine.catalog.totals
    let (pushed, probed) = (push.desk.counters, probes.counters())
    let cost = roundTrips.isEmpty ? -1 : roundTrips.reduce(0, +) / Int64(roundTrips.count) / 1_000
    let values: [(name: String, value: Double)] = [
      ("mysqlhealthCheck", Double(probed.mysql)), ("httpHealthCheck", Double(probed.http)),
      ("tcpHealthCheck", Double(probed.tcp)), ("serviceCount", Double(totals.services)),
      ("ipCount", Double(totals.instances.total)),
      ("maxPushCost", roundTrips.last.map { Double($0 / 1_000) } ?? -1), ("avgPushCost", Double(cost)),
      ("leaderStatus", 1), ("totalPush", Double(pushed.pushed)),
      ("failedPush", Double(pushed.failed) + Double(max(0, pushed.pending))),
    ]
    page.family(
      "nacos_monitor", .gauge, about: "What a Nacos of 1.4 says of its naming module",
      values.map { (labels: [("module", "naming"), ("name", $0.name)], value: $0.value) })
  }

  private func registry(_ page: inout PrometheusPage) {
    let totals = engine.catalog.totals
    let metrics = engine.metrics
    page.gauge("muster_services", about: "Services", Double(totals.services))
    page.gauge("muster_instances", about: "Instances", Double(totals.instances.total))
    page.gauge("muster_instances_healthy", about: "Instances that are healthy", Double(totals.instances.healthy))
    page.gauge("muster_subscribers", about: "Subscribers by UDP", Double(totals.subscribers))
    page.gauge("muster_revision", about: "Revision of the registry", Double(engine.revision))
    page.counter("muster_beats_total", about: "Beats taken", metrics.beats)
    page.counter("muster_registrations_total", about: "Registrations", metrics.registers)
    page.counter("muster_deregistrations_total", about: "Deregistrations", metrics.deregisters)
    page.counter("muster_expiries_total", about: "Instances removed because they fell silent", metrics.expiries)
    page.counter("muster_lists_total", about: "Lists of services answered", metrics.lists)
    page.gauge("process_resident_memory_bytes", about: "Memory in use", Double(metrics.residentBytes))
    page.gauge(
      "process_start_time_seconds", about: "When the process started, since 1970",
      Double(metrics.startedAt.milliseconds) / 1_000)
  }

  private func pushes(_ page: inout PrometheusPage, _ roundTrips: [Int64]) {
    let counters = push.desk.counters
    page.counter("muster_pushes_total", about: "Datagrams sent for the first time", counters.pushed)
    page.counter("muster_push_repeats_total", about: "Datagrams sent again", counters.retried)
    page.counter("muster_push_acknowledged_total", about: "Datagrams acknowledged", counters.acknowledged)
    page.counter("muster_push_failed_total", about: "Pushes given up", counters.failed)
    page.counter("muster_push_superseded_total", about: "Pushes overtaken by a newer list", counters.superseded)
    page.counter("muster_push_withheld_total", about: "Pushes to subscribers that do not answer", counters.withheld)
    page.counter("muster_push_undeliverable_total", about: "Lists that fit no datagram", counters.undeliverable)
    page.counter("muster_push_strays_total", about: "Datagrams that acknowledge nothing of ours", counters.stray)
    page.gauge("muster_push_pending", about: "Datagrams under way", Double(counters.pending))
    let quantiles: [(labels: [(name: String, value: String)], value: Double)] = [50, 99].compactMap { percent in
      guard let value = roundTrips.percentile(percent) else { return nil }
      return ([("quantile", "0.\(percent)")], Double(value) / 1_000_000)
    }
    page.family(
      "muster_push_round_trip_seconds", .gauge, about: "From datagram to acknowledgement, of the last few thousand", quantiles)
  }

  private func probing(_ page: inout PrometheusPage) {
    let counters = probes.counters()
    page.family(
      "muster_probes_total", .counter, about: "Probes begun",
      [("tcp", counters.tcp), ("http", counters.http), ("mysql", counters.mysql)].map {
        (labels: [("checker", $0.0)], value: Double($0.1))
      })
    page.counter("muster_probes_failed_total", about: "Probes that found an instance unfit", counters.failed)
    page.counter("muster_probes_lost_total", about: "Probes whose result never came", counters.lost)
  }
}
