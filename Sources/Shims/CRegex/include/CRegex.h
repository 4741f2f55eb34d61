#pragma once
/* PCRE2 for texts of bytes: its header makes no functions before it knows the width of a code unit. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
