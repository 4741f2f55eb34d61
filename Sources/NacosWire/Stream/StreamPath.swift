/// Where a Muster is spoken to by another one.
public enum StreamPath {
  public static let hello = "/muster/v1/hello"
  /// `?since=REVISION&epoch=EPOCH` goes on from there.
  public static let watch = "/muster/v1/watch"
  public static let command = "/muster/v1/command"
  public static let ask = "/muster/v1/ask"
  /// Where a name and a password are given for a token, as in Nacos.
  public static let login = "/v1/auth/users/login"
}
