internal import Autograd
internal import Settings

extension [Layer] {
  /// Appends a row per layer to `rows` and returns the shape that comes out.
  func inferShapes(
    input: Shape, prefix: String, path: [Int], rows: inout [LayerSummary]
  ) throws(ModelError) -> Shape {
    guard !isEmpty || !path.isEmpty else {
      throw ModelError(.empty, path: path, layer: "model", input: input)
    }
    let names = resolvedNames(prefix: prefix)
    var shape = input
    for index in indices {
      shape = try self[index].inferShape(
        input: shape, name: names[index], path: path + [index], rows: &rows)
    }
    return shape
  }
}

extension Layer {
  /// Appends this layer's row (after those of the layers inside it) and returns its output's shape.
  fileprivate func inferShape(
    input: Shape, name: String, path: [Int], rows: inout [LayerSummary]
  ) throws(ModelError) -> Shape {
    do throws(SettingsError) { try kind.check() } catch {
      throw ModelError(.settings(error), path: path, layer: name, input: input)
    }
    var branches: [Shape] = []
    for (branch, path) in self.branches(at: path) {
      branches.append(
        try branch.layers.inferShapes(
          input: input, prefix: "\(name).\(branch.prefix)", path: path, rows: &rows))
    }
    let output: Shape
    do throws(ModelError.Code) {
      output = try kind.shape(of: input, branches: branches)
    } catch {
      throw ModelError(error, path: path, layer: name, input: input)
    }
    rows.append(
      LayerSummary(
        path: path, name: name, layer: self, input: input, output: output,
        parameters: kind.parameters(of: input).map {
          ParameterSummary(
            name: "\(name).\($0.name)", shape: $0.shape, isTrainable: $0.isTrainable)
        }))
    return output
  }

  /// The branches with the paths that their layers stand under: those of the first count from 0, those of the next go on.
  func branches(at path: [Int]) -> [(branch: LayerBranch, path: [Int])] {
    var start = 0
    return kind.branches.map { branch in
      defer { start += branch.layers.count }
      return (branch, start == 0 ? path : path + [start])
    }
  }
}
