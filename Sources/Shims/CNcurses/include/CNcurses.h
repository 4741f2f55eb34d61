#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
/* Here and not among the build settings: those do not reach the importer of another target. */
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <ncurses.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

/* Attributes are macros with casts, which Swift does not see. */
enum : uint32_t {
    CCURSES_BOLD = A_BOLD,
    CCURSES_DIM = A_DIM,
    CCURSES_ITALIC = A_ITALIC,
    CCURSES_UNDERLINE = A_UNDERLINE,
    CCURSES_REVERSE = A_REVERSE,
};

/* Globals of ncurses, which Swift holds to be unsafe; all of this belongs to the one thread that called ccurses_open. */
static inline WINDOW *ccurses_screen(void) { return stdscr; }
static inline WINDOW *ccurses_shown(void) { return curscr; }
static inline int ccurses_color_pairs(void) { return COLOR_PAIRS; }
/* Known before colours are started. */
static inline int ccurses_color_count(void) { return tigetnum("colors"); }

/// Starts ncurses for a terminal type, writing to one descriptor and reading from another. NULL when the type is not known.
SCREEN *ccurses_open(const char *type, int output, int input);

/// A capability of the terminal that is a text, without the delays in it; empty when it has none. `text` holds `size` bytes.
/// Returns its length.
size_t ccurses_text(const char *name, char *text, size_t size);

/// What tells the terminal that all rows scroll, and brings its cursor to where ncurses thinks it is. `text` holds `size`
/// bytes. Returns the length.
size_t ccurses_synchronization(char *text, size_t size);

/// Makes a cell of a base scalar and the marks that combine with it. False if ncurses does not take them.
bool ccurses_cell(cchar_t *cell, uint32_t base, const uint32_t *marks, int mark_count, uint32_t attributes, int pair);

/// The next key: a scalar, or a code of ncurses with CCURSES_CODE added; CCURSES_NONE when there is none.
int32_t ccurses_key(WINDOW *window);
enum : int32_t { CCURSES_NONE = -1, CCURSES_CODE = 0x40000000 };

/* What runs in signal handlers. */

/// Counts these signals instead of letting them act, and wakes the descriptor that is returned, non-blocking; -1 on failure.
/// A second call replaces handlers that others have set meanwhile.
int csignals_watch(const int *signals, int count);
/// The signals that came since the last call, as a set of bits 1 << signal; the descriptor is quiet after it.
uint64_t csignals_take(void);
/// Gives signals back their old meanings, but for one, if it is not 0, that goes from its handler to being ignored at once.
void csignals_unwatch(int ignored);

/// From now on the end of the process, by exit or by a crash, writes `text` to the terminal and gives it back its modes.
/// The descriptor must stay open until ccrash_disarm.
void ccrash_arm(int terminal, const struct termios *modes, const char *text, size_t length);
void ccrash_disarm(void);
/// From now on what is written to standard error is kept, as much of it as fits, and appears when the terminal is given back,
/// by ccrash_release_errors or after a crash: on the screen it would be overwritten, and a crash's last words lost.
/// False, with nothing changed, where that cannot be.
bool ccrash_keep_errors(void);
void ccrash_release_errors(void);
/// A stack for the handlers of crashes of the calling thread, for as long as the thread runs.
void ccrash_use_stack(void *memory, size_t size);

/* What glibc's module leaves out. */

int csystem_eventfd(void);
/// Runs `body` on a thread that nobody waits for, with that much stack; 0, or an errno.
int csystem_start_thread(size_t stack, void (*body)(void *), void *argument);
/// A file in memory that grows as it is written; -1 on failure.
int csystem_memory_file(void);
/// The size of a terminal in cells; false if it has none.
bool csystem_terminal_size(int terminal, int *rows, int *columns);
/// How many bytes can be read at once without waiting.
int csystem_readable(int descriptor);
