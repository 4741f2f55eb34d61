#pragma once

// What the C library has and its Swift module leaves out.
#include <malloc.h>

/// Ends the mapping of code and constants of the program and its libraries, page by page, as far as they are as their files
/// have them. Whatever is used again is mapped again, from the file as the system still has it in memory.
void csystem_unmap_code(void);
