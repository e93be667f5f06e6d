// Where finished files go. A put replaces the whole object or changes nothing; readers never see a part.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ntsp::archive {

// Thread-safe: several uploads run at once.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  // kRetry: outage, throttling, missing rights or bucket (a person can mend it while the archive waits).
  virtual Result<void> Put(const std::string& key, std::string_view bytes) = 0;
  virtual Result<bool> Exists(const std::string& key) = 0;
  // Keys below `prefix`, whole keys, in no order.
  virtual Result<std::vector<std::string>> List(const std::string& prefix) = 0;
  virtual Result<std::string> Get(const std::string& key) = 0;
  virtual Result<void> Remove(const std::string& key) = 0;
  // "s3://bucket/prefix" or "file:///dir": for messages and for the layout hash.
  virtual std::string Uri() const = 0;
};

}  // namespace ntsp::archive
