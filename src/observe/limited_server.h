// httplib's server with limits that it has not: of the bytes and the time of a whole request, and of the
// connections that are taken in. Without them, a client that sends a byte a second holds a thread for ever, a
// line without end fills the memory, and connections take all descriptors, those of the brokers included.
// Only for .cc files of this folder.
#pragma once

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ntsp::observe {

struct RequestLimits {
  size_t bytes = 32 * 1024;               // of request line, headers and body together
  std::chrono::milliseconds idle{1'000};  // until the first byte of a request
  std::chrono::milliseconds time{5'000};  // until the end of its answer
};

class LimitedServer : public httplib::Server {
 public:
  explicit LimitedServer(RequestLimits limits = {}) : limits_(limits) {}

  // Nothing is read any more; what is being answered still is. Thread-safe.
  void RefuseRequests() { refuses_ = true; }

 private:
  // Serves one request, and closes the connection. False if there was none that could be answered.
  bool process_and_close_socket(socket_t socket) override;

  const RequestLimits limits_;
  std::atomic<bool> refuses_ = false;
};

// Threads that serve connections. While as many wait as it holds, further ones stay with the kernel.
class BoundedPool : public httplib::TaskQueue {
 public:
  BoundedPool(size_t threads, size_t waiting);

  void enqueue(std::function<void()> job) override;
  void shutdown() override;

 private:
  void Work();

  const size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;  // guarded by mutex_
  bool stopping_ = false;                   // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace ntsp::observe
