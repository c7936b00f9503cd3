internal import CPosix
internal import SystemPackage

/// The kind of file system that a folder is on.
struct FileSystem {
  /// Its usual name, or its magic number.
  let name: String

  /// Whether other machines may write to it at the same time, in which case locks are often unreliable.
  let isShared: Bool

  /// By the magic numbers of `statfs(2)`.
  private static let names: [Int64: String] = [
    0xef53: "ext4", 0x5846_5342: "xfs", 0x9123_683e: "btrfs", 0x0102_1994: "tmpfs",
    0x794c_7630: "overlay", 0x6969: "nfs", 0xff53_4d42: "cifs", 0xfe53_4d42: "smb",
    0x6573_5546: "fuse", 0x2fc1_2fc1: "zfs", 0xf2f5_2010: "f2fs", 0x0102_1997: "9p",
    0x0bd0_0bd0: "lustre", 0x00c3_6400: "ceph", 0x4d44: "vfat", 0x2011_bab0: "exfat",
    0x5346_544e: "ntfs", 0x9fa0: "proc", 0x6265_6572: "sysfs", 0x8584_58f6: "ramfs",
  ]
  private static let shared: Set<String> = ["nfs", "cifs", "smb", "9p", "lustre", "ceph"]

  init(at folder: String) {
    // SAFETY: the string is terminated and outlives the call.
    let magic = unsafe FilePath(folder).withPlatformString { unsafe cposix_file_system($0) }
    name =
      magic < 0
      ? "unknown" : Self.names[magic] ?? "type 0x\(String(magic, radix: 16))"
    isShared = Self.shared.contains(name)
  }
}
