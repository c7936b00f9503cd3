internal import ContentAddressing
internal import Datasets
internal import Pipeline
internal import SafeTensors
internal import Training

/// The results of an evaluation, in their stored forms.
struct EvaluationDocument {
  let split: String
  let result: Evaluation
  let data: DatasetSplit
  /// The loss that the model was trained with.
  let loss: any LossKind

  /// The content of `evaluation.json`.
  var value: CanonicalValue {
    let matrix = result.confusionMatrix
    let classes = data.classNames.indices
    return [
      "schema": "pipeline.evaluation/1", "split": .string(split),
      "samples": .integer(result.labels.count), "loss": .double(result.metrics.loss),
      "accuracy": .double(result.metrics.accuracy),
      "class_names": .array(data.classNames.map { .string($0) }),
      "confusion": .array(
        classes.map { label in
          .array(classes.map { .integer(matrix[label, $0]) })
        }),
      "classes": .array(
        zip(data.classNames, matrix.classes).map { name, scores in
          var members = Self.members(of: scores)
          members["name"] = .string(name)
          return .object(members)
        }),
      "macro_average": .object(Self.members(of: matrix.macroAverage)),
      "weighted_average": .object(Self.members(of: matrix.weightedAverage)),
    ]
  }

  /// The metrics of the stage.
  var metrics: StageMetrics {
    let macro = result.confusionMatrix.macroAverage
    return [
      "accuracy": .double(result.metrics.accuracy), "loss": .double(result.metrics.loss),
      "macro_precision": .double(macro.precision), "macro_recall": .double(macro.recall),
      "macro_f1": .double(macro.f1), "samples": .integer(result.labels.count),
    ]
  }

  /// The content of `predictions.safetensors`; its metadata marks `probabilities` that are outputs without a softmax.
  var predictions: TensorFile {
    let count = result.labels.count
    return TensorFile(
      tensors: [
        SafeTensors.NamedTensor(
          name: "labels", shape: [count], int64s: result.labels.map { Int64($0) }),
        SafeTensors.NamedTensor(
          name: "predictions", shape: [count], int64s: result.predictions.map { Int64($0) }),
        SafeTensors.NamedTensor(
          name: "indices", shape: [count], int64s: data.indices.map { Int64($0) }),
        SafeTensors.NamedTensor(name: "losses", shape: [count], floats: result.losses),
        SafeTensors.NamedTensor(
          name: "probabilities", shape: [count, result.classCount], floats: result.probabilities),
      ],
      metadata: ["schema": "pipeline.predictions/1", "split": split]
        .merging(loss.takesLogits ? [:] : ["scores": "outputs"]) { $1 })
  }

  private static func members(of scores: ClassMetrics) -> [String: CanonicalValue] {
    [
      "precision": .double(scores.precision), "recall": .double(scores.recall),
      "f1": .double(scores.f1), "support": .integer(scores.support),
    ]
  }
}
