internal import ArgumentParser
internal import ContentAddressing

/// `pipeline init`: a spec to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented spec to start from, and a .gitignore.",
    usage: "pipeline init [<options>] [<name>]",
    discussion: """
      Writes into pipelines/ if that folder exists, else into the current folder.
      Existing files are never overwritten.

      EXAMPLES
        pipeline init digits
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(help: "The name of the pipeline: letters, digits, - and _.")
  var name: String = "experiment"

  func validate() throws {
    let isName = name.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || $0 == "-" || $0 == "_"
    }
    guard isName, let first = name.first, first != "-", name.count <= 64 else {
      throw ValidationError("a name has 1 to 64 letters, digits, - and _, not “\(name.shown)”")
    }
  }

  func run() throws {
    let path = (Folder.exists("pipelines") ? "pipelines/" : "") + name + ".yaml"
    guard !OutputFile.exists(path) else {
      throw CommandError(
        .cannotCreate,
        "\(path) already exists; give another name: pipeline init NAME")
    }
    try OutputFile.write(StarterSpec(name: name).text, to: path)
    var written = [path]
    if !OutputFile.exists(".gitignore") {
      try OutputFile.write(
        "# Results of pipeline: large, and reproducible by a run.\n/artifacts/\n", to: ".gitignore")
      written.append(".gitignore")
    }
    let terminal = shared.terminal
    if shared.json {
      let value: CanonicalValue = [
        "schema": "pipeline.init/1", "files": .array(written.map { .string($0) }),
      ]
      return terminal.output(value.plainJSON())
    }
    for path in written { terminal.output(path) }
    if written.count == 1 {
      terminal.message(".gitignore already exists; add the line /artifacts/ to it")
    }
    terminal.message(
      "put your IDX files into data/ (or edit the paths), then run: pipeline run \(path)")
  }
}

/// The spec that `init` writes: the user's images in IDX files, and a perceptron.
struct StarterSpec {
  let name: String

  var text: String {
    """
    # What this pipeline does: prepare → train → evaluate → report.
    #   pipeline check \(name).yaml          is the spec valid?
    #   pipeline run \(name).yaml            compute what is missing
    #   pipeline explain \(name).yaml train  why would it run?
    # All settings of all steps: Documentation/SpecReference.md, or `pipeline reference`.
    version: 1
    name: \(name)
    seed: 42                       # determines all random numbers

    stages:
      prepare:
        step: prepare
        format: idx                # the format of MNIST; gzip is accepted
        train:
          images: ./data/train-images-idx3-ubyte
          labels: ./data/train-labels-idx1-ubyte
        test:
          images: ./data/t10k-images-idx3-ubyte
          labels: ./data/t10k-labels-idx1-ubyte
        validation: {fraction: 0.1, stratified: true}   # taken from train
        normalize: standardize     # or: none, {scale: [0, 1]}, {fixed: {mean: [0.13], std: [0.31]}}
        # class_names: [zero, one, two]

      train:
        step: train
        data: prepare/dataset.h5
        # The last linear layer has one feature for each class.
        model: [flatten, {linear: 128}, relu, {linear: 64}, relu, {linear: 10}]
        optimizer: {adam: {learning_rate: 0.001}}
        epochs: 10
        batch_size: 64
        checkpoint: {every_epochs: 1}   # to resume an interrupted training; does not affect the result

      evaluate: {step: evaluate, model: train/model.safetensors, data: prepare/dataset.h5, split: test}

      report: {step: report, title: \(name)}

    """
  }
}
