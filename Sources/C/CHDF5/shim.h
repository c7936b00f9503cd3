// What Swift cannot import of libhdf5: constants that are macros with comma expressions or casts,
// unions, and functions that are macros chosen by the library's version.
#ifndef CHDF5_SHIM_H
#define CHDF5_SHIM_H

#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>  // where Debian has it
#else
#include <hdf5.h>
#endif

#include <errno.h>
#include <stdbool.h>

// MARK: Flags (macros that call H5check_version first, hence comma expressions)

static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }

// MARK: Identifiers (macros with a cast)

static inline hid_t chdf5_default(void) { return H5P_DEFAULT; }
static inline hid_t chdf5_all(void) { return H5S_ALL; }
static inline hid_t chdf5_default_error_stack(void) { return H5E_DEFAULT; }

// MARK: Property list classes and data types (macros that call H5open first)

static inline hid_t chdf5_file_create_class(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_file_access_class(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_group_create_class(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_create_class(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_dataset_access_class(void) { return H5P_DATASET_ACCESS; }
static inline hid_t chdf5_attribute_create_class(void) { return H5P_ATTRIBUTE_CREATE; }
static inline hid_t chdf5_link_create_class(void) { return H5P_LINK_CREATE; }
static inline hid_t chdf5_link_access_class(void) { return H5P_LINK_ACCESS; }

static inline hid_t chdf5_file_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_file_int64(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_file_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_file_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_native_uint8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_native_float32(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_native_float64(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }

// H5T_VARIABLE is a cast of -1 to size_t.
static inline size_t chdf5_variable_length(void) { return H5T_VARIABLE; }
static inline hsize_t chdf5_unlimited(void) { return H5S_UNLIMITED; }

// MARK: Interruptions (errno, which Swift cannot read reliably)

static inline void chdf5_forget_interruption(void) { errno = 0; }
static inline bool chdf5_was_interrupted(void) { return errno == EINTR; }

// MARK: Objects

// H5Oget_info is a macro whose meaning, and whose result's type, changed in 1.12.
typedef struct {
  int kind;               // an H5O_type_t
  unsigned long address;  // tells whether two hard links lead to one object
  hsize_t attributes;
} chdf5_object;

static inline herr_t chdf5_object_info(hid_t group, const char *name, chdf5_object *result) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info2_t info;
  unsigned fields = H5O_INFO_BASIC | H5O_INFO_NUM_ATTRS;
  if (H5Oget_info_by_name3(group, name, &info, fields, H5P_DEFAULT) < 0) return -1;
  unsigned long address = 0;
  for (int i = 0; i < 8; i++) address |= (unsigned long)info.token.__data[i] << (8 * i);
  result->address = address;
#else
  H5O_info_t info;
  unsigned fields = H5O_INFO_BASIC | H5O_INFO_NUM_ATTRS;
  if (H5Oget_info_by_name2(group, name, &info, fields, H5P_DEFAULT) < 0) return -1;
  result->address = (unsigned long)info.addr;
#endif
  result->kind = (int)info.type;
  result->attributes = info.num_attrs;
  return 0;
}

// H5L_info_t holds a union, and H5Lget_info is such a macro too.
static inline int chdf5_link_kind(hid_t group, const char *name) {
#if H5_VERSION_GE(1, 12, 0)
  H5L_info2_t info;
  if (H5Lget_info2(group, name, &info, H5P_DEFAULT) < 0) return -2;
#else
  H5L_info_t info;
  if (H5Lget_info(group, name, &info, H5P_DEFAULT) < 0) return -2;
#endif
  return (int)info.type;
}

// MARK: Access

// Locks of the library's own hang on an environment variable; the caller keeps writers apart.
static inline herr_t chdf5_disable_locking(hid_t access) {
#if H5_VERSION_GE(1, 10, 7) && !(H5_VERS_MAJOR == 1 && H5_VERS_MINOR == 12 && H5_VERS_RELEASE == 0)
  return H5Pset_file_locking(access, 0, 1);
#else
  (void)access;
  return 0;
#endif
}

// MARK: Errors

// H5Ewalk2 takes a function pointer and H5E_error2_t holds unowned C strings: copied here into one
// line a frame, "function: description", innermost first, cut at the capacity.
typedef struct {
  char *text;
  size_t capacity;
  size_t count;
} chdf5_error_text;

static inline herr_t chdf5_append_error(unsigned n, const H5E_error2_t *error, void *context) {
  chdf5_error_text *target = (chdf5_error_text *)context;
  const char *parts[] = {n == 0 ? "" : "; ", error->func_name, ": ", error->desc};
  for (int p = 0; p < 4; p++) {
    if (parts[p] == NULL) continue;
    for (const char *c = parts[p]; *c != 0 && target->count + 1 < target->capacity; c++)
      target->text[target->count++] = *c;
  }
  return 0;
}

// Writes the calling thread's error stack to `text`, always terminated, and clears the stack.
static inline void chdf5_take_errors(char *text, size_t capacity) {
  chdf5_error_text target = {text, capacity, 0};
  if (capacity == 0) return;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, chdf5_append_error, &target);
  text[target.count] = 0;
  H5Eclear2(H5E_DEFAULT);
}

#endif
