/// Writes the reference of all settings as Markdown, from the same description that checks specs.
public struct SpecReferenceGenerator: Sendable {
  private let catalog: SchemaCatalog

  public init(catalog: SchemaCatalog) { self.catalog = catalog }

  /// The page, the same for the same catalog, ending with a line feed.
  public func generate() -> String {
    var page = Page(catalog: catalog)
    page.paragraph(Self.preface)
    page.heading(2, "The file")
    page.table(SpecReader.rootFields, place: "file")
    page.paragraph(
      "`stages` is a map from the name of each stage to its settings. Every stage has `step`, the kind "
        + "of what it does; a stage that draws random numbers may have `seed`, a whole number of at "
        + "least 0, in place of that of the file.")
    page.heading(2, "Steps")
    let names = catalog.steps.map { "[`\($0.kind)`](#\($0.kind))" }
    page.paragraph(names.joined(separator: " · "))
    for step in catalog.steps { page.step(step) }
    if !catalog.types.isEmpty { page.heading(2, "Shared types") }
    for name in catalog.types.keys.sorted() {
      guard let type = catalog.types[name] else { continue }
      page.type(type, title: name, heading: 3)
    }
    return page.text
  }

  private static let preface = """
    # Spec reference

    This page is written by `pipeline` from the description by which specs are checked.

    A spec is one YAML file of at most 1 MiB, nested at most 32 levels deep, with at most 50,000
    values after aliases are followed. Unknown settings are errors. Anchors, aliases and `<<` work;
    tags do not. Values are typed by this page, not by YAML's guesses: `no` is a text where a text is
    expected, `1e-3` is a number, and `010`, `yes`, `.inf` are mistakes with an explanation.

    An output of a stage is written `stage/output`. Where the path of a file is allowed too, `./` before
    it makes clear that a file is meant; its content enters the key, its path does not.

    A choice is written by its name alone, `relu`; with its settings, `{adam: {learning_rate: 0.01}}`;
    or, where it has a main setting, with that alone: `{linear: 128}`. Each setting can be
    overridden on the command line: `--set train.optimizer.adam.learning_rate=0.01`.

    The column *key* tells whether a setting enters the key of its stage: *yes* may change the result,
    *no* changes no bit of it, and changing it runs nothing again.
    """
}
