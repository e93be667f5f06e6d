// An object store in memory that is away on request.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "archive/object_store.h"

namespace ntsp::archive {

// Thread-safe.
class MemoryStore : public ObjectStore {
 public:
  std::atomic<bool> away = false;
  std::atomic<int> failures = 0;  // calls made while it was away
  std::atomic<int> puts = 0;      // puts that succeeded

  std::map<std::string, std::string> objects() const {
    const std::lock_guard lock(mutex_);
    return objects_;
  }

  Result<void> Put(const std::string& key, std::string_view bytes) override {
    NTSP_TRY(Reach());
    const std::lock_guard lock(mutex_);
    objects_[key] = bytes;
    ++puts;
    return {};
  }
  Result<bool> Exists(const std::string& key) override {
    NTSP_TRY(Reach());
    const std::lock_guard lock(mutex_);
    return objects_.contains(key);
  }
  Result<std::vector<std::string>> List(const std::string& prefix) override {
    NTSP_TRY(Reach());
    const std::lock_guard lock(mutex_);
    std::vector<std::string> keys;
    for (const auto& [key, bytes] : objects_) {
      if (key.starts_with(prefix)) keys.push_back(key);
    }
    return keys;
  }
  Result<std::string> Get(const std::string& key) override {
    NTSP_TRY(Reach());
    const std::lock_guard lock(mutex_);
    return objects_[key];
  }
  Result<void> Remove(const std::string& key) override {
    NTSP_TRY(Reach());
    const std::lock_guard lock(mutex_);
    objects_.erase(key);
    return {};
  }
  std::string Uri() const override { return "memory://store"; }

 private:
  Result<void> Reach() {
    if (!away) return {};
    ++failures;
    return Retry("the store is away");
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::string> objects_;  // guarded by mutex_
};

}  // namespace ntsp::archive
