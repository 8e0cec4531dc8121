/* Faults for one process tree, put before the C library with LD_PRELOAD. Only for tests.
 *
 * FAULTS_CLOCK=FILE    the wall clock is off by the 8-byte number of seconds in FILE; it may change at
 *                      any moment. Monotonic clocks, and the times of files, stay right.
 * FAULTS_UNDER=FOLDER FAULTS_CALL=write|open FAULTS_AT=K FAULTS_ERRNO=N [FAULTS_ON=1]
 *                      the K-th such call on a file in FOLDER fails with error N, with FAULTS_ON all
 *                      from there on; N=-9 kills the process instead. FAULTS_LOG=FILE gets a line for each.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *ahead;
static const char *under, *call, *told;
static long at, error_number, from_there_on;
static atomic_long count;

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULTS_CLOCK");
  if (file) {
    int fd = syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC, 0);
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) ahead = map;
  }
  under = getenv("FAULTS_UNDER");
  call = getenv("FAULTS_CALL");
  told = getenv("FAULTS_LOG");
  if (getenv("FAULTS_AT")) at = atol(getenv("FAULTS_AT"));
  if (getenv("FAULTS_ERRNO")) error_number = atol(getenv("FAULTS_ERRNO"));
  from_there_on = getenv("FAULTS_ON") != NULL;
}

#define NEXT(name) \
  static __typeof__(name) *next; \
  if (!next) next = dlsym(RTLD_NEXT, #name)

/* the clock */

int clock_gettime(clockid_t id, struct timespec *t) {
  NEXT(clock_gettime);
  int done = next(id, t);
  if (!done && ahead && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) t->tv_sec += *ahead;
  return done;
}

int gettimeofday(struct timeval *restrict t, void *restrict zone) {
  int (*next)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
  int done = next(t, zone);
  if (!done && ahead) t->tv_sec += *ahead;
  return done;
}

time_t time(time_t *t) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (t) *t = now.tv_sec;
  return now.tv_sec;
}

/* failing calls */

static int strikes(const char *name, const char *path) {
  if (!call || strcmp(call, name) || !path || strncmp(path, under, strlen(under))) return 0;
  long k = ++count;
  int hit = k == at || (from_there_on && at && k > at);
  if (told) {
    char line[4400];
    int size = snprintf(line, sizeof line, "%ld %s %s\n", k, path, hit ? "STRUCK" : "");
    int fd = syscall(SYS_openat, AT_FDCWD, told, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (fd >= 0) { syscall(SYS_write, fd, line, size); syscall(SYS_close, fd); }
  }
  if (!hit) return 0;
  if (error_number < 0) kill(getpid(), (int)-error_number);
  errno = (int)error_number;
  return 1;
}

static int strikes_file(int fd) {
  char link[40], path[4096];
  if (!call || strcmp(call, "write")) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = 0;
  return strikes("write", path);
}

static int strikes_open(const char *path) {
  char whole[8300];
  if (!call || strcmp(call, "open") || !path) return 0;
  if (path[0] != '/' && getcwd(whole, 4096)) {
    strcat(whole, "/");
    strncat(whole, path, 4096);
    path = whole;
  }
  return strikes("open", path);
}

ssize_t write(int fd, const void *data, size_t size) {
  NEXT(write);
  return strikes_file(fd) ? -1 : next(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  NEXT(pwrite);
  return strikes_file(fd) ? -1 : next(fd, data, size, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  NEXT(pwrite64);
  return strikes_file(fd) ? -1 : next(fd, data, size, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int number) {
  NEXT(writev);
  return strikes_file(fd) ? -1 : next(fd, parts, number);
}

#define MODE(flags, mode) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  NEXT(open);
  MODE(flags, mode)
  return strikes_open(path) ? -1 : next(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  NEXT(open64);
  MODE(flags, mode)
  return strikes_open(path) ? -1 : next(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  NEXT(openat);
  MODE(flags, mode)
  return strikes_open(path) ? -1 : next(folder, path, flags, mode);
}
