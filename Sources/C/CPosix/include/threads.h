// What the kernels and the worker pool need from the processor and Linux, and Swift cannot import.
#ifndef CPOSIX_THREADS_H
#define CPOSIX_THREADS_H

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>

// The XCR0 register tells which vector registers the operating system saves. An instruction, so Swift cannot issue it.
static inline uint64_t cposix_xcr0(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((uint64_t)high << 32) | low;
}

// The highest level of x86-64 (1 to 4) that processor and operating system support. CPUID is a macro of inline assembly.
static inline int cposix_x86_level(void) {
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 1;
  const uint32_t v2 = bit_SSE3 | bit_SSSE3 | bit_SSE41 | bit_SSE42 | bit_POPCNT | bit_CMPXCHG16B;
  uint32_t xa, xb, xc, xd;
  if ((c & v2) != v2) return 1;
  if (!__get_cpuid(0x80000001u, &xa, &xb, &xc, &xd) || !(xc & 1u /* LAHF */)) return 1;
  const uint32_t v3 = bit_AVX | bit_FMA | bit_F16C | bit_MOVBE | bit_OSXSAVE;
  if ((c & v3) != v3 || !(xc & (1u << 5) /* LZCNT */)) return 2;
  const uint64_t xcr0 = cposix_xcr0();
  if ((xcr0 & 0x06u) != 0x06u) return 2;
  uint32_t ea, eb, ec, ed;
  if (!__get_cpuid_count(7, 0, &ea, &eb, &ec, &ed)) return 2;
  const uint32_t v3b = bit_AVX2 | bit_BMI | bit_BMI2;
  if ((eb & v3b) != v3b) return 2;
  const uint32_t v4 = bit_AVX512F | bit_AVX512BW | bit_AVX512CD | bit_AVX512DQ | bit_AVX512VL;
  if ((eb & v4) != v4 || (xcr0 & 0xe6u) != 0xe6u) return 3;
  return 4;
}
#else
// Other architectures have one level: their baseline.
static inline int cposix_x86_level(void) { return 2; }
#endif

// Sleeps while *word == expected. glibc has no wrapper for futex, and syscall is variadic.
static inline void cposix_futex_wait(const void *word, uint32_t expected) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, (void *)0, (void *)0, 0);
}

// Wakes at most count sleepers on word. As above.
static inline void cposix_futex_wake(const void *word, int count) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, (void *)0, (void *)0, 0);
}

// The number of processors this thread may run on; 0 if the kernel does not tell. glibc's cpu_set_t is a macro family.
static inline int cposix_available_cores(void) {
  unsigned long mask[1024 / sizeof(unsigned long)];
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
  int cores = 0;
  for (long i = 0; i < bytes / (long)sizeof(unsigned long); i++) cores += __builtin_popcountl(mask[i]);
  return cores;
}

// The core this thread runs on, or -1. A system call only where glibc keeps no copy of it; glibc hides it behind _GNU_SOURCE.
extern int sched_getcpu(void);
static inline int cposix_current_core(void) { return sched_getcpu(); }

// Lets this thread run on every core that the process may use but this one, if there is another. A hint: failure
// is ignored. glibc's cpu_set_t is a macro family.
static inline void cposix_leave_core(int core) {
  unsigned long mask[1024 / sizeof(unsigned long)];
  const int bits = 8 * sizeof(unsigned long);
  long bytes = syscall(SYS_sched_getaffinity, getpid(), sizeof mask, mask);
  if (core < 0 || bytes <= 0 || core >= bytes * 8) return;
  mask[core / bits] &= ~(1ul << (core % bits));
  for (long i = 0; i < bytes / (long)sizeof(unsigned long); i++)
    if (mask[i] != 0) {
      syscall(SYS_sched_setaffinity, 0, (size_t)bytes, mask);
      return;
    }
}

// Tells the processor that this is a spin loop. An instruction.
static inline void cposix_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb");
#endif
}

// Whether this thread rounds to nearest and keeps subnormals, as IEEE 754 wants by default. A control register.
static inline int cposix_float_environment_is_default(void) {
#if defined(__x86_64__)
  return (__builtin_ia32_stmxcsr() & 0xe040u) == 0;  // rounding control, flush to zero, denormals are zero
#elif defined(__aarch64__)
  uint64_t fpcr;
  __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
  return (fpcr & 0x03c00000u) == 0;  // rounding mode, flush to zero, default NaN
#else
  return 1;
#endif
}

// Puts the floating-point environment of this thread into its default state.
static inline void cposix_set_default_float_environment(void) {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr(0x1f80u);
#elif defined(__aarch64__)
  uint64_t fpcr = 0;
  __asm__ volatile("msr fpcr, %0" : : "r"(fpcr));
#endif
}

// Turns flush-to-zero on, for the test that the check above sees it.
static inline void cposix_set_flush_to_zero(void) {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr(0x1f80u | 0x8040u);
#elif defined(__aarch64__)
  uint64_t fpcr = 1u << 24;
  __asm__ volatile("msr fpcr, %0" : : "r"(fpcr));
#endif
}

// Starts a thread; returns 0 or an errno. pthread_t is an integer here and a pointer elsewhere.
static inline int cposix_thread_start(uintptr_t *thread, void *(*body)(void *), void *context) {
  pthread_t started;
  int status = pthread_create(&started, 0, body, context);
  *thread = (uintptr_t)started;
  return status;
}

// Waits for the end of a thread.
static inline void cposix_thread_join(uintptr_t thread) { pthread_join((pthread_t)thread, 0); }

#endif
