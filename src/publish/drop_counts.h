// Counts of what was recognised and yields nothing, by kind and path. Paths come from outside, so at most
// kMostPaths of them become series of their own, by their first 128 bytes; the rest is counted as "other".
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "model/verdict.h"
#include "observe/metrics.h"

namespace ntsp::publish {

// Which paths have a series, for all workers of the process together. Thread-safe.
class PathLimit {
 public:
  static constexpr size_t kMostPaths = 200;

  // True if the path has a series or gets one now.
  bool Admit(std::string_view path);

 private:
  std::mutex mutex_;
  std::unordered_set<std::string> paths_;  // guarded by mutex_
};

// Belongs to one worker; `metrics` and `limit` must outlive it.
class DropCounts {
 public:
  DropCounts(observe::Metrics& metrics, PathLimit& limit) : metrics_(metrics), limit_(limit) {}

  void Count(DropKind kind, std::string_view path);
  // What was counted since the last call becomes visible, or is forgotten.
  void Commit();
  void Discard();

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  struct Series {
    observe::Counter* counter;
    uint64_t pending = 0;
  };
  using ByPath = std::unordered_map<std::string, Series, Hash, std::equal_to<>>;

  Series& Find(DropKind kind, std::string_view path);
  Series& Add(DropKind kind, std::string_view path);

  observe::Metrics& metrics_;
  PathLimit& limit_;
  ByPath by_path_[kDropKindCount];
};

}  // namespace ntsp::publish
