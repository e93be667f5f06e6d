#include "watch/topic_retention.h"

#include <charconv>

#include "base/log.h"

namespace ntsp::watch {
namespace {

// Absent also for -1: no limit.
std::optional<int64_t> Limit(const TopicConfig& config, const char* name) {
  const auto found = config.find(name);
  if (found == config.end()) return std::nullopt;
  const std::string& text = found->second;
  int64_t value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value < 0 ? std::nullopt : std::optional(value);
}

// "delete" or "compact,delete": one that is only compacted keeps the last message of each key for ever.
bool Deletes(const TopicConfig& config) {
  const auto policy = config.find("cleanup.policy");
  return policy == config.end() || policy->second.find("delete") != std::string::npos;
}

}  // namespace

Retention ParseRetention(const TopicConfig& config) {
  Retention retention;
  if (!Deletes(config)) return retention;
  if (const auto millis = Limit(config, "retention.ms")) retention.time = std::chrono::milliseconds(*millis);
  retention.bytes = Limit(config, "retention.bytes");
  return retention;
}

TopicRetention::TopicRetention(std::vector<std::string> topics, Read read, std::chrono::milliseconds again,
                               std::chrono::milliseconds retry)
    : topics_(std::move(topics)),
      read_(std::move(read)),
      again_(again),
      retry_(retry),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

std::optional<Retention> TopicRetention::Of(const std::string& topic) const {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(topic);
  return found == known_.end() ? std::nullopt : std::optional(found->second);
}

void TopicRetention::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto pause = ReadAll(stop) ? again_ : retry_;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, pause, [] { return false; });
  }
}

bool TopicRetention::ReadAll(const std::stop_token& stop) {
  for (const std::string& topic : topics_) {
    if (stop.stop_requested()) return true;
    const auto config = read_(topic);
    if (!config) {
      if (!std::exchange(told_, true))
        log::Info("retention-unknown", config.error().message, {{"topic", topic}});
      return false;
    }
    const std::lock_guard lock(mutex_);
    known_[topic] = ParseRetention(*config);
  }
  return true;
}

}  // namespace ntsp::watch
