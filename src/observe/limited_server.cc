#include "observe/limited_server.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace ntsp::observe {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kLook{100};

// One connection as httplib reads and writes it. Once a limit is reached, it looks closed.
class LimitedStream : public httplib::Stream {
 public:
  LimitedStream(socket_t socket, const RequestLimits& limits, const std::atomic<bool>& refuses)
      : socket_(socket),
        left_(limits.bytes),
        deadline_(steady_clock::now() + limits.time),
        refuses_(refuses) {}

  // Whether a request begins in time.
  bool Begins(milliseconds limit) const { return WaitToRead(steady_clock::now() + limit); }
  bool is_readable() const override { return next_ < held_ || WaitToRead(deadline_); }
  bool is_writable() const override { return Wait(POLLOUT, deadline_); }

  // httplib asks for single bytes: what has come is handed out of a buffer.
  ssize_t read(char* out, size_t size) override {
    if (next_ == held_ && !Fill()) return -1;
    const size_t count = std::min(size, held_ - next_);
    std::copy_n(buffer_.begin() + static_cast<ptrdiff_t>(next_), count, out);
    next_ += count;
    return static_cast<ssize_t>(count);
  }

  ssize_t write(const char* data, size_t size) override {
    return is_writable() ? ::send(socket_, data, size, MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
  }

  // Nobody is told the addresses.
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return socket_; }

 private:
  bool Fill() {
    if (left_ == 0 || !WaitToRead(deadline_)) return false;
    const ssize_t count = ::recv(socket_, buffer_.data(), std::min(buffer_.size(), left_), MSG_DONTWAIT);
    if (count <= 0) return false;
    next_ = 0;
    held_ = static_cast<size_t>(count);
    left_ -= held_;
    return true;
  }

  // In short looks, so that a stop need not wait for a client that says nothing.
  bool WaitToRead(steady_clock::time_point until) const {
    while (!refuses_ && steady_clock::now() < until) {
      if (Wait(POLLIN, std::min(until, steady_clock::now() + kLook))) return true;
    }
    return false;
  }

  bool Wait(short what, steady_clock::time_point until) const {
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
    if (left <= milliseconds(0)) return false;
    pollfd asked{socket_, what, 0};
    return ::poll(&asked, 1, static_cast<int>(left.count())) > 0;
  }

  const socket_t socket_;
  size_t left_;  // bytes that may still be read
  const steady_clock::time_point deadline_;
  const std::atomic<bool>& refuses_;
  std::array<char, 4096> buffer_{};
  size_t next_ = 0, held_ = 0;  // within buffer_
};

}  // namespace

bool LimitedServer::process_and_close_socket(socket_t socket) {
  bool answered = false;
  {
    LimitedStream stream(socket, limits_, refuses_);
    bool closed = false;
    answered =
        stream.Begins(limits_.idle) && process_request(stream, /*close_connection=*/true, closed, nullptr);
  }
  ::shutdown(socket, SHUT_RDWR);
  ::close(socket);
  return answered;
}

BoundedPool::BoundedPool(size_t threads, size_t waiting) : most_(waiting) {
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

// Called by the thread that accepts connections: while it waits here, it accepts none.
void BoundedPool::enqueue(std::function<void()> job) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return jobs_.size() < most_; });
  jobs_.push_back(std::move(job));
  changed_.notify_all();
}

// What was taken in is still served.
void BoundedPool::shutdown() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void BoundedPool::Work() {
  for (;;) {
    std::function<void()> job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    changed_.notify_all();
    job();
  }
}

}  // namespace ntsp::observe
