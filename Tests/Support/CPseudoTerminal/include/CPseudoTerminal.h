#pragma once
#include <sys/types.h>

/// Starts `path` on a fresh pseudo-terminal, leader of a session of its own; 0, or an errno.
int cpty_spawn(const char *path, char *const argv[], char *const envp[], unsigned short rows, unsigned short columns,
               pid_t *pid, int *master);

/// Tells the terminal behind `master` its new size; 0, or an errno.
int cpty_resize(int master, unsigned short rows, unsigned short columns);

/// Starts `path` without a terminal: standard input from /dev/null, output and error to the descriptors given; 0, or an errno.
int cproc_spawn(const char *path, char *const argv[], char *const envp[], int output, int error, pid_t *pid);
