// libcurl, loaded when something is first fetched.
//
// Linked in the usual way it brings some thirty libraries along, which the dynamic linker would load at
// each start of the command: milliseconds for nothing where nothing is downloaded. And Swift cannot import
// curl_easy_setopt and curl_easy_getinfo: they are variadic.
#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <curl/curl.h>

typedef size_t (*ccurl_write_function)(char *, size_t, size_t, void *);
typedef int (*ccurl_progress_function)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

// Loads and initializes the library; returns whether it is there. To be called once, before all else.
int ccurl_load(void);

// The library's own functions.
CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *handle);
CURLcode ccurl_easy_perform(CURL *handle);
const char *ccurl_version(void);

// curl_easy_setopt by the type of its argument, and curl_easy_getinfo by that of its result.
CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode ccurl_set_write(CURL *handle, CURLoption option, ccurl_write_function value);
CURLcode ccurl_set_progress(CURL *handle, ccurl_progress_function value);
long ccurl_get_long(CURL *handle, CURLINFO info);
long long ccurl_get_offset(CURL *handle, CURLINFO info);
const char *ccurl_get_string(CURL *handle, CURLINFO info);

#endif
