internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import Steps
internal import SystemPackage

/// `pipeline predict`: classes and probabilities for images.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Classify images in PNG or IDX files with a trained model.",
    usage: "pipeline predict [<options>] <model> <files> ...",
    discussion: """
      Images are normalized like the training data and must have the model's size. For a model with
      one channel, RGB images are reduced to luma (BT.601); for three, grey images are repeated.

      EXAMPLES
        pipeline predict latest images.idx
        pipeline predict latest one.png two.png
        pipeline predict model.safetensors images.idx.gz --json
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: "A model.safetensors, or a run that trained one: an id, a tag, latest.",
    completion: Completions.runs)
  var model: String

  @Argument(help: "PNG images, or IDX files of images, plain or gzip.", completion: .file())
  var files: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("Show the N most probable classes of each image.", valueName: "n"))
  var top: Int = 3

  @Option(
    name: .long,
    help: ArgumentHelp("Number of compute threads (default: all cores).", valueName: "n"))
  var threads: Int?

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top takes a number of at least 1, not \(top)") }
    if let threads, threads < 1 || threads > 4096 {
      throw ValidationError("--threads takes a number from 1 to 4096, not \(threads)")
    }
  }

  func run() throws {
    try checkFiles()
    let (bytes, origin) = try modelBytes()
    let set = ProcessEnvironment.value("PIPELINE_ISA").flatMap { $0 == "auto" ? nil : $0 }
    let classifier: ImageClassifier
    do {
      classifier = try ImageClassifier(
        model: bytes, threads: threads ?? Machine.availableCores, instructionSet: set)
    } catch {
      throw CommandError(ExitStatus(of: error), "\(origin.shown): \(error)")
    }
    let terminal = shared.terminal
    var values: [CanonicalValue] = []
    for path in files {
      let answers = try classifier.scores(ofFile: path)
      let count = answers.count
      for (index, scores) in answers.enumerated() {
        let order = scores.indices.sorted {
          scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
        }
        if shared.json {
          let numbers = scores.map { CanonicalValue.double(Double($0)) }
          let value: CanonicalValue = [
            "file": .string(path), "index": .integer(index), "class": .integer(order[0]),
            "name": .string(classifier.classNames[order[0]]),
            (classifier.givesProbabilities ? "probabilities" : "outputs"): .array(numbers),
          ]
          values.append(value)
        } else {
          let texts = order.prefix(top).map { place in
            let score = Double(scores[place])
            let text =
              classifier.givesProbabilities
              ? "\(Quantity.fixed(score * 100, 2)) %" : Quantity.fixed(score, 4)
            return "\(classifier.classNames[place].shown) \(text)"
          }
          let label = count == 1 ? path.shown : "\(path.shown)[\(index)]"
          terminal.output("\(label)  \(texts.joined(separator: " · "))")
        }
      }
    }
    guard shared.json else { return }
    let classes = classifier.classNames.map { CanonicalValue.string($0) }
    let value: CanonicalValue = [
      "schema": "pipeline.predict/1", "model": .string(origin),
      "sha256": .digest(Digest(of: bytes)),
      "classes": .array(classes), "predictions": .array(values),
    ]
    terminal.output(value.plainJSON())
  }

  /// Checks the file names before reading the first image.
  private func checkFiles() throws(CommandError) {
    for path in files {
      if Folder.exists(path) {
        throw CommandError(
          .usage, "\(path.shown) is a folder; name its files: \(Folder.joined(path, "*").shown)")
      }
      guard !OutputFile.exists(path) else { continue }
      let meant = Folder.nearest(to: path).map { "; did you mean \($0.shown)?" } ?? ""
      throw CommandError(.usage, "there is no file \(path.shown)\(meant)")
    }
  }

  /// The bytes of the model and their origin: a file takes precedence over a run.
  private func modelBytes() throws -> (bytes: [UInt8], origin: String) {
    if OutputFile.exists(model), !Folder.exists(model) {
      do {
        return (try InputFile.bytes(of: model, limit: 1 << 31), model)
      } catch {
        throw CommandError(.inputOutput, "cannot read the model \(model.shown): \(error)")
      }
    }
    guard !model.contains("/"), !model.hasSuffix(".safetensors") else {
      throw CommandError(
        .usage,
        "there is no model \(model.shown); `pipeline export latest model.safetensors -o .` writes one"
      )
    }
    let store = try StoreLocation(shared).openForReading()
    let record = try RunCatalog(store: store).record(named: model)
    let trained = record.stages.compactMap { stage in
      stage.outputs["model.safetensors"].map { (stage.name, $0) }
    }
    guard let (stage, content) = trained.last else {
      throw CommandError(
        .usage,
        "the run \(record.id) has no output model.safetensors; see: pipeline show \(record.id)")
    }
    return (try store.read(content), "\(record.id) \(stage)/model.safetensors")
  }
}
