public import ContentAddressing
internal import Settings

extension SchemaCatalog {
  /// Fills in the defaults that a stored key omits.
  ///
  /// - Parameters:
  ///   - parameters: The settings of a step as stored in a key.
  ///   - kind: The kind of step; parameters of one that is not in the catalog are returned as they are.
  /// - Returns: The parameters with the current defaults.
  public func completed(_ parameters: CanonicalValue, of kind: String) -> CanonicalValue {
    guard let step = self[kind] else { return parameters }
    return completed(parameters, .record(step.fields))
  }

  private func completed(_ value: CanonicalValue, _ type: FieldType) -> CanonicalValue {
    switch (resolved(type), value) {
    case (.record(let fields), .object(let members)): return completed(members, fields)
    case (.choice(let choices), .string(let word)):
      return completed([word: .object([:])], choices)
    case (.choice(let choices), .object(let members)): return completed(members, choices)
    case (.list(let element, _), .array(let elements)):
      return .array(elements.map { completed($0, element) })
    case (.map(_, let element), .object(let members)):
      return .object(members.mapValues { completed($0, element) })
    case (.union(let types), .array):
      let list = types.first { if case .list = resolved($0) { true } else { false } }
      return list.map { completed(value, $0) } ?? value
    // A default may be written without a fraction.
    case (.number, .integer(let number)): return .double(Double(number))
    default: return value
    }
  }

  private func completed(
    _ members: [String: CanonicalValue], _ choices: [Choice]
  ) -> CanonicalValue {
    .object(
      Dictionary(
        members.map { word, settings in
          let choice = choices.first { $0.name == word }
          guard let choice else { return (word, settings) }
          var given = settings.object
          if given == nil, let main = choice.shorthand { given = [main: settings] }
          return (word, completed(given ?? [:], choice.fields))
        }, uniquingKeysWith: { $1 }))
  }

  private func completed(
    _ members: [String: CanonicalValue], _ fields: [Field]
  ) -> CanonicalValue {
    var members = members
    for field in fields where field.role == .result {
      let value = members[field.name] ?? field.defaultValue.map { CanonicalValue($0) }
      members[field.name] = value.map { completed($0, field.type) }
    }
    return .object(members)
  }
}
