// What the kernels and the worker pool need from the processor and Linux, and Swift cannot import.
#ifndef CPOSIX_THREADS_H
#define CPOSIX_THREADS_H

#include <stdint.h>

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

#endif
