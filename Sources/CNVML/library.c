#include "usage.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

// Of the driver's documentation: results are an int, 0 for success; a GPU is a pointer of its own.
typedef void *gpu_handle;

typedef struct {
  unsigned int gpu;
  unsigned int memory;
} utilization_rates;

typedef struct {
  unsigned long long total;
  unsigned long long free;
  unsigned long long used;
} memory_information;

struct cnvml_library {
  int (*initialize)(void);
  int (*get_count)(unsigned int *);
  int (*get_handle)(unsigned int, gpu_handle *);
  int (*get_utilization)(gpu_handle, utilization_rates *);
  int (*get_memory)(gpu_handle, memory_information *);
  // Of the beginning: a GPU that is lost later keeps its place.
  unsigned int count;
};

cnvml_library *cnvml_open(const char *device, const char *name) {
  if (access(device, F_OK) != 0) return NULL;
  void *file = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (file == NULL) return NULL;
  cnvml_library found = {
      .initialize = (int (*)(void))dlsym(file, "nvmlInit_v2"),
      .get_count = (int (*)(unsigned int *))dlsym(file, "nvmlDeviceGetCount_v2"),
      .get_handle =
          (int (*)(unsigned int, gpu_handle *))dlsym(file, "nvmlDeviceGetHandleByIndex_v2"),
      .get_utilization = (int (*)(gpu_handle, utilization_rates *))dlsym(
          file, "nvmlDeviceGetUtilizationRates"),
      .get_memory =
          (int (*)(gpu_handle, memory_information *))dlsym(file, "nvmlDeviceGetMemoryInfo"),
  };
  if (!found.initialize || !found.get_count || !found.get_handle || !found.get_utilization ||
      !found.get_memory || found.initialize() != 0 || found.get_count(&found.count) != 0 ||
      found.count == 0)
    return NULL;
  cnvml_library *library = malloc(sizeof *library);
  if (library != NULL) *library = found;
  return library;
}

int cnvml_read(const cnvml_library *library, cnvml_usage *usage, int capacity) {
  unsigned int count = library->count;
  if (capacity < 0) return 0;
  if (count > (unsigned int)capacity) count = (unsigned int)capacity;
  for (unsigned int index = 0; index < count; index++) {
    cnvml_usage told = {-1, -1};
    gpu_handle gpu = NULL;
    utilization_rates rates = {0, 0};
    memory_information memory = {0, 0, 0};
    if (library->get_handle(index, &gpu) == 0) {
      if (library->get_utilization(gpu, &rates) == 0) told.busy_percent = rates.gpu;
      if (library->get_memory(gpu, &memory) == 0 && memory.used <= INT64_MAX)
        told.memory_bytes = (int64_t)memory.used;
    }
    usage[index] = told;
  }
  return (int)count;
}
