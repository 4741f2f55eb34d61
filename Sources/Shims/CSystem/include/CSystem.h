#pragma once

// What the C library has and its Swift module leaves out.
#include <malloc.h>
