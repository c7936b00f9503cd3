// What Swift cannot import of zlib: the initializers are macros that pass the version and the size
// of the caller's structure.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

// Input is only read: makes `next_in` a pointer to const.
#define ZLIB_CONST
#include <zlib.h>

static inline int czlib_inflate_init(z_streamp stream, int windowBits) {
  return inflateInit2(stream, windowBits);
}

static inline int czlib_deflate_init(z_streamp stream, int level, int windowBits) {
  return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}

#endif
