public import RegistryModel

extension Parameters {
  /// What a listener's poll is about; nil where that is absent, blank or malformed, or of more than `most` keys.
  public func listeningInterests(most: Int) -> [ConfigurationInterest]? {
    guard let text = value("Listening-Configs"), !text.isBlank else { return nil }
    return ListeningText.interests(text, most: most)
  }
}
