import Foundation
import Testing

@testable import Console

/// What the theme files promise: they parse clean, every text can be read, and states can be told apart by every eye.
@Suite struct ThemeLintTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../themes").standardizedFileURL
    .path
  static let library = ThemeLibrary(folders: [folder], files: FileSystemThemes())
  static let names = [
    "ansi", "contrast-dark", "contrast-light", "cvd-dark", "cvd-light", "day", "mono", "night", "nord",
  ]
  /// Roles that draw lines and bars, not text: 3:1 is enough for them.
  static let drawing: Set<Role> = [.border, .borderFocus, .dialogBorder, .graphFill, .barBefore, .barAfter]

  @Test func theNineAreThere() {
    #expect(Self.library.names() == Self.names)
  }

  @Test(arguments: names)
  func parsesWithoutWarnings(name: String) throws {
    let entry = try Self.library.theme(name)
    #expect(entry.warnings.map(\.description) == [])
    #expect(entry.theme.name == name)
    #expect(!entry.theme.about.isEmpty)
  }

  @Test func aFileThatChangesHasAnotherStamp() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "theme-\(UUID().uuidString).toml").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let files = FileSystemThemes()
    #expect(files.stamps(of: [path]) == [nil])
    try Data("a".utf8).write(to: URL(filePath: path))
    let first = files.stamps(of: [path])
    #expect(first != [nil] && files.stamps(of: [path]) == first)
    try Data("ab".utf8).write(to: URL(filePath: path))
    #expect(files.stamps(of: [path]) != first)
    #expect(files.read(path, limit: 1) == [0x61])
    #expect(files.read(FileManager.default.temporaryDirectory.path, limit: 10) == nil)
  }

  @Test func theCompiledThemeIsTheFile() throws {
    let file = try String(contentsOfFile: Self.folder + "/night.toml", encoding: .utf8)
    #expect(file == Theme.nightText)
    #expect(Theme.night.name == "night")
  }

  @Test(arguments: names)
  func everyTextCanBeRead(name: String) throws {
    let theme = try Self.library.theme(name).theme
    guard case .rgb(let paper)? = theme.looks["base"]?.background else {
      #expect(["ansi", "mono"].contains(name))
      return
    }
    let least = name.hasPrefix("contrast") ? 7.0 : 4.5
    #expect(theme.leastContrast == least)
    for role in Role.allCases {
      guard let look = theme.look(of: role, depth: .trueColor), case .rgb(let text)? = look.foreground else { continue }
      let behind: RGB = if case .rgb(let own)? = look.background { own } else { paper }
      let ratio = Contrast.ratio(text, behind)
      #expect(ratio >= (Self.drawing.contains(role) ? min(least, 3) : least), "\(role.rawValue) \(ratio)")
    }
  }

  @Test(arguments: names, [Role.cursor, .selection, .cursorUnfocused, .rowAlternate, .header])
  func textStaysReadableUnderARow(name: String, row: Role) throws {
    let theme = try Self.library.theme(name).theme
    for role in Role.allCases where !Self.drawing.contains(role) {
      let look = theme.appearance(of: Style(role, over: row), depth: .trueColor)
      guard case .rgb(let text) = look.foreground, case .rgb(let behind) = look.background else { continue }
      #expect(Contrast.ratio(text, behind) >= theme.leastContrast - 0.01, "\(role.rawValue) \(Contrast.ratio(text, behind))")
    }
  }

  @Test(arguments: ["cvd-dark", "cvd-light"], ColorVision.allCases)
  func statesDifferForEveryEye(name: String, vision: ColorVision) throws {
    let theme = try Self.library.theme(name).theme
    let states: [Role] = [.stateOK, .stateDegraded, .stateProtect, .stateDown]
    let seen = try states.map { role in
      guard case .rgb(let color)? = theme.look(of: role, depth: .trueColor)?.foreground else { throw Missing(role: role) }
      return OKLab(vision.seen(color))
    }
    for (index, one) in seen.enumerated() {
      for other in seen[(index + 1)...] { #expect(one.distance(to: other) >= 0.15) }
    }
  }

  struct Missing: Error {
    var role: Role
  }
}

/// How colours look to an eye, by the matrices of Machado, Oliveira and Fernandes 2009 at full severity, over linear light.
enum ColorVision: CaseIterable {
  case normal, protan, deutan, tritan

  func seen(_ color: RGB) -> RGB {
    let light = color.linear
    return RGB(linear: SIMD3(rows.0.dot(light), rows.1.dot(light), rows.2.dot(light)))
  }

  private var rows: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) {
    switch self {
    case .normal: (SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1))
    case .protan:
      (SIMD3(0.152286, 1.052583, -0.204868), SIMD3(0.114503, 0.786281, 0.099216), SIMD3(-0.003882, -0.048116, 1.051998))
    case .deutan:
      (SIMD3(0.367322, 0.860646, -0.227968), SIMD3(0.280085, 0.672501, 0.047413), SIMD3(-0.011820, 0.042940, 0.968881))
    case .tritan:
      (SIMD3(1.255528, -0.076749, -0.178779), SIMD3(-0.078411, 0.930809, 0.147602), SIMD3(0.004733, 0.691367, 0.303900))
    }
  }
}

extension SIMD3<Double> {
  fileprivate func dot(_ other: SIMD3<Double>) -> Double { (self * other).sum() }
}
