#pragma once

#include <stdbool.h>

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/* libcurl is not linked: it is opened by `ccurl_load`, because its thirty shared libraries cost 7 MB resident and 4 ms of
   start even where no request is ever made. Types and constants come from its header, calls go through the functions below,
   which may be used only after `ccurl_load` has returned NULL. */

/* Opens the library once, for the whole process and from any thread. NULL when it is usable, else what went wrong. */
const char *ccurl_load(void);

CURLM *ccurl_multi_new(void);
void ccurl_multi_free(CURLM *multi);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi);
/* Waits for sockets, for a wake-up, or for `milliseconds`. */
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);
/* The one call on a multi handle that another thread may make. */
CURLMcode ccurl_multi_wakeup(CURLM *multi);
/* The next finished transfer and its result, or NULL. */
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result);

CURL *ccurl_easy_new(void);
void ccurl_easy_free(CURL *easy);
void ccurl_easy_reset(CURL *easy);
CURLcode ccurl_easy_unpause(CURL *easy);
const char *ccurl_easy_error(CURLcode code);

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one function for each kind of argument. */
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value);
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, curl_write_callback callback);
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_get_pointer(CURL *easy, CURLINFO info, void **value);

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text);
void ccurl_list_free(struct curl_slist *list);
