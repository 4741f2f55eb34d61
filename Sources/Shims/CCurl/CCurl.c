#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

/* One line a function: its name without `curl_`, in libcurl's own type. */
#define CALLS(X)      \
  X(global_init)      \
  X(multi_init)       \
  X(multi_cleanup)    \
  X(multi_setopt)     \
  X(multi_add_handle) \
  X(multi_remove_handle) \
  X(multi_perform)    \
  X(multi_poll)       \
  X(multi_wakeup)     \
  X(multi_info_read)  \
  X(easy_init)        \
  X(easy_cleanup)     \
  X(easy_reset)       \
  X(easy_pause)       \
  X(easy_strerror)    \
  X(easy_setopt)      \
  X(easy_getinfo)     \
  X(slist_append)     \
  X(slist_free_all)

#define FIELD(name) __typeof__(curl_##name) *name;
static struct {
  CALLS(FIELD)
} calls;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char failure[512];

static bool resolve(void *library, const char *name, void **into) {
  *into = dlsym(library, name);
  if (*into == NULL) snprintf(failure, sizeof failure, "libcurl.so.4 has no %s: a release from 7.68 on is needed", name);
  return *into != NULL;
}

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    snprintf(failure, sizeof failure, "%s", reason ? reason : "libcurl.so.4 cannot be opened");
    return;
  }
#define RESOLVE(name) \
  if (!resolve(library, "curl_" #name, (void **)&calls.name)) return;
  CALLS(RESOLVE)
  CURLcode code = calls.global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) snprintf(failure, sizeof failure, "libcurl does not start: %s", calls.easy_strerror(code));
}

const char *ccurl_load(void) {
  pthread_once(&once, load);
  return failure[0] ? failure : NULL;
}

CURLM *ccurl_multi_new(void) { return calls.multi_init(); }
void ccurl_multi_free(CURLM *multi) { calls.multi_cleanup(multi); }
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) { return calls.multi_setopt(multi, option, value); }
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return calls.multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) { return calls.multi_remove_handle(multi, easy); }

CURLMcode ccurl_multi_perform(CURLM *multi) {
  int running = 0;
  return calls.multi_perform(multi, &running);
}

CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) { return calls.multi_poll(multi, NULL, 0, milliseconds, NULL); }
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return calls.multi_wakeup(multi); }

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result) {
  int left = 0;
  for (CURLMsg *message; (message = calls.multi_info_read(multi, &left)) != NULL;) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}

CURL *ccurl_easy_new(void) { return calls.easy_init(); }
void ccurl_easy_free(CURL *easy) { calls.easy_cleanup(easy); }
void ccurl_easy_reset(CURL *easy) { calls.easy_reset(easy); }
CURLcode ccurl_easy_unpause(CURL *easy) { return calls.easy_pause(easy, CURLPAUSE_CONT); }
const char *ccurl_easy_error(CURLcode code) { return calls.easy_strerror(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) { return calls.easy_setopt(easy, option, value); }
CURLcode ccurl_set_size(CURL *easy, CURLoption option, curl_off_t value) { return calls.easy_setopt(easy, option, value); }
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) { return calls.easy_setopt(easy, option, value); }
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) { return calls.easy_setopt(easy, option, value); }
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, curl_write_callback callback) {
  return calls.easy_setopt(easy, option, callback);
}
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) { return calls.easy_getinfo(easy, info, value); }
CURLcode ccurl_get_pointer(CURL *easy, CURLINFO info, void **value) { return calls.easy_getinfo(easy, info, value); }

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) { return calls.slist_append(list, text); }
void ccurl_list_free(struct curl_slist *list) { calls.slist_free_all(list); }
