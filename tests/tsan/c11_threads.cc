// C's threads as POSIX's. The thread sanitizer knows only the latter: a thread that librdkafka starts with
// thrd_create crashes in it, and what mtx_lock protects looks unprotected. In the preset `tsan` this library
// stands before libc, whose types are the same for both.
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <cstdint>
#include <memory>

namespace {

struct Work {
  thrd_start_t run;
  void* argument;
};

void* Run(void* given) {
  const std::unique_ptr<Work> work(static_cast<Work*>(given));
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(work->run(work->argument)));
}

int Answer(int error) {
  switch (error) {
    case 0:
      return thrd_success;
    case EBUSY:
      return thrd_busy;
    case ETIMEDOUT:
      return thrd_timedout;
    case ENOMEM:
    case EAGAIN:
      return thrd_nomem;
  }
  return thrd_error;
}

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) && sizeof(cnd_t) == sizeof(pthread_cond_t));
static_assert(sizeof(once_flag) == sizeof(pthread_once_t));

pthread_mutex_t* Of(mtx_t* mutex) {
  return reinterpret_cast<pthread_mutex_t*>(mutex);
}
pthread_cond_t* Of(cnd_t* condition) {
  return reinterpret_cast<pthread_cond_t*>(condition);
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t run, void* argument) {
  auto work = std::make_unique<Work>(Work{run, argument});
  const int error = pthread_create(thread, nullptr, &Run, work.get());
  if (error == 0) (void)work.release();
  return Answer(error);
}

int thrd_join(thrd_t thread, int* result) {
  void* returned = nullptr;
  const int error = pthread_join(thread, &returned);
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(returned));
  return Answer(error);
}

int thrd_detach(thrd_t thread) {
  return Answer(pthread_detach(thread));
}

int mtx_init(mtx_t* mutex, int type) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  if ((type & mtx_recursive) != 0) pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  const int error = pthread_mutex_init(Of(mutex), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return Answer(error);
}

void mtx_destroy(mtx_t* mutex) {
  pthread_mutex_destroy(Of(mutex));
}
int mtx_lock(mtx_t* mutex) {
  return Answer(pthread_mutex_lock(Of(mutex)));
}
int mtx_trylock(mtx_t* mutex) {
  return Answer(pthread_mutex_trylock(Of(mutex)));
}
int mtx_unlock(mtx_t* mutex) {
  return Answer(pthread_mutex_unlock(Of(mutex)));
}

int cnd_init(cnd_t* condition) {
  return Answer(pthread_cond_init(Of(condition), nullptr));
}
void cnd_destroy(cnd_t* condition) {
  pthread_cond_destroy(Of(condition));
}
int cnd_signal(cnd_t* condition) {
  return Answer(pthread_cond_signal(Of(condition)));
}
int cnd_broadcast(cnd_t* condition) {
  return Answer(pthread_cond_broadcast(Of(condition)));
}
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  return Answer(pthread_cond_wait(Of(condition), Of(mutex)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
  return Answer(pthread_cond_timedwait(Of(condition), Of(mutex), until));
}

void call_once(once_flag* flag, void (*run)(void)) {
  pthread_once(reinterpret_cast<pthread_once_t*>(flag), run);
}
}
