// A disk that fails, below libc: what Scripts/crash loads into the program with LD_PRELOAD.
//
// Every call that changes a file system, or makes a change durable, is counted in the order in which it
// is made, over all threads; one of them goes wrong. Calls on pipes, sockets and terminals do not count.
//
//   FAULT_KIND    kill       the process dies by SIGKILL before the call
//                 kill-after … after the call
//                 short      a write takes half of its bytes
//                 a number   the call fails with this errno, without effect (a close does close)
//   FAULT_CALL    which one, counted from 1
//   FAULT_AMONG   changes, or the one class of calls that is counted: writes, opens, closes, reads,
//                 spaces (those that a full disk refuses), waits (those that a signal interrupts)
//   FAULT_LOG     a file that gets a line for each counted call; with "!" the one that went wrong
//   FAULT_IMAGE   a file that is copied to FAULT_COPIES/<n>.img after the n-th successful fsync
//
//   cc -O2 -shared -fPIC -o faults.so Scripts/faults.c
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// What a call is, for FAULT_AMONG.
enum { CHANGE = 1, WRITE = 2, OPEN = 4, CLOSE = 8, READ = 16, SPACE = 32, WAIT = 64 };

static int among, chosen, error_number, kills, kills_after, is_short, log_file = -1;
static const char *image, *copies;
static atomic_int count, sync_count;

__attribute__((constructor)) static void read_settings(void) {
  const char *kind = getenv("FAULT_KIND"), *call = getenv("FAULT_CALL");
  const char *class = getenv("FAULT_AMONG"), *path = getenv("FAULT_LOG");
  static const struct { const char *name; int value; } classes[] = {
    {"changes", CHANGE}, {"writes", WRITE}, {"opens", OPEN}, {"closes", CLOSE}, {"reads", READ},
    {"spaces", SPACE}, {"waits", WAIT},
  };
  for (size_t i = 0; class && i < sizeof classes / sizeof *classes; i++)
    if (!strcmp(class, classes[i].name)) among = classes[i].value;
  chosen = call ? atoi(call) : 0;
  if (kind) {
    kills = !strcmp(kind, "kill");
    kills_after = !strcmp(kind, "kill-after");
    is_short = !strcmp(kind, "short");
    error_number = atoi(kind);
  }
  if (path) {
    int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    log_file = syscall(SYS_openat, AT_FDCWD, path, flags, 0644);
  }
  image = getenv("FAULT_IMAGE");
  copies = getenv("FAULT_COPIES");
  // The program's children, if it has any, are not part of the experiment.
  unsetenv("LD_PRELOAD");
}

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

// Counts a call of some classes; says whether it is the one.
static int is_chosen(int classes, const char *name, const char *path, int fd) {
  if (!(classes & among)) return 0;
  int number = atomic_fetch_add(&count, 1) + 1;
  int hit = number == chosen;
  if (log_file >= 0) {
    char link[64], target[600] = "", line[700];
    if (!path) {
      snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
      long length = syscall(SYS_readlink, link, target, sizeof target - 1);
      target[length > 0 ? length : 0] = 0;
      path = target;
    }
    int length = snprintf(line, sizeof line, "%d %s %s%s\n", number, name, path, hit ? " !" : "");
    syscall(SYS_write, log_file, line, length);
  }
  if (hit && kills) die();
  return hit;
}

static int is_disk(int fd) {
  struct stat status;
  return fd > 2 && fd != log_file && syscall(SYS_fstat, fd, &status) == 0
         && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

static int is_foreign(const char *path) {
  return !strncmp(path, "/proc/", 6) || !strncmp(path, "/sys/", 5) || !strncmp(path, "/dev/null", 9)
         || !strncmp(path, "/etc/", 5) || !strncmp(path, "/usr/", 5) || !strncmp(path, "/lib", 4)
         || !strncmp(path, "/dev/u", 6);
}

// Copies the image as the disk would be found if the power failed now; zeros become holes.
static void copy_image(void) {
  static char buffer[1 << 16], zeros[1 << 16];
  static atomic_flag busy = ATOMIC_FLAG_INIT;
  while (atomic_flag_test_and_set(&busy)) {}
  char path[600];
  snprintf(path, sizeof path, "%s/%d.img", copies, atomic_fetch_add(&sync_count, 1) + 1);
  int from = syscall(SYS_openat, AT_FDCWD, image, O_RDONLY | O_CLOEXEC);
  int to = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  long size = 0, piece;
  while ((piece = syscall(SYS_read, from, buffer, sizeof buffer)) > 0) {
    if (memcmp(buffer, zeros, piece)) syscall(SYS_pwrite64, to, buffer, piece, size);
    size += piece;
  }
  syscall(SYS_ftruncate, to, size);
  syscall(SYS_close, from);
  syscall(SYS_close, to);
  atomic_flag_clear(&busy);
}

// `CALL` makes the system call; an errno that was injected needs none.
#define AROUND(CLASSES, NAME, PATH, FD, CALL)                 \
  int hit = is_chosen(CLASSES, NAME, PATH, FD);               \
  if (hit && error_number) return errno = error_number, -1;   \
  long result = CALL;                                         \
  if (hit && kills_after) die();                              \
  return result

#define FILE_CLASSES(FD, CLASSES) (is_disk(FD) ? (CLASSES) : 0)

// MARK: Bytes

static size_t part(int hit, size_t count) { return hit && is_short && count > 1 ? count / 2 : count; }

ssize_t write(int fd, const void *bytes, size_t count) {
  int classes = FILE_CLASSES(fd, CHANGE | WRITE | SPACE | WAIT);
  AROUND(classes, "write", 0, fd, syscall(SYS_write, fd, bytes, part(hit, count)));
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  int classes = FILE_CLASSES(fd, CHANGE | WRITE | SPACE | WAIT);
  AROUND(classes, "pwrite", 0, fd, syscall(SYS_pwrite64, fd, bytes, part(hit, count), offset));
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  return pwrite64(fd, bytes, count, offset);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  AROUND(FILE_CLASSES(fd, CHANGE | SPACE | WAIT), "writev", 0, fd, syscall(SYS_writev, fd, parts, count));
}
ssize_t read(int fd, void *bytes, size_t count) {
  AROUND(FILE_CLASSES(fd, READ), "read", 0, fd, syscall(SYS_read, fd, bytes, count));
}
ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
  AROUND(FILE_CLASSES(fd, READ), "pread", 0, fd, syscall(SYS_pread64, fd, bytes, count, offset));
}
ssize_t pread(int fd, void *bytes, size_t count, off_t offset) { return pread64(fd, bytes, count, offset); }
int ftruncate64(int fd, off64_t size) {
  AROUND(FILE_CLASSES(fd, CHANGE | SPACE | WAIT), "ftruncate", 0, fd, syscall(SYS_ftruncate, fd, size));
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

// MARK: Durability

static int synced(int result) {
  if (result == 0 && image) copy_image();
  return result;
}
int fsync(int fd) {
  AROUND(FILE_CLASSES(fd, CHANGE | SPACE | WAIT), "fsync", 0, fd, synced(syscall(SYS_fsync, fd)));
}
int fdatasync(int fd) {
  AROUND(FILE_CLASSES(fd, CHANGE | SPACE | WAIT), "fdatasync", 0, fd, synced(syscall(SYS_fdatasync, fd)));
}
int close(int fd) {
  int hit = is_chosen(FILE_CLASSES(fd, CLOSE), "close", 0, fd);
  int result = syscall(SYS_close, fd);
  if (hit && kills_after) die();
  if (hit && error_number) return errno = error_number, -1;
  return result;
}

// MARK: Names

static int open_counted(int folder, const char *path, int flags, mode_t mode) {
  int classes = is_foreign(path) ? 0 : OPEN | WAIT | (flags & O_CREAT ? CHANGE | SPACE : 0);
  AROUND(classes, "open", path, -1, syscall(SYS_openat, folder, path, flags, mode));
}
#define OPENING(NAME, PARAMETERS, FOLDER)                                   \
  int NAME PARAMETERS {                                                     \
    mode_t mode = 0;                                                        \
    if (flags & (O_CREAT | O_TMPFILE)) {                                    \
      va_list list;                                                         \
      va_start(list, flags);                                                \
      mode = va_arg(list, mode_t);                                          \
      va_end(list);                                                         \
    }                                                                       \
    return open_counted(FOLDER, path, flags, mode);                         \
  }
OPENING(open, (const char *path, int flags, ...), AT_FDCWD)
OPENING(open64, (const char *path, int flags, ...), AT_FDCWD)
OPENING(openat, (int folder, const char *path, int flags, ...), folder)
OPENING(openat64, (int folder, const char *path, int flags, ...), folder)
int __open_2(const char *path, int flags) { return open_counted(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_counted(AT_FDCWD, path, flags, 0); }

#define NAMED(RESULT, NAME, PARAMETERS, CLASSES, PATH, CALL) \
  RESULT NAME PARAMETERS { AROUND(CLASSES, #NAME, PATH, -1, CALL); }
NAMED(int, link, (const char *a, const char *b), CHANGE | SPACE, b, syscall(SYS_link, a, b))
NAMED(int, linkat, (int x, const char *a, int y, const char *b, int flags), CHANGE | SPACE, b,
      syscall(SYS_linkat, x, a, y, b, flags))
NAMED(int, rename, (const char *a, const char *b), CHANGE | SPACE, b, syscall(SYS_rename, a, b))
NAMED(int, renameat, (int x, const char *a, int y, const char *b), CHANGE | SPACE, b,
      syscall(SYS_renameat, x, a, y, b))
NAMED(int, renameat2, (int x, const char *a, int y, const char *b, unsigned flags), CHANGE | SPACE, b,
      syscall(SYS_renameat2, x, a, y, b, flags))
NAMED(int, unlink, (const char *a), CHANGE, a, syscall(SYS_unlink, a))
NAMED(int, unlinkat, (int x, const char *a, int flags), CHANGE, a, syscall(SYS_unlinkat, x, a, flags))
NAMED(int, rmdir, (const char *a), CHANGE, a, syscall(SYS_rmdir, a))
NAMED(int, mkdir, (const char *a, mode_t mode), CHANGE | SPACE, a, syscall(SYS_mkdir, a, mode))
NAMED(int, mkdirat, (int x, const char *a, mode_t mode), CHANGE | SPACE, a, syscall(SYS_mkdirat, x, a, mode))
NAMED(int, chmod, (const char *a, mode_t mode), CHANGE, a, syscall(SYS_chmod, a, mode))
int fchmod(int fd, mode_t mode) {
  AROUND(FILE_CLASSES(fd, CHANGE), "fchmod", 0, fd, syscall(SYS_fchmod, fd, mode));
}
