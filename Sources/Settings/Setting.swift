/// A setting of a record or a kind: its declaration, and the property that holds it.
public struct Setting<Root>: Sendable {
  /// The declaration as data.
  public let field: Field

  /// The value that a root has for it, or `nil` for an optional one without.
  let encode: @Sendable (Root, SettingForm) -> SettingValue?

  /// Sets the property of a root to the value at a path.
  let decode: @Sendable (SettingValue, String, inout Root) throws(SettingsError) -> Void
}

extension Setting where Root: SettingRecord {
  /// Declares a setting whose default is that of `Root()`.
  ///
  /// - Parameters:
  ///   - name: The name in a spec.
  ///   - property: What holds the value.
  ///   - type: What the value may be.
  ///   - role: Whether it can change a result.
  ///   - isRequired: Whether it is required; then `Root()` contains a placeholder.
  ///   - isLater: Whether it was added after values had been stored without it; then its default is not written.
  ///   - written: What is encoded instead of the property, if that is more exact.
  ///   - summary: One sentence for the reference.
  public init<Value>(
    _ name: String, _ property: any WritableKeyPath<Root, Value> & Sendable,
    _ type: SettingType<Value>,
    role: FieldRole = .result, isRequired: Bool = false, isLater: Bool = false,
    encoding written: (any KeyPath<Root, Value> & Sendable)? = nil, _ summary: String
  ) {
    let standard = type.encode(Root()[keyPath: property], .brief)
    field = Field(
      name, type.schema, role: role, isRequired ? .required : .defaults(to: standard),
      summary: summary)
    encode = { root, form in
      let value = type.encode(
        form == .complete ? root[keyPath: written ?? property] : root[keyPath: property], form)
      return isLater && value == type.encode(Root()[keyPath: property], form) ? nil : value
    }
    decode = { (value, path, root) throws(SettingsError) in
      root[keyPath: property] = try type.decode(value, path)
    }
  }

  /// Declares an optional setting without a default.
  public init<Value>(
    _ name: String, _ property: any WritableKeyPath<Root, Value?> & Sendable,
    _ type: SettingType<Value>, role: FieldRole = .result,
    encoding written: (any KeyPath<Root, Value> & Sendable)? = nil, _ summary: String
  ) {
    field = Field(name, type.schema, role: role, .optional, summary: summary)
    encode = { root, form in
      if form == .complete, let written { return type.encode(root[keyPath: written], form) }
      return root[keyPath: property].map { type.encode($0, form) }
    }
    decode = { (value, path, root) throws(SettingsError) in
      root[keyPath: property] = try type.decode(value, path)
    }
  }
}
