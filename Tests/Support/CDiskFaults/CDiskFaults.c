#define _GNU_SOURCE 1
#include "CDiskFaults.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_bool fails_synchronisation;

void disk_faults_fail_synchronisation(bool fails) { fails_synchronisation = fails; }

static int synchronise(long call, int file) {
  if (fails_synchronisation) {
    errno = EIO;
    return -1;
  }
  return (int)syscall(call, file);
}

/* These stand in for the C library's in the program that this is linked into: SQLite finds them first. */
int fsync(int file) { return synchronise(SYS_fsync, file); }
int fdatasync(int file) { return synchronise(SYS_fdatasync, file); }
