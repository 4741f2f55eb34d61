#pragma once
#include <stdint.h>

/// The columns that glibc gives a scalar in a UTF-8 locale: 0 for what combines, -1 for what cannot be shown.
/// Does not depend on the locale of the process and does not change it.
int cwidth_of(uint32_t scalar);
