// System calls on files, as the artifact store needs them.
//
// Why a shim at all: Swift sees these only through the Glibc overlay, where a failure is reported in the
// thread-local macro `errno`, which another call may overwrite before it is read. Every function here
// returns the result or the negative error number in one value. Those that Swift cannot import at all
// (variadic `open` and `ioctl`, `renameat2`, `flock` beside `struct flock`, `struct dirent` with its
// flexible array, macros of several types) say so at their definition.
#ifndef CPOSIX_FILES_H
#define CPOSIX_FILES_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

// Flags of open: Swift imports the octal macros, but not under strict import visibility from here.
enum {
  cposix_read_only = 1,
  cposix_create_new = 2,
  cposix_append = 3,
  cposix_directory = 4,
  cposix_lock_file = 5,
  cposix_write_existing = 6,
  cposix_read_foreign = 7,
};

// `open` is variadic: not imported by Swift.
static inline int cposix_open(const char *path, int kind, unsigned mode) {
  int flags = O_CLOEXEC | O_NOFOLLOW;
  switch (kind) {
    case cposix_read_only: flags |= O_RDONLY | O_NONBLOCK; break;
    case cposix_create_new: flags |= O_WRONLY | O_CREAT | O_EXCL; break;
    case cposix_append: flags |= O_WRONLY | O_CREAT | O_APPEND; break;
    // A store may be reached by a symbolic link, and so may a file of the user's.
    case cposix_directory: flags = O_CLOEXEC | O_RDONLY | O_DIRECTORY; break;
    case cposix_read_foreign: flags = O_CLOEXEC | O_RDONLY | O_NONBLOCK; break;
    case cposix_lock_file: flags |= O_RDWR | O_CREAT; break;
    case cposix_write_existing: flags |= O_WRONLY; break;
    default: return -EINVAL;
  }
  int fd = open(path, flags, (mode_t)mode);
  return fd < 0 ? -errno : fd;
}

static inline int cposix_close(int fd) { return close(fd) < 0 ? -errno : 0; }

static inline int64_t cposix_read(int fd, void *buffer, size_t count) {
  ssize_t n = read(fd, buffer, count);
  return n < 0 ? -errno : n;
}

static inline int64_t cposix_write(int fd, const void *buffer, size_t count) {
  ssize_t n = write(fd, buffer, count);
  return n < 0 ? -errno : n;
}

static inline int cposix_fsync(int fd) { return fsync(fd) < 0 ? -errno : 0; }

static inline void *cposix_fsync_thread(void *argument) {
  int *number = (int *)argument;
  *number = fsync(*number) < 0 ? -errno : 0;
  return NULL;
}

// Syncs several files at once, each on a thread of its own: a journaling file system commits them
// together, where one after the other would each wait for a commit. At most 64. Swift's own threads need
// a pool or Foundation. Returns the first error, after all have ended; each file is synced exactly once.
static inline int cposix_fsync_all(const int *fds, int count) {
  enum { limit = 64 };
  int results[limit];
  pthread_t threads[limit];
  int started[limit];
  if (count > limit) return -EINVAL;
  for (int i = 1; i < count; i++) {
    results[i] = fds[i];
    started[i] = pthread_create(&threads[i], NULL, cposix_fsync_thread, &results[i]) == 0;
  }
  results[0] = fds[0];
  if (count > 0) cposix_fsync_thread(&results[0]);
  int result = count > 0 ? results[0] : 0;
  for (int i = 1; i < count; i++) {
    if (started[i]) {
      pthread_join(threads[i], NULL);
    } else {
      cposix_fsync_thread(&results[i]);
    }
    if (result == 0) result = results[i];
  }
  return result;
}

typedef struct {
  void (*body)(void *context, int64_t index);
  void *context;
  int64_t count;
  int64_t next;
} cposix_loop;

static inline void *cposix_loop_thread(void *argument) {
  cposix_loop *loop = (cposix_loop *)argument;
  for (;;) {
    int64_t index = __atomic_fetch_add(&loop->next, 1, __ATOMIC_RELAXED);
    if (index >= loop->count) return NULL;
    loop->body(loop->context, index);
  }
}

// Calls body with each index below count, on up to 16 threads of which the caller is one, and returns when all
// are done. A thread that cannot be started is done without. Swift's own threads need a pool or Foundation.
static inline void cposix_for_each(
    int64_t count, int threads, void (*body)(void *context, int64_t index), void *context) {
  enum { limit = 16 };
  pthread_t others[limit];
  int started = 0;
  cposix_loop loop = {body, context, count, 0};
  while (started + 1 < threads && started + 1 < limit && started + 1 < count) {
    if (pthread_create(&others[started], NULL, cposix_loop_thread, &loop) != 0) break;
    started++;
  }
  cposix_loop_thread(&loop);
  for (int i = 0; i < started; i++) pthread_join(others[i], NULL);
}

static inline int cposix_ftruncate(int fd, int64_t size) {
  return ftruncate(fd, (off_t)size) < 0 ? -errno : 0;
}

static inline int cposix_fchmod(int fd, unsigned mode) {
  return fchmod(fd, (mode_t)mode) < 0 ? -errno : 0;
}

static inline int cposix_link(const char *from, const char *to) {
  return linkat(AT_FDCWD, from, AT_FDCWD, to, 0) < 0 ? -errno : 0;
}

static inline int cposix_rename(const char *from, const char *to) {
  return rename(from, to) < 0 ? -errno : 0;
}

// `renameat2` is hidden from Swift behind _GNU_SOURCE.
static inline int cposix_rename_exclusive(const char *from, const char *to) {
  // 1 is RENAME_NOREPLACE.
  return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1u) < 0 ? -errno : 0;
}

static inline int cposix_unlink(const char *path) { return unlink(path) < 0 ? -errno : 0; }

static inline int cposix_mkdir(const char *path, unsigned mode) {
  return mkdir(path, (mode_t)mode) < 0 ? -errno : 0;
}

static inline int cposix_rmdir(const char *path) { return rmdir(path) < 0 ? -errno : 0; }

// `flock` names both a function and a struct: Swift imports the struct only.
static inline int cposix_try_lock(int fd, int exclusive) {
  return flock(fd, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) < 0 ? -errno : 0;
}

// What the store looks at in `struct stat`, times as nanoseconds since 1970.
typedef struct {
  uint64_t device;
  uint64_t inode;
  int64_t size;
  int64_t modified;
  int64_t changed;
  uint32_t mode;
  uint32_t links;
  int is_regular;
  int is_directory;
} cposix_status;

static inline void cposix_copy_status(const struct stat *from, cposix_status *to) {
  to->device = (uint64_t)from->st_dev;
  to->inode = (uint64_t)from->st_ino;
  to->size = (int64_t)from->st_size;
  to->modified = (int64_t)from->st_mtim.tv_sec * 1000000000 + from->st_mtim.tv_nsec;
  to->changed = (int64_t)from->st_ctim.tv_sec * 1000000000 + from->st_ctim.tv_nsec;
  to->mode = (uint32_t)(from->st_mode & 07777);
  to->links = (uint32_t)from->st_nlink;
  to->is_regular = S_ISREG(from->st_mode);
  to->is_directory = S_ISDIR(from->st_mode);
}

// Of the path itself: a symbolic link is not followed.
static inline int cposix_stat_path(const char *path, cposix_status *status) {
  struct stat found;
  if (lstat(path, &found) < 0) return -errno;
  cposix_copy_status(&found, status);
  return 0;
}

static inline int cposix_stat_fd(int fd, cposix_status *status) {
  struct stat found;
  if (fstat(fd, &found) < 0) return -errno;
  cposix_copy_status(&found, status);
  return 0;
}

// Bytes that this user may still write; several fields of `struct statvfs` differ in width by platform.
static inline int64_t cposix_available_bytes(const char *path) {
  struct statvfs found;
  if (statvfs(path, &found) < 0) return -errno;
  return (int64_t)found.f_bavail * (int64_t)found.f_frsize;
}

// The magic number of a file system; Swift's Glibc leaves <sys/vfs.h> out.
static inline int64_t cposix_file_system(const char *path) {
  struct statfs found;
  if (statfs(path, &found) < 0) return -errno;
  return (int64_t)(uint32_t)found.f_type;
}

// Whether a file without a name can be made in a folder; O_TMPFILE is a macro of several flags.
static inline int cposix_nameless_file(const char *folder) {
  int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return -errno;
  close(file);
  return 0;
}

// `struct dirent` ends in a flexible array. The names of a directory are written one after the other,
// each ended by NUL, `.` and `..` left out; `*used` is their length. -ERANGE: the buffer is too small.
static inline int cposix_list(const char *path, char *buffer, size_t capacity, size_t *used) {
  *used = 0;
  DIR *directory = opendir(path);
  if (!directory) return -errno;
  int result = 0;
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir(directory);
    if (!entry) {
      result = -errno;
      break;
    }
    const char *name = entry->d_name;
    if (name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]))) continue;
    size_t length = strlen(name) + 1;
    if (*used + length > capacity) {
      result = -ERANGE;
      break;
    }
    memcpy(buffer + *used, name, length);
    *used += length;
  }
  closedir(directory);
  return result;
}

// `ioctl` is variadic. Shares the blocks of one file with another (btrfs, XFS); 0x40049409 is FICLONE.
static inline int cposix_clone(int from, int to) {
  return ioctl(to, 0x40049409, from) < 0 ? -errno : 0;
}

// MAP_FAILED is a cast macro. NULL means failure.
static inline const void *cposix_map(int fd, size_t count) {
  void *memory = mmap(NULL, count, PROT_READ, MAP_PRIVATE, fd, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

static inline void cposix_unmap(const void *memory, size_t count) { munmap((void *)memory, count); }

// Starts writing out the dirty pages of a file without waiting, so that a later fsync finds little to
// do; a hint, never a promise of durability. 2 is SYNC_FILE_RANGE_WRITE.
static inline void cposix_start_writeback(int fd, int64_t offset, int64_t count) {
  (void)sync_file_range(fd, offset, count, 2);
}

// The wall clock, nanoseconds since 1970; `struct timespec` fields differ in width by platform.
static inline int64_t cposix_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// Sleeps; a signal may end it early.
static inline void cposix_sleep(int milliseconds) { (void)poll(NULL, 0, milliseconds); }

static inline int cposix_process(void) { return (int)getpid(); }

// Ends this process at once, as the kernel's memory killer would: nothing is flushed or unwound.
static inline void cposix_kill_self(void) { (void)kill(getpid(), SIGKILL); }

// The name of this host, ended by NUL; empty where the system has none.
static inline void cposix_host(char *buffer, size_t capacity) {
  if (capacity == 0) return;
  if (gethostname(buffer, capacity) < 0) buffer[0] = 0;
  buffer[capacity - 1] = 0;
}

#endif
