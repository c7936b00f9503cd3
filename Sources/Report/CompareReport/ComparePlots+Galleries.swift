extension ComparePlots {
  /// Pictures or recordings.
  mutating func files(_ own: [(number: Int, plot: Plot)], title: String) -> GalleryView {
    gallery(
      own.compactMap { number, plot in plot.file.map { (number, $0) } }, title: title, key: \.bytes,
      sameAs: { "The same as that of \($0), byte for byte." }
    ) { file, _, entry in
      if file.mediaType.isImage {
        entry.address = file.dataURL
        entry.alternative = "\(file.alternative), run \(entry.letter)"
      } else {
        entry.recording = PlotView.RecordingView(file, title: title, note: "")
      }
      return file.bytes.count
    }
  }

  /// Objects, all turned by turning one.
  mutating func objects(
    _ own: [(number: Int, plot: Plot)], title: String, id: String
  ) -> GalleryView {
    let objects = own.compactMap { number, plot -> (Int, Object3D)? in
      if case .object(let object) = plot.content { (number, object) } else { nil }
    }
    return gallery(
      objects, title: title, key: \.self, sameAs: { "The same as that of \($0)." }
    ) { object, number, entry in
      let view = ObjectView(
        object, id: "\(id)-\(number)", title: "\(title) of run \(entry.letter)", note: "")
      entry.remark = view.objectNote
      entry.object = view
      return view.byteCount
    }
  }

  /// What runs have of one kind, as long as the page has room; what an earlier run has as well is not shown again.
  ///
  /// - Parameter show: Puts one into its entry, and returns the bytes that it takes up.
  private mutating func gallery<Value, Key: Hashable>(
    _ own: [(number: Int, value: Value)], title: String, key: (Value) -> Key,
    sameAs: (String) -> String, show: (Value, Int, inout Entry) -> Int
  ) -> GalleryView {
    var first: [Key: Int] = [:]
    var entries: [Entry] = []
    for (number, value) in own {
      var entry = entry(number, title: title)
      if let before = first[key(value)] {
        entry.remark = sameAs(comparison.runs[before].letter)
      } else {
        var shown = entry
        let bytes = show(value, number, &shown)
        if fileBytes + bytes > Self.fileLimit {
          entry.remark =
            "Left out: pictures, recordings and objects of this page are "
            + "\(NumberText.bytes(Self.fileLimit)) at most."
        } else {
          first[key(value)] = number
          fileBytes += bytes
          entry = shown
        }
      }
      entries.append(entry)
    }
    return GalleryView(galleryTitle: title, entries: entries)
  }
}

extension Plot {
  /// The picture or recording that it is, if it is one.
  fileprivate var file: PlotFile? {
    switch content {
    case .image(let file), .recording(let file): file
    default: nil
    }
  }
}
