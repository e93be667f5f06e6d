// A wall clock that can be set wrong, for one process: preloaded (LD_PRELOAD), it adds the seconds that the file named
// by CHAOS_CLOCK holds (text, at most 31 bytes) to the time of day. The monotonic clock stays right, as it does when a
// machine's clock is set. Waits until a time of day are turned back, so that they last as long as they should.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>

static const char* offset_text;  // the file's first bytes, shared with whoever changes them

__attribute__((constructor)) static void open_file(void) {
  const char* const name = getenv("CHAOS_CLOCK");
  const int file = name == NULL ? -1 : open(name, O_RDONLY);
  if (file < 0) return;
  void* const at = mmap(NULL, 32, PROT_READ, MAP_SHARED, file, 0);
  if (at != MAP_FAILED) offset_text = at;
}

static time_t offset(void) {
  return offset_text == NULL ? 0 : strtol(offset_text, NULL, 10);
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

int clock_gettime(clockid_t clock, struct timespec* now) {
  REAL(clock_gettime);
  const int result = real(clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += offset();
  return result;
}

int gettimeofday(struct timeval* restrict now, void* restrict zone) {
  REAL(gettimeofday);
  const int result = real(now, zone);
  if (result == 0) now->tv_sec += offset();
  return result;
}

time_t time(time_t* out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != NULL) *out = now.tv_sec;
  return now.tv_sec;
}

static struct timespec right(const struct timespec* until) {
  struct timespec turned = *until;
  turned.tv_sec -= offset();
  return turned;
}

int pthread_cond_timedwait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex,
                           const struct timespec* restrict until) {
  static __typeof__(&pthread_cond_timedwait) real;
  if (real == NULL) real = (__typeof__(real))dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
  if (real == NULL) real = (__typeof__(real))dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  // One that is bound to the monotonic clock is told by its time: that is far from any time of day.
  if (until->tv_sec < 1000000000) return real(condition, mutex, until);
  const struct timespec turned = right(until);
  return real(condition, mutex, &turned);
}

int pthread_cond_clockwait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex, clockid_t clock,
                           const struct timespec* restrict until) {
  REAL(pthread_cond_clockwait);
  if (clock != CLOCK_REALTIME) return real(condition, mutex, clock, until);
  const struct timespec turned = right(until);
  return real(condition, mutex, clock, &turned);
}

int cnd_timedwait(cnd_t* restrict condition, mtx_t* restrict mutex, const struct timespec* restrict until) {
  REAL(cnd_timedwait);
  const struct timespec turned = right(until);
  return real(condition, mutex, &turned);
}

int timespec_get(struct timespec* now, int base) {
  if (base != TIME_UTC) return 0;
  return clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
}

int pthread_mutex_timedlock(pthread_mutex_t* restrict mutex, const struct timespec* restrict until) {
  REAL(pthread_mutex_timedlock);
  const struct timespec turned = right(until);
  return real(mutex, &turned);
}

int sem_timedwait(sem_t* restrict semaphore, const struct timespec* restrict until) {
  REAL(sem_timedwait);
  const struct timespec turned = right(until);
  return real(semaphore, &turned);
}
