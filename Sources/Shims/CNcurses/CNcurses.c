#include "CNcurses.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

SCREEN *ccurses_open(const char *type, int output, int input) {
    FILE *to = fdopen(output, "w");
    FILE *from = fdopen(input, "r");
    return to && from ? newterm(type, to, from) : NULL;
}

static const char *capability(const char *name) {
    const char *found = tigetstr(name);
    return found == (const char *)-1 ? NULL : found;
}

/* Copies a capability without its delays, `$<5>`; what does not fit is cut off. */
static size_t copy(const char *found, char *text, size_t size) {
    size_t length = 0;
    if (!found) return 0;
    while (*found && length < size) {
        const char *end = found[0] == '$' && found[1] == '<' ? strchr(found, '>') : NULL;
        if (end)
            found = end + 1;
        else
            text[length++] = *found++;
    }
    return length;
}

size_t ccurses_synchronization(char *text, size_t size) {
    const char *region = capability("csr"), *move = capability("cup");
    size_t length = region ? copy(tparm(region, 0, LINES - 1), text, size) : 0;
    if (move) length += copy(tparm(move, getcury(curscr), getcurx(curscr)), text + length, size - length);
    return length;
}

size_t ccurses_text(const char *name, char *text, size_t size) {
    return copy(capability(name), text, size);
}

bool ccurses_cell(cchar_t *cell, uint32_t base, const uint32_t *marks, int mark_count, uint32_t attributes, int pair) {
    wchar_t text[CCHARW_MAX + 1] = {(wchar_t)base};
    for (int mark = 0; mark < mark_count && mark + 1 < CCHARW_MAX; mark++) text[mark + 1] = (wchar_t)marks[mark];
    return setcchar(cell, text, attributes, (short)(pair > 0x7fff ? 0x7fff : pair), &pair) == OK;
}

int32_t ccurses_key(WINDOW *window) {
    wint_t key = 0;
    int result = wget_wch(window, &key);
    if (result == ERR) return CCURSES_NONE;
    return (int32_t)(result == KEY_CODE_YES ? key | CCURSES_CODE : key);
}

int csystem_eventfd(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

typedef struct {
    void (*body)(void *);
    void *argument;
} thread_start;

static void *begin_thread(void *start) {
    thread_start what = *(thread_start *)start;
    free(start);
    what.body(what.argument);
    return NULL;
}

int csystem_start_thread(size_t stack, void (*body)(void *), void *argument) {
    thread_start *start = malloc(sizeof *start);
    if (!start) return ENOMEM;
    *start = (thread_start){body, argument};
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int failure = pthread_create(&thread, &attributes, begin_thread, start);
    pthread_attr_destroy(&attributes);
    if (failure) free(start);
    return failure;
}

int csystem_memory_file(void) {
    return memfd_create("screen", MFD_CLOEXEC);
}

bool csystem_terminal_size(int terminal, int *rows, int *columns) {
    struct winsize size;
    if (ioctl(terminal, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col) return false;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return true;
}

int csystem_readable(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) ? 0 : count;
}
