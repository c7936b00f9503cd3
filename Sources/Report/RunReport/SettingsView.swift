/// The resolved settings by stage, as the template shows them.
struct SettingsView {
  struct Group {
    var groupName: String
    var settingRows: [SettingRow]
  }

  struct SettingRow {
    /// The path, parted where a line may be broken.
    var segments: [String]
    var value: String
    var isDefault: Bool
    var rowClass: String
  }

  var settingsNote: String
  var groups: [Group]

  init?(_ settings: [Setting]) {
    guard !settings.isEmpty else { return nil }
    groups = []
    for setting in settings {
      // By scalars: a combining mark behind a point must not hide the point.
      let parts = setting.path.unicodeScalars.split(separator: ".", maxSplits: 1)
      let group = parts.count > 1 ? String(parts[0]) : "pipeline"
      let row = SettingRow(
        segments: Text.segments(parts.last.map { String($0) } ?? ""), value: setting.value,
        isDefault: setting.isDefault,
        rowClass: setting.isDefault ? "default" : "")
      if let index = groups.firstIndex(where: { $0.groupName == group }) {
        groups[index].settingRows.append(row)
      } else {
        groups.append(Group(groupName: group, settingRows: [row]))
      }
    }
    let defaults = settings.count { $0.isDefault }
    settingsNote =
      "\(Text.counted(settings.count, "setting")), of which "
      + "\(Text.counted(defaults, "is a default", plural: "are defaults")) that the spec leaves "
      + "unsaid, in grey."
  }
}
