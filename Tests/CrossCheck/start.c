// Prints the digests. On aarch64 there is no library beneath: what Embedded Swift needs of one is written here.

typedef unsigned long size;

long digest_count(void);
unsigned long long digest(long number, float *x, float *y);

static float memory[4 * 65537];

#ifdef __aarch64__
static long call(long number, long a, long b, long c) {
  register long x8 __asm("x8") = number, x0 __asm("x0") = a, x1 __asm("x1") = b, x2 __asm("x2") = c;
  __asm volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}

static void print(const char *text, size length) { call(64, 1, (long)text, (long)length); }

void *memcpy(void *to, const void *from, size count) {
  for (size i = 0; i < count; i++) ((char *)to)[i] = ((const char *)from)[i];
  return to;
}

void *memmove(void *to, const void *from, size count) {
  if ((size)to <= (size)from) return memcpy(to, from, count);
  while (count--) ((char *)to)[count] = ((const char *)from)[count];
  return to;
}

void *memset(void *to, int value, size count) {
  for (size i = 0; i < count; i++) ((char *)to)[i] = (char)value;
  return to;
}

// Kernels allocate nothing; a call would end the program.
size __stack_chk_guard = 1;
void __stack_chk_fail(void) { call(93, 9, 0, 0); }
void free(void *memory) { (void)memory; call(93, 9, 0, 0); }
int posix_memalign(void **memory, size alignment, size count) {
  (void)memory, (void)alignment, (void)count;
  call(93, 9, 0, 0);
  return 1;
}
#else
#include <unistd.h>
static void print(const char *text, size length) { (void)!write(1, text, length); }
#endif

static void print_all(void) {
  for (long number = 0; number < digest_count(); number++) {
    unsigned long long value = digest(number, memory, memory + 2 * 65537);
    char line[17];
    for (int i = 0; i < 16; i++) line[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
    line[16] = '\n';
    print(line, sizeof line);
  }
}

#ifdef __aarch64__
void _start(void) {
  print_all();
  call(93, 0, 0, 0);
}
#else
int main(void) { print_all(); }
#endif
