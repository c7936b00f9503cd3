internal import ContentAddressing
internal import SystemPackage

/// The form of every record that is not named by its whole digest: JSON that proves itself.
///
///     {"body":{…},"schema":"pipeline-store.result/1","sha256":"sha256:…"}
///
/// in canonical form and ended by one newline, where `sha256` is the digest of the body's canonical
/// bytes. Canonical form leaves no byte free, so that a change of any byte is seen.
enum SealedRecord {
  /// What a record is about; part of the record, so that one kind cannot pass for another.
  enum Kind: String {
    case result, checkpoint, run, tag, note, attestation

    var schema: String { "pipeline-store.\(rawValue)/1" }
  }

  static func encode(
    _ body: CanonicalValue, as kind: Kind, for path: FilePath
  ) throws(StoreError) -> [UInt8] {
    do throws(CanonicalError) {
      let digest = Digest(of: try body.canonicalBytes())
      let record: CanonicalValue = [
        "body": body, "schema": .string(kind.schema), "sha256": .digest(digest),
      ]
      return try record.canonicalBytes() + [UInt8(ascii: "\n")]
    } catch {
      throw StoreError(.unencodable(error.description), path)
    }
  }

  static func decode(
    _ bytes: [UInt8], as kind: Kind, from path: FilePath
  ) throws(StoreError) -> CanonicalValue {
    func damaged(_ reason: String) -> StoreError {
      StoreError(.damagedRecord(reason: reason), path)
    }
    guard bytes.last == UInt8(ascii: "\n") else {
      throw damaged(bytes.isEmpty ? "it is empty" : "its end is missing")
    }
    let record: CanonicalValue
    do throws(CanonicalError) {
      record = try CanonicalValue(canonicalBytes: bytes.dropLast())
    } catch {
      throw damaged("\(error)")
    }
    guard record["schema"]?.string == kind.schema else {
      throw damaged("it is not a \(kind.schema)")
    }
    guard record.object?.count == 3, let body = record["body"],
      let promised = record["sha256"]?.digest
    else { throw damaged("a member is missing") }
    guard (try? body.canonicalBytes()).map({ Digest(of: $0) }) == promised else {
      throw damaged("its body has another digest than it says")
    }
    return body
  }
}
