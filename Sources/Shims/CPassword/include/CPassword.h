#pragma once
#include <stddef.h>

// The hash of a phrase under a setting, which may be another hash; NULL when the setting is not understood or there is no
// memory. The state of the computation, 32 KiB, is wiped.
const char *cpassword_hash(const char *phrase, const char *setting, char *hash, size_t size);

// A setting with random salt, such as $2b$10$...; NULL when the prefix or the cost is not understood.
const char *cpassword_setting(const char *prefix, unsigned long cost, char *setting, size_t size);
