import Glibc

/// Where themes are looked for by name, first match first: the user's own, those installed beside the program, and
/// `themes` of a checkout that the program was built in.
enum ThemeFolders {
  static func standard(_ environment: (String) -> String?) -> [String] {
    var folders: [String] = []
    if let config = environment("XDG_CONFIG_HOME"), config.hasPrefix("/") {
      folders.append("\(config)/muster/themes")
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      folders.append("\(home)/.config/muster/themes")
    }
    guard let program = programFolder else { return folders }
    folders.append("\(program)/../share/muster/themes")
    // `.build/release/muster`, where `.build/release` is a link to a folder one deeper.
    folders += ["\(program)/../../themes", "\(program)/../../../themes"]
    return folders
  }

  private static var programFolder: String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
