// Reads the retention of topics from their configuration: at start and every few minutes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "watch/retention.h"

namespace ntsp::watch {

// "retention.ms" → "604800000", as kafka::Admin::TopicConfig gives it.
using TopicConfig = std::map<std::string, std::string>;

Retention ParseRetention(const TopicConfig& config);

// Has a thread of its own, as a broker may take its time to answer. Thread-safe.
class TopicRetention : public Retentions {
 public:
  using Read = std::function<Result<TopicConfig>(const std::string& topic)>;

  // `read` is called by the thread. What cannot be read (a missing topic or right, a broker that is away) is
  // tried again, and said once.
  TopicRetention(std::vector<std::string> topics, Read read,
                 std::chrono::milliseconds again = std::chrono::minutes(5),
                 std::chrono::milliseconds retry = std::chrono::seconds(20));
  // Returns at once: `read` is not called any more.
  void Stop() { thread_.request_stop(); }
  // Waits for the call of `read` that is under way.
  ~TopicRetention() override = default;

  std::optional<Retention> Of(const std::string& topic) const override;

 private:
  void Run(const std::stop_token& stop);
  bool ReadAll(const std::stop_token& stop);

  const std::vector<std::string> topics_;
  const Read read_;
  const std::chrono::milliseconds again_, retry_;
  bool told_ = false;  // of the thread
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::map<std::string, Retention> known_;  // guarded by mutex_
  std::jthread thread_;                     // last: uses all of the above
};

}  // namespace ntsp::watch
