public import Settings

/// One layer of a model as a plain value: what it does, and the name its parameters and random streams bear.
public struct Layer: Sendable {
  /// What the layer does.
  public var kind: any LayerKind
  /// The name given in the spec; when nil, kind and ordinal (`linear1`, `linear2`, `conv2d1`, …).
  public var name: String?

  /// Creates a layer.
  public init(_ kind: any LayerKind, name: String? = nil) {
    self.kind = kind
    self.name = name
  }

  /// The kind's word in specs and default names, such as `batch_norm`.
  public var word: String { type(of: kind).word }
}

extension Layer: Hashable {
  public static func == (a: Layer, b: Layer) -> Bool {
    a.name == b.name && AnyHashable(a.kind) == AnyHashable(b.kind)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(AnyHashable(kind))
  }
}

// MARK: As a setting

extension Layer {
  /// A layer as a setting: a kind of ``layers``, with a name.
  public static let setting = SettingType<Layer>(
    .named(layers.name),
    encoding: { layer, form in
      let name = layer.name.map { [SettingValue.Member("name", .text($0))] } ?? []
      return layers.encoded(layer.kind, form, adding: name)
    },
    decoding: { (value, path) throws(SettingsError) in
      var (word, settings) = try layers.split(value, at: path)
      var name: String?
      if case .map(var members) = settings,
        let index = members.firstIndex(where: { $0.name == "name" })
      {
        name = try nameType.decode(members[index].value, "\(path).\(word).name")
        members.remove(at: index)
        settings = .map(members)
      }
      return Layer(try layers.decode(word, settings, at: "\(path).\(word)"), name: name)
    })

  /// The choice that the type's name stands for.
  public static var choice: FieldType {
    .choice(layers.choices(adding: [nameField]))
  }

  private static let nameType = SettingType<String>.text(.name)

  private static let nameField = Field(
    "name", nameType.schema, .optional,
    summary: "The name of its parameters and random streams; by default its kind and ordinal.")
}

extension [Layer] {
  /// The name of every layer: the one given, or its kind and ordinal among the layers of that kind.
  ///
  /// Layers inside another bear its name before theirs: `residual1.conv2d1`, and in its projection
  /// `residual1.projection.conv2d1`. Ordinals start at 1 in each list.
  func resolvedNames(prefix: String = "") -> [String] {
    var counts: [String: Int] = [:]
    return map { layer in
      let ordinal = counts[layer.word, default: 0] + 1
      counts[layer.word] = ordinal
      return prefix + (layer.name ?? layer.word + String(ordinal))
    }
  }
}
