#include "shim.h"

#include <dlfcn.h>
#include <stddef.h>

// Some headers wrap the variadic functions in type-checking macros: the plain functions are meant.
#undef curl_easy_setopt
#undef curl_easy_getinfo

// The functions of the loaded library, of the types of its own declarations.
static __typeof__(curl_global_init) *global_init;
static __typeof__(curl_easy_init) *easy_init;
static __typeof__(curl_easy_cleanup) *easy_cleanup;
static __typeof__(curl_easy_perform) *easy_perform;
static __typeof__(curl_easy_setopt) *easy_setopt;
static __typeof__(curl_easy_getinfo) *easy_getinfo;
static __typeof__(curl_version) *version;

int ccurl_load(void) {
  // The name with the version of the interface that the header describes.
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 0;
  global_init = (__typeof__(global_init))dlsym(library, "curl_global_init");
  easy_init = (__typeof__(easy_init))dlsym(library, "curl_easy_init");
  easy_cleanup = (__typeof__(easy_cleanup))dlsym(library, "curl_easy_cleanup");
  easy_perform = (__typeof__(easy_perform))dlsym(library, "curl_easy_perform");
  easy_setopt = (__typeof__(easy_setopt))dlsym(library, "curl_easy_setopt");
  easy_getinfo = (__typeof__(easy_getinfo))dlsym(library, "curl_easy_getinfo");
  version = (__typeof__(version))dlsym(library, "curl_version");
  if (!global_init || !easy_init || !easy_cleanup || !easy_perform || !easy_setopt ||
      !easy_getinfo || !version)
    return 0;
  return global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

CURL *ccurl_easy_init(void) { return easy_init(); }
void ccurl_easy_cleanup(CURL *handle) { easy_cleanup(handle); }
CURLcode ccurl_easy_perform(CURL *handle) { return easy_perform(handle); }
const char *ccurl_version(void) { return version(); }

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return easy_setopt(handle, option, value);
}

CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return easy_setopt(handle, option, value);
}

CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return easy_setopt(handle, option, value);
}

CURLcode ccurl_set_write(CURL *handle, CURLoption option, ccurl_write_function value) {
  return easy_setopt(handle, option, value);
}

CURLcode ccurl_set_progress(CURL *handle, ccurl_progress_function value) {
  return easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

long ccurl_get_long(CURL *handle, CURLINFO info) {
  long value = 0;
  return easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

long long ccurl_get_offset(CURL *handle, CURLINFO info) {
  curl_off_t value = -1;
  return easy_getinfo(handle, info, &value) == CURLE_OK ? value : -1;
}

const char *ccurl_get_string(CURL *handle, CURLINFO info) {
  char *value = NULL;
  return easy_getinfo(handle, info, &value) == CURLE_OK ? value : NULL;
}
