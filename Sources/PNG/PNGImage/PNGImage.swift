internal import CPNG

/// An image of a PNG file as 8-bit samples.
///
/// The samples are those of the file: palettes and samples of 1, 2 and 4 bits are expanded to 8 bits,
/// those of 16 bits scaled (v·255/65535, rounded). Colour profiles and gamma are not applied, as most
/// programs that prepare data sets do not either.
public struct PNGImage: Hashable, Sendable {
  /// The largest numbers of bytes and pixels that are worth decoding.
  public struct Budget: Hashable, Sendable {
    public var bytes: Int
    public var pixels: Int

    public init(bytes: Int = 1 << 26, pixels: Int = 1 << 24) {
      self.bytes = bytes
      self.pixels = pixels
    }
  }

  /// The number of columns, at least 1.
  public let width: Int

  /// The number of rows, at least 1.
  public let height: Int

  /// 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGB and alpha.
  public let channels: Int

  /// The samples, row after row, pixel after pixel, channel after channel.
  public let samples: [UInt8]

  /// Whether a file that begins with these bytes may be a PNG image; eight are enough.
  public static func isSignature(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  }

  /// The version of the library that reads the files.
  public static var libraryVersion: String {
    // SAFETY: a terminated string that is a constant of the library.
    unsafe String(cString: cpng_version())
  }

  /// Reads the bytes of a file.
  ///
  /// The header is looked at before memory for the pixels is asked for.
  ///
  /// - Throws: ``PNGError`` for anything but one whole image within the budget.
  public init(bytes: [UInt8], budget: Budget = Budget()) throws(PNGError) {
    guard bytes.count <= budget.bytes else { throw PNGError(.fileOverBudget(limit: budget.bytes)) }
    guard Self.isSignature(bytes) else { throw PNGError(.noPNG) }
    let header = try unsafe Self.read(bytes, into: nil)
    let (width, height) = (Int(header.width), Int(header.height))
    let (area, isTooLarge) = width.multipliedReportingOverflow(by: height)
    guard !isTooLarge, area <= budget.pixels else {
      throw PNGError(.pixelsOverBudget(width: width, height: height, limit: budget.pixels))
    }
    self.width = width
    self.height = height
    channels = Int(header.channels)
    var samples = [UInt8](repeating: 0, count: area * channels)
    // SAFETY: the buffer is the array's own storage, writable for the call.
    _ = try unsafe samples.withUnsafeMutableBufferPointer { target throws(PNGError) in
      try unsafe Self.read(bytes, into: target)
    }
    self.samples = samples
  }

  /// The header of a file, and with `target` its image, for which there must be exactly the room.
  private static func read(
    _ bytes: [UInt8], into target: UnsafeMutableBufferPointer<UInt8>?
  ) throws(PNGError) -> cpng_image {
    var image = cpng_image()
    // A side that does not fit 31 bits is refused by the library itself.
    let side = UInt32(Int32.max)
    // SAFETY: both buffers have the sizes that are given and live through the call, and the function
    // keeps no pointer.
    let isRead = unsafe bytes.withUnsafeBufferPointer { file in
      unsafe cpng_read(
        file.baseAddress, file.count, side, target?.baseAddress, target?.count ?? 0, &image)
    }
    guard isRead != 0 else { throw PNGError(.malformed, details: message(of: image)) }
    return image
  }

  private static func message(of image: cpng_image) -> String {
    var text = image.message
    // SAFETY: the field is an array of bytes that lives through the call.
    return unsafe withUnsafeBytes(of: &text) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
