#define _GNU_SOURCE 1
#include "CSystem.h"

#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGES_AT_ONCE = 512 };

/// What /proc/self/pagemap says of a page (Linux, Documentation/admin-guide/mm/pagemap.rst).
static const uint64_t IS_MAPPED = UINT64_C(1) << 63, IS_SWAPPED = UINT64_C(1) << 62, IS_OF_FILE = UINT64_C(1) << 61;

/// Whether the pages are as their file has them: none was written to, by a debugger that set a breakpoint, say.
static bool are_of_file(int pagemap, uintptr_t first, size_t count) {
  uint64_t pages[PAGES_AT_ONCE];
  ssize_t size = (ssize_t)(count * sizeof *pages);
  if (pread(pagemap, pages, (size_t)size, (off_t)(first * sizeof *pages)) != size) return false;
  for (size_t i = 0; i < count; i++) {
    if (pages[i] & IS_SWAPPED || (pages[i] & IS_MAPPED && !(pages[i] & IS_OF_FILE))) return false;
  }
  return true;
}

static int unmap_image(struct dl_phdr_info *image, size_t size, void *pagemap) {
  (void)size;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int i = 0; i < image->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &image->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || part->p_flags & PF_W) continue;
    uintptr_t start = image->dlpi_addr + part->p_vaddr;
    // Whole pages only: one that two parts share may be writable.
    uintptr_t end = (start + part->p_memsz) / page;
    for (uintptr_t first = (start + page - 1) / page; first < end; first += PAGES_AT_ONCE) {
      size_t count = end - first < PAGES_AT_ONCE ? end - first : PAGES_AT_ONCE;
      if (are_of_file(*(int *)pagemap, first, count)) madvise((void *)(first * page), count * page, MADV_DONTNEED);
    }
  }
  return 0;
}

void csystem_unmap_code(void) {
  int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (pagemap < 0) return;
  dl_iterate_phdr(unmap_image, &pagemap);
  close(pagemap);
}
