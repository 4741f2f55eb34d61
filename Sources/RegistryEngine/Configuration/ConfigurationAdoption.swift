/// Many configurations that are to be taken over at once: an import, or copies (naming-client-v1 3.2).
public struct ConfigurationAdoption: Sendable, Hashable {
  /// What becomes of one that is there already.
  public enum Policy: String, Sendable, Hashable {
    /// It stays, and what comes after it is not taken.
    case abort = "ABORT"
    case skip = "SKIP"
    case overwrite = "OVERWRITE"
  }

  public var publications: [Publication]
  public var policy: Policy

  public init(_ publications: [Publication], policy: Policy) {
    self.publications = publications
    self.policy = policy
  }
}

/// What became of an adoption.
public struct ConfigurationAdoptionReport: Sendable, Hashable {
  public var taken = 0
  /// Those that were there and stayed so; of a policy that breaks off those that were not looked at any more.
  public var skipped: [ConfigurationPlace] = []
  /// The one at which it broke off.
  public var failed: ConfigurationPlace?
  /// How many of `skipped` stayed because of the policy `skip`.
  public var skipCount = 0

  public init() {}
}

extension ConfigurationBook {
  /// What an adoption would come to now.
  public func report(of adoption: ConfigurationAdoption) -> ConfigurationAdoptionReport { verdict(on: adoption).report }

  /// What it would come to, and the publications that it is: the last of each place.
  func verdict(
    on adoption: ConfigurationAdoption
  ) -> (report: ConfigurationAdoptionReport, taken: [Publication]) {
    var report = ConfigurationAdoptionReport()
    var taken: [Publication] = []
    var places: [ConfigurationPlace: Int] = [:]
    for (index, publication) in adoption.publications.enumerated() {
      let place = publication.place
      let isThere = places[place] != nil || self[place] != nil
      if isThere, adoption.policy == .abort {
        report.failed = place
        report.skipped = adoption.publications[(index + 1)...].map(\.place)
        break
      }
      if isThere, adoption.policy == .skip {
        report.skipped.append(place)
        report.skipCount += 1
        continue
      }
      report.taken += 1
      if let known = places[place] {
        taken[known] = publication
      } else {
        places[place] = taken.count
        taken.append(publication)
      }
    }
    return (report, taken)
  }
}
