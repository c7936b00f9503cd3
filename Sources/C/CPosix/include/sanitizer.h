// Memory that a build with the address sanitizer must not touch, although it belongs to a larger block. Other builds do nothing.
#ifndef CPOSIX_SANITIZER_H
#define CPOSIX_SANITIZER_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CPOSIX_ADDRESS_SANITIZER 1
#include <sanitizer/asan_interface.h>
#endif
#endif

// Whether this build has the address sanitizer.
bool posix_has_address_sanitizer(void);

// Makes every access to these bytes an error, or allows it again.
void posix_poison(const void *first, size_t bytes);
void posix_unpoison(const void *first, size_t bytes);

#endif
