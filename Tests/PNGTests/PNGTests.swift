import Foundation
import PNG
import Programs
import Testing

@Suite("A PNG image")
struct PNGTests {
  @Test(
    "of 1, 2, 4 and 8 bits of grey has the samples of the file, spread over 8 bits",
    arguments: [1, 2, 4, 8])
  func grey(depth: Int) throws {
    let most = 1 << depth - 1
    for width in [1, 7, 8, 9, 28] {
      let values = (0..<3).map { row in (0..<width).map { ($0 * 5 + row * 3) % (most + 1) } }
      let rows = values.map { row -> [UInt8] in
        var bits: [UInt8] = Array(repeating: 0, count: (width * depth + 7) / 8)
        for (column, value) in row.enumerated() {
          let place = column * depth
          bits[place / 8] |= UInt8(value << (8 - depth - place % 8))
        }
        return bits
      }
      let image = try PNGImage(
        bytes: PNGWriter(width: width, height: 3, depth: depth, rows: rows).bytes)
      #expect(image.width == width && image.height == 3 && image.channels == 1)
      #expect(image.samples == values.flatMap { $0 }.map { UInt8($0 * 255 / most) })
      #expect(try image.planes(1) == image.samples)
      #expect(try image.planes(3) == image.samples + image.samples + image.samples)
    }
  }

  @Test("of 16 bits is rounded to 8")
  func sixteenBits() throws {
    let values = [0, 128, 129, 384, 386, 32_768, 65_406, 65_407, 65_535]
    let rows = [values.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }]
    let image = try PNGImage(
      bytes: PNGWriter(width: values.count, height: 1, depth: 16, rows: rows).bytes)
    #expect(image.samples == values.map { UInt8((Double($0) * 255 / 65_535).rounded()) })
  }

  @Test("in colour becomes three planes, or one by the luma of BT.601")
  func color() throws {
    let pixels: [[UInt8]] = [
      [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [10, 20, 30],
    ]
    let image = try PNGImage(
      bytes: PNGWriter(width: 5, height: 1, colorType: 2, rows: [pixels.flatMap { $0 }]).bytes)
    #expect(image.channels == 3)
    #expect(try image.planes(3) == (0..<3).flatMap { channel in pixels.map { $0[channel] } })
    // What Pillow 13 answers to convert("L").
    #expect(try image.planes(1) == [76, 150, 29, 255, 18])
    let indexed = try PNGImage(
      bytes: PNGWriter(
        width: 5, height: 1, colorType: 3, palette: pixels.flatMap { $0 }, rows: [[0, 1, 2, 3, 4]]
      ).bytes)
    #expect(indexed == image)
  }

  @Test("that is interlaced is put together again")
  func interlaced() throws {
    // Of four pixels the first pass has the first, the sixth the second, the seventh the last row.
    let image = try PNGImage(
      bytes: PNGWriter(width: 2, height: 2, isInterlaced: true, rows: [[1], [2], [3, 4]]).bytes)
    #expect(image.samples == [1, 2, 3, 4])
  }

  @Test("may have alpha where all of it is opaque, and says so where it is not")
  func alpha() throws {
    let opaque = PNGWriter(width: 2, height: 1, colorType: 6, rows: [[1, 2, 3, 255, 4, 5, 6, 255]])
    #expect(try PNGImage(bytes: opaque.bytes).planes(3) == [1, 4, 2, 5, 3, 6])
    var glass = opaque
    glass.rows[0][7] = 254
    let image = try PNGImage(bytes: glass.bytes)
    let error = #expect(throws: PNGError.self) { try image.planes(3) }
    #expect(error?.code == .transparent)
    let keyed = PNGWriter(width: 2, height: 1, transparency: [0, 7], rows: [[7, 9]])
    #expect(throws: PNGError.self) { try PNGImage(bytes: keyed.bytes).planes(1) }
    let gray = PNGWriter(width: 1, height: 2, colorType: 4, rows: [[9, 255], [8, 255]])
    #expect(try PNGImage(bytes: gray.bytes).planes(1) == [9, 8])
  }

  @Test("that is cut anywhere is refused, and no byte of it can crash the reader")
  func damage() throws {
    let good = PNGWriter(
      width: 9, height: 4, colorType: 2,
      rows: (0..<4).map { row in
        (0..<27).map { UInt8(truncatingIfNeeded: $0 * 7 + row) }
      }
    ).bytes
    // Behind the image's data there is only the end mark.
    for count in 0..<(good.count - 12) {
      #expect(throws: PNGError.self) { try PNGImage(bytes: Array(good[..<count])) }
    }
    let image = try PNGImage(bytes: good)
    for place in good.indices {
      for bit in [1, 16, 128] as [UInt8] {
        var damaged = good
        damaged[place] ^= bit
        // A changed chunk name may be ignored by rule, a changed sample never: the checksum tells.
        if let read = try? PNGImage(bytes: damaged, budget: .init(pixels: 1 << 16)) {
          #expect(read == image, "byte \(place)")
        }
      }
    }
  }

  @Test("beyond the budget is refused before memory is asked for")
  func budget() throws {
    var header = PNGWriter(width: 0x7fff_ffff, height: 0x7fff_ffff, rows: [])
    let huge = #expect(throws: PNGError.self) { try PNGImage(bytes: header.bytes) }
    #expect(
      huge?.description.contains("damaged") == true || huge?.description.contains("pixels") == true)
    header.width = 5000
    header.height = 5000
    let large = #expect(throws: PNGError.self) { try PNGImage(bytes: header.bytes) }
    #expect(large?.code == .pixelsOverBudget(width: 5000, height: 5000, limit: 1 << 24))
    let small = PNGWriter(width: 2, height: 1, rows: [[1, 2]]).bytes
    let file = #expect(throws: PNGError.self) {
      try PNGImage(bytes: small, budget: .init(bytes: small.count - 1))
    }
    #expect(file?.code == .fileOverBudget(limit: small.count - 1))
    #expect(throws: PNGError.self) { try PNGImage(bytes: Array("GIF89a, no PNG".utf8)) }
    #expect(throws: PNGError.self) { try PNGImage(bytes: []) }
    #expect(throws: PNGError.self) { try PNGImage(path: "/nonexistent/image.png") }
  }

  @Test("with a text that inflates to a gigabyte is read without it")
  func textBomb() throws {
    // A zTXt chunk: keyword, method, then a deflate stream; stored blocks stand for a bomb's size.
    let bomb =
      Array("Comment".utf8) + [0, 0] + PNGWriter.stored(Array(repeating: 65, count: 3 << 20))
    let plain = PNGWriter(width: 2, height: 1, rows: [[1, 2]]).bytes
    let header = PNGWriter.signature.count + 25
    let file = Array(plain[..<header]) + PNGWriter.chunk("zTXt", bomb) + Array(plain[header...])
    #expect(try PNGImage(bytes: file).samples == [1, 2])
  }

  @Test(
    "that another program wrote is read the same",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"),
      "python3 is missing: Scripts/setup test"))
  func foreign() throws {
    // One filtered and compressed image of Python's own making: every filter type.
    let script = """
      import zlib,struct,sys
      w=h=5
      px=[[(x*40+y*9)%256 for x in range(w)] for y in range(h)]
      raw=b''
      for y,row in enumerate(px):
          up=px[y-1] if y else [0]*w
          f=y%5; out=[]
          for x,v in enumerate(row):
              a=row[x-1] if x else 0; b=up[x]; c=up[x-1] if x and y else 0
              p=a+b-c; d=[abs(p-a),abs(p-b),abs(p-c)]
              paeth=a if d[0]<=d[1] and d[0]<=d[2] else b if d[1]<=d[2] else c
              out.append((v-[0,a,b,(a+b)//2,paeth][f])%256)
          raw+=bytes([f]+out)
      def ch(n,d): return struct.pack('>I',len(d))+n+d+struct.pack('>I',zlib.crc32(n+d))
      sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n'+ch(b'IHDR',struct.pack('>IIBBBBB',w,h,8,0,0,0,0))
        +ch(b'IDAT',zlib.compress(raw,9))+ch(b'IEND',b''))
      """
    let result = try Program("/usr/bin/python3", ["-c", script]).result()
    let image = try PNGImage(bytes: [UInt8](result.output))
    var expected: [UInt8] = []
    for y in 0..<5 {
      for x in 0..<5 {
        let value: Int = x * 40 + y * 9
        expected.append(UInt8(value & 255))
      }
    }
    #expect(image.samples == expected)
  }
}
