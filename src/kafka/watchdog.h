// Ends the process when a step hangs: librdkafka's calls on offsets and transactions can wait for ever while
// a broker leaves (its #5456 and #5511, open in every version). A crash is always safe here, waiting is not:
// nobody would notice.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace ntsp::kafka {

// Thread-safe. One thread of the process watches; it starts with the first Scope.
class Watchdog {
 public:
  inline static constexpr int kExitCode = 70;

  // A step that must not outlive the limit. `name` must outlive the scope: a literal.
  class Scope {
   public:
    explicit Scope(const char* name);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    const uint64_t id_;
  };

  // For the liveness probe: true between the log line and the end.
  static bool Fired();
  // Called in the watchdog's thread after the log line, before the end: for an alert. While it runs the
  // process lives.
  static void BeforeExit(std::function<void(const char* step)> hook);
  // 60 s unless set; for scopes that begin later.
  static void SetLimit(std::chrono::milliseconds limit);
};

}  // namespace ntsp::kafka
