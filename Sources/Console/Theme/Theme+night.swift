extension Theme {
  /// The theme that needs no file: the default, and what others fall back to where they say nothing.
  public static let night: Theme = {
    do throws(ThemeProblem) {
      return try Theme(ThemeParser(Array(nightText.utf8), source: nightSource).draft, source: nightSource, fallback: nil)
    } catch {
      // Only a change of the text below can lead here, and the tests read it.
      return Theme(name: "plain", about: error.description, variant: .any, paintsBackground: false, leastContrast: 0)
    }
  }()

  static let nightSource = "night (built in)"

  /// The text of `themes/night.toml`.
  static let nightText = """
    schema = 1
    name = "night"
    about = "Default dark"
    variant = "dark"
    background = "terminal"
    min_contrast = 4.5

    [palette]
    paper = "#14171c"
    raised = "#222831"
    lifted = "#2f3a4a"
    violet_shade = "#352f4a"
    ink = "#d7dae0"
    bright = "#f2f4f8"
    grey = "#9aa2b0"
    line = "#6f7887"
    green = "#7fd18b"
    amber = "#f0c05a"
    violet = "#e59cf0"
    red = "#ff7a70"
    orange = "#ff9e64"
    slate = "#8fa3bf"
    teal = "#7fe0d8"
    blue = "#6cb8ff"

    [role]
    base = { fg = "ink", bg = "paper" }
    dim = "grey"
    emphasis = { fg = "bright", bold = true }
    link = { fg = "blue", underline = true }
    error = { fg = "red", bold = true }
    selection = { bg = "violet_shade" }
    cursor = { bg = "lifted" }
    cursor_unfocused = { bg = "raised" }
    mark = { fg = "teal", bold = true }

    header = { fg = "ink", bg = "raised" }
    header_key = { fg = "grey", bg = "raised" }
    header_value = { fg = "bright", bg = "raised" }
    accent = { fg = "paper", bg = "blue", bold = true }
    prod = { fg = "paper", bg = "red", bold = true }
    env_staging = { fg = "paper", bg = "amber", bold = true }
    env_dev = { fg = "paper", bg = "green", bold = true }
    crumb = "grey"
    crumb_active = { fg = "bright", bold = true }
    border = "line"
    border_focus = "blue"
    title = { fg = "bright", bold = true }
    count = "grey"
    hint_key = "teal"
    hint_text = "grey"

    column_head = "grey"
    column_sorted = { fg = "bright", bold = true }
    column_selected = { fg = "blue", underline = true }
    row_alt = { bg = "#181c22" }
    match = { fg = "amber", underline = true }
    changed = "teal"
    added = "green"
    removed = "red"

    state.ok = "green"
    state.degraded = { fg = "amber", bold = true }
    state.protect = { fg = "violet", bold = true }
    state.down = { fg = "red", bold = true }
    state.gone = { fg = "orange", bold = true }
    state.off = "slate"
    state.empty = "grey"
    state.pending = "teal"
    state.unknown = "grey"
    state.override = "blue"

    sev.info = "blue"
    sev.warn = "amber"
    sev.err = { fg = "red", bold = true }
    sev.op = "teal"
    sev.raft = "violet"

    graph.low = "green"
    graph.mid = "amber"
    graph.high = "red"
    graph.fill = "line"
    bar.before = "slate"
    bar.after = "green"
    number = "ink"
    unit = "grey"
    age_fresh = "ink"
    age_old = "amber"
    ip = "ink"
    metadata_key = "slate"
    metadata_value = "ink"

    live = "green"
    stale = { fg = "amber", bold = true }
    lost = { fg = "red", bold = true }
    readonly = "slate"
    timed_write = { fg = "amber", bold = true }

    input = { fg = "ink", bg = "raised" }
    input_focus = { fg = "bright", bg = "lifted" }
    input_invalid = { fg = "red", underline = true }
    input_changed = "teal"
    button = { fg = "ink", bg = "raised" }
    button_focus = { fg = "paper", bg = "blue", bold = true }
    button_danger = { fg = "red", bold = true }
    dialog_border = "blue"

    [ansi16]
    base = "default"
    dim = "default"
    emphasis = { fg = "default", bold = true }
    link = { fg = "cyan", underline = true }
    error = { fg = "red", bold = true }
    selection = { bold = true }
    cursor = { reverse = true }
    cursor_unfocused = { underline = true }
    mark = { fg = "cyan", bold = true }
    header = { reverse = true }
    accent = { fg = "cyan", reverse = true, bold = true }
    prod = { fg = "red", reverse = true, bold = true }
    env_staging = { fg = "yellow", reverse = true, bold = true }
    env_dev = { fg = "green", reverse = true, bold = true }
    border_focus = "cyan"
    hint_key = "cyan"
    column_sorted = { fg = "default", bold = true }
    column_selected = { fg = "default", underline = true }
    row_alt = {}
    match = { fg = "yellow", underline = true }
    changed = "cyan"
    state.ok = "green"
    state.degraded = { fg = "yellow", bold = true }
    state.protect = { fg = "magenta", bold = true }
    state.down = { fg = "red", bold = true }
    state.gone = "red"
    state.off = "cyan"
    sev.info = "cyan"
    sev.raft = "magenta"
    button_focus = { reverse = true }
    input = { underline = true }
    input_focus = { reverse = true }

    [mono]
    base = {}
    dim = {}
    emphasis = { bold = true }
    link = { underline = true }
    error = { bold = true, reverse = true }
    selection = { bold = true }
    cursor = { reverse = true }
    cursor_unfocused = { underline = true }
    mark = { bold = true }
    header = { reverse = true }
    accent = { reverse = true, bold = true }
    border_focus = {}
    dialog_border = { bold = true }
    column_sorted = { bold = true }
    column_selected = { underline = true }
    match = { underline = true }
    changed = { bold = true }
    state.ok = {}
    state.degraded = { bold = true }
    state.protect = { underline = true, bold = true }
    state.down = { reverse = true, bold = true }
    state.gone = { reverse = true }
    state.off = { underline = true }
    input = { underline = true }
    input_focus = { reverse = true }
    button_focus = { reverse = true, bold = true }

    [glyphs]
    down = "✖"
    gone = "✖"
    protect = "▣"
    degraded = "▲"
    off = "○"
    empty = "·"

    """
}
