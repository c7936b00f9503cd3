#include "include/sanitizer.h"

// In a source file of their own, so that they are compiled with the sanitizer's flags whatever Swift's importer sees.
#ifdef CPOSIX_ADDRESS_SANITIZER
bool posix_has_address_sanitizer(void) { return true; }
void posix_poison(const void *first, size_t bytes) { __asan_poison_memory_region(first, bytes); }
void posix_unpoison(const void *first, size_t bytes) { __asan_unpoison_memory_region(first, bytes); }
#else
bool posix_has_address_sanitizer(void) { return false; }
void posix_poison(const void *first, size_t bytes) { (void)first, (void)bytes; }
void posix_unpoison(const void *first, size_t bytes) { (void)first, (void)bytes; }
#endif
