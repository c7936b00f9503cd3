// What Swift cannot do with libpng: it reports errors by longjmp, which may not cross Swift frames. Here
// is one call that reads a file in memory to the end and jumps over C frames only.
#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

typedef struct {
  uint32_t width;
  uint32_t height;
  int channels;       // of the 8-bit samples that are written: 1 to 4
  char message[160];  // libpng's words about what is wrong, terminated
} cpng_image;

typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t position;
  cpng_image *image;
} cpng_source;

static void cpng_fail(png_structp png, png_const_charp text) {
  cpng_source *source = (cpng_source *)png_get_error_ptr(png);
  strncpy(source->image->message, text, sizeof source->image->message - 1);
  png_longjmp(png, 1);
}

static void cpng_ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void cpng_take(png_structp png, png_bytep target, size_t count) {
  cpng_source *source = (cpng_source *)png_get_io_ptr(png);
  if (count > source->count - source->position) png_error(png, "the file ends too early");
  memcpy(target, source->bytes + source->position, count);
  source->position += count;
}

// Reads the header, and with `pixels` the image as 8-bit samples, row after row, without colour
// management: palettes and 1, 2 and 4 bits are expanded, 16 bits are scaled, transparency becomes alpha.
// `capacity` is the room behind `pixels`; an image that needs more or less is refused. Returns whether
// all went well.
static inline int cpng_read(
    const uint8_t *bytes, size_t count, uint32_t largest_side, uint8_t *pixels, size_t capacity,
    cpng_image *image) {
  memset(image, 0, sizeof *image);
  cpng_source source = {bytes, count, 0, image};
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, cpng_fail, cpng_ignore);
  if (png == NULL) return 0;
  png_infop info = png_create_info_struct(png);
  if (info == NULL) {
    png_destroy_read_struct(&png, NULL, NULL);
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, &source, cpng_take);
  png_set_user_limits(png, largest_side, largest_side);
  png_set_chunk_cache_max(png, 16);
  png_set_chunk_malloc_max(png, 1 << 20);
  // Colour profiles, texts and times are of no use here, and not to be parsed.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, info);
  png_set_scale_16(png);
  png_set_expand(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  image->width = png_get_image_width(png, info);
  image->height = png_get_image_height(png, info);
  image->channels = png_get_channels(png, info);
  if (pixels != NULL) {
    size_t row = png_get_rowbytes(png, info);
    if (row != (size_t)image->width * image->channels || capacity != row * image->height)
      png_error(png, "the size is not the declared one");
    for (int pass = 0; pass < passes; pass++)
      for (uint32_t y = 0; y < image->height; y++) png_read_row(png, pixels + y * row, NULL);
    png_read_end(png, NULL);
  }
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

static inline const char *cpng_version(void) { return png_get_libpng_ver(NULL); }

#endif
