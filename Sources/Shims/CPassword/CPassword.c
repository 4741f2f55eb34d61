#define _GNU_SOURCE 1
#include "CPassword.h"
#include <crypt.h>
#include <stdlib.h>
#include <string.h>

const char *cpassword_hash(const char *phrase, const char *setting, char *hash, size_t size) {
    struct crypt_data *data = calloc(1, sizeof *data);
    if (!data) return NULL;
    char *result = crypt_rn(phrase, setting, data, sizeof *data);
    int fits = result && strlen(result) < size;
    if (fits) strcpy(hash, result);
    explicit_bzero(data, sizeof *data);
    free(data);
    return fits ? hash : NULL;
}

const char *cpassword_setting(const char *prefix, unsigned long cost, char *setting, size_t size) {
    return crypt_gensalt_rn(prefix, cost, NULL, 0, setting, (int)size);
}
