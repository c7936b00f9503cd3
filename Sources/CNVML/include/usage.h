// What NVIDIA's GPUs do, asked of the library of their driver.
//
// libnvidia-ml comes with the driver and is nowhere else: it can neither be linked nor be counted upon.
// Hence it is loaded when a run first measures what it uses, and its few functions that are needed are
// declared in library.c, as NVIDIA documents them.
#ifndef CNVML_USAGE_H
#define CNVML_USAGE_H

#include <stdint.h>

// The loaded and initialized library.
typedef struct cnvml_library cnvml_library;

// What one GPU tells; -1 where it does not.
typedef struct {
  int64_t busy_percent;
  int64_t memory_bytes;
} cnvml_usage;

// Loads and initializes the library of this file name; NULL where it has no GPU, where anything fails, and
// where the file `device` is missing, which the driver makes: without it, the library would try to load the
// driver into the kernel.
// There is no way to close: the driver may have started threads that would lose their code.
cnvml_library *cnvml_open(const char *device, const char *name);

// Asks each GPU, at most `capacity`, and writes what they tell, in the driver's order. Returns how many.
int cnvml_read(const cnvml_library *library, cnvml_usage *usage, int capacity);

#endif
