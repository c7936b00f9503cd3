extension PNGImage {
  /// The image as `planes` planes, each row after row: what a model takes.
  ///
  /// - One plane: grey as it is; of RGB the luma of ITU-R BT.601, (19595·R + 38470·G + 7471·B + 32768) /
  ///   65536, rounded down, which is what Pillow's `convert("L")` gives.
  /// - Three planes: red, green, blue; a grey image has the same three times.
  ///
  /// Alpha is dropped where every pixel is opaque.
  ///
  /// - Throws: ``PNGError`` with the code `transparent` where one is not.
  /// - Precondition: `planes` is 1 or 3.
  public func planes(_ planes: Int) throws(PNGError) -> [UInt8] {
    precondition(planes == 1 || planes == 3, "an image has one plane or three, not \(planes)")
    let area = width * height
    if channels % 2 == 0 {
      for pixel in 0..<area where samples[(pixel + 1) * channels - 1] != 255 {
        throw PNGError(.transparent)
      }
    }
    let isColored = channels >= 3
    switch (isColored, planes) {
    case (true, 1):
      return (0..<area).map { pixel in
        let place = pixel * channels
        let (red, green, blue) = (samples[place], samples[place + 1], samples[place + 2])
        let luma = 19595 * Int(red) + 38470 * Int(green) + 7471 * Int(blue) + 32768
        return UInt8(luma >> 16)
      }
    default:
      return (0..<planes).flatMap { plane in
        (0..<area).map { samples[$0 * channels + (isColored ? plane : 0)] }
      }
    }
  }
}
