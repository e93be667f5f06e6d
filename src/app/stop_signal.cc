#include "app/stop_signal.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>

#include "app/exit_code.h"

namespace ntsp::app {
namespace {

// Handlers can reach nothing but globals.
std::atomic<int> g_count{0};
std::array<int, 2> g_pipe = {-1, -1};

static_assert(std::atomic<int>::is_always_lock_free);

// Calls only what is async-signal-safe.
void OnSignal(int) {
  if (g_count.fetch_add(1) > 0) _exit(kFailed);
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(g_pipe[1], &byte, 1);
}

void Handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, nullptr);
}

}  // namespace

StopSignal::StopSignal() {
  g_count = 0;
  // Without the pipe WaitFor still ends after its time, and Asked is right.
  if (pipe2(g_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) g_pipe = {-1, -1};
  Handle(SIGPIPE, SIG_IGN);
  Handle(SIGTERM, OnSignal);
  Handle(SIGINT, OnSignal);
}

StopSignal::~StopSignal() {
  Handle(SIGTERM, SIG_DFL);
  Handle(SIGINT, SIG_DFL);
  for (int& end : g_pipe) {
    if (end >= 0) close(end);
    end = -1;
  }
}

bool StopSignal::Asked() const {
  return g_count > 0;
}

bool StopSignal::WaitFor(std::chrono::milliseconds wait) const {
  // The byte stays in the pipe, so every wait after the signal returns at once.
  pollfd readable = {g_pipe[0], POLLIN, 0};
  if (!Asked()) poll(&readable, 1, static_cast<int>(wait.count()));
  return Asked();
}

}  // namespace ntsp::app
