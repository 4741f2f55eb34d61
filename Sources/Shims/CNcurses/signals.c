#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Signals that the terminal's thread reads. */

static atomic_uint_fast64_t pending;
static atomic_int wake = -1;
static struct sigaction before[64];
static bool is_watched[64];

static void count(int signal) {
    int saved = errno;
    uint64_t one = 1;
    atomic_fetch_or(&pending, UINT64_C(1) << signal);
    if (write(atomic_load(&wake), &one, sizeof one) < 0) {
        /* Full: it is awake already. */
    }
    errno = saved;
}

int csignals_watch(const int *signals, int signal_count) {
    if (atomic_load(&wake) < 0) atomic_store(&wake, csystem_eventfd());
    for (int index = 0; index < signal_count; index++) {
        int signal = signals[index];
        struct sigaction action = {.sa_handler = count, .sa_flags = SA_RESTART}, old;
        sigemptyset(&action.sa_mask);
        if (signal <= 0 || signal >= 64 || sigaction(signal, &action, &old)) return -1;
        if (!is_watched[signal]) before[signal] = old;
        is_watched[signal] = true;
    }
    return atomic_load(&wake);
}

uint64_t csignals_take(void) {
    uint64_t ignored;
    if (read(atomic_load(&wake), &ignored, sizeof ignored) < 0) {
        /* Nothing came. */
    }
    return atomic_exchange(&pending, 0);
}

void csignals_unwatch(int ignored) {
    struct sigaction ignore = {0};
    ignore.sa_handler = SIG_IGN;
    for (int signal = 1; signal < 64; signal++) {
        if (is_watched[signal]) sigaction(signal, signal == ignored ? &ignore : &before[signal], NULL);
        is_watched[signal] = false;
    }
}

/* The terminal given back when the process ends without a word. */

static atomic_int armed = -1;
static struct termios modes;
static char farewell[512];
static size_t farewell_length;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS, SIGQUIT};
enum { crash_count = sizeof crashes / sizeof crashes[0] };
static struct sigaction crash_before[crash_count];

/* Standard error, meanwhile. */
enum { kept_limit = 64 << 10 };
static atomic_int kept = -1;
static int errors = -1;

bool ccrash_keep_errors(void) {
    int file = memfd_create("errors", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (errors < 0) errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    /* Of a fixed size, so that what writes on and on is cut off. */
    if (file < 0 || errors < 0 || ftruncate(file, kept_limit) || fcntl(file, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) ||
        dup2(file, STDERR_FILENO) < 0) {
        if (file >= 0) close(file);
        return false;
    }
    atomic_store(&kept, file);
    return true;
}

void ccrash_release_errors(void) {
    int file = atomic_exchange(&kept, -1);
    if (file < 0) return;
    dup2(errors, STDERR_FILENO);
    char text[512];
    off_t length = lseek(file, 0, SEEK_CUR);
    for (off_t done = 0; done < length;) {
        size_t wanted = length - done < (off_t)sizeof text ? (size_t)(length - done) : sizeof text;
        ssize_t count = pread(file, text, wanted, done);
        if (count <= 0 || write(STDERR_FILENO, text, (size_t)count) <= 0) break;
        done += count;
    }
    close(file);
}

/* Once only, by whoever comes first; calls nothing that a signal handler may not call. */
static void give_back(void) {
    int terminal = atomic_exchange(&armed, -1);
    if (terminal < 0) return;
    size_t written = 0;
    for (int attempt = 0; attempt < 4 && written < farewell_length; attempt++) {
        struct pollfd room = {.fd = terminal, .events = POLLOUT};
        poll(&room, 1, 50);
        ssize_t count = write(terminal, farewell + written, farewell_length - written);
        if (count > 0) written += (size_t)count;
    }
    tcsetattr(terminal, TCSANOW, &modes);
    ccrash_release_errors();
}

static void crash(int signal) {
    give_back();
    for (int index = 0; index < crash_count; index++)
        if (crashes[index] == signal) sigaction(signal, &crash_before[index], NULL);
    /* Arrives when this handler returns, at whatever was there before: a backtrace, or the end. */
    raise(signal);
}

void ccrash_arm(int terminal, const struct termios *old_modes, const char *text, size_t length) {
    static bool was_armed;
    modes = *old_modes;
    farewell_length = length < sizeof farewell ? length : sizeof farewell;
    memcpy(farewell, text, farewell_length);
    if (!was_armed) {
        was_armed = true;
        atexit(give_back);
        for (int index = 0; index < crash_count; index++) {
            struct sigaction action = {.sa_handler = crash, .sa_flags = SA_ONSTACK};
            sigemptyset(&action.sa_mask);
            sigaction(crashes[index], &action, &crash_before[index]);
        }
    }
    atomic_store(&armed, terminal);
}

void ccrash_disarm(void) {
    atomic_store(&armed, -1);
}

void ccrash_use_stack(void *memory, size_t size) {
    stack_t stack = {.ss_sp = memory, .ss_size = size};
    sigaltstack(&stack, NULL);
}
