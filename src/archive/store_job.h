// What the upload pool does for the workers, and what it tells them.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "archive/object_key.h"
#include "archive/window.h"
#include "base/result.h"

namespace ntsp::archive {

using JobId = uint64_t;

// Put every object.
struct UploadJob {
  std::vector<Object> objects;
  bool keep_existing = false;  // leave alone what is there already
};

// List the objects below the prefixes that are made of this partition.
struct FindJob {
  TopicPartition source;
  std::vector<std::string> prefixes;
};

struct JobUploaded {
  JobId id;
};
struct ObjectStored {
  JobId id;
  std::string key;
  uint64_t bytes, rows;
  double seconds;
};
struct JobFound {
  JobId id;
  std::vector<ObjectName> objects;
};
// An attempt failed; the pool goes on trying.
struct JobFailing {
  JobId id;
  std::string where;  // key or prefix
  Error error;
};
// It tries again.
struct JobRetried {
  JobId id;
};
using JobReport = std::variant<JobUploaded, ObjectStored, JobFound, JobFailing, JobRetried>;

// Where the pool leaves its reports for one worker. Thread-safe.
class JobReports {
 public:
  void Post(JobReport report) {
    const std::lock_guard lock(mutex_);
    reports_.push_back(std::move(report));
  }
  std::vector<JobReport> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(reports_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<JobReport> reports_;  // guarded by mutex_
};

}  // namespace ntsp::archive
