// The threads that talk to the object store, for all archive workers, so that no polling thread ever waits
// for it. A job is tried until it succeeds or is cancelled, whatever the error: the rows are safe in Kafka,
// and a person can mend rights and buckets meanwhile. A job that waits for its next try holds no thread, and
// an object's bytes are freed as soon as it is stored.
#pragma once

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <variant>
#include <vector>

#include "archive/object_store.h"
#include "archive/store_job.h"
#include "base/clock.h"

namespace ntsp::archive {

// Thread-safe.
class UploadPool {
 public:
  struct Options {
    int threads = 4;
    Duration first_wait = std::chrono::milliseconds(250);  // doubled from try to try, with jitter
    Duration longest_wait = std::chrono::seconds(60);
  };

  // Starts the threads.
  UploadPool(std::shared_ptr<ObjectStore> store, const Options& options);
  // Cancels everything and waits for the calls into the store that are under way.
  ~UploadPool();

  // The reports are posted to `to` and carry the id that is returned.
  JobId Start(std::variant<UploadJob, FindJob> job, std::shared_ptr<JobReports> to);
  // The job is not tried again and reports nothing more. A put that is under way goes on: it is one that the
  // plan allows, whoever owns the partition by then.
  void Cancel(JobId id);

  // Jobs that nobody works on now.
  size_t waiting() const;

  // Ends without finishing the jobs. Reports nothing more. Idempotent.
  void Stop();

 private:
  struct Job {
    JobId id;
    std::variant<UploadJob, FindJob> work;
    std::shared_ptr<JobReports> to;
    Instant due{};
    int failures = 0;
    bool running = false, cancelled = false;
  };

  void Run();
  void Attempt(Job& job);
  Result<void> Upload(Job& job, UploadJob& work, std::string& where);
  Result<void> Find(Job& job, const FindJob& work, std::string& where);
  // False: nobody waits for the job any more.
  bool Post(const Job& job, JobReport report);
  std::list<Job>::iterator NextDue();
  Duration Wait(int failures);

  const std::shared_ptr<ObjectStore> store_;
  const Options options_;
  const SystemClock clock_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  // Below: guarded by mutex_, but `work` of a running job belongs to the thread that runs it.
  std::list<Job> jobs_;
  JobId last_id_ = 0;
  bool stopping_ = false;
  std::minstd_rand random_{std::random_device{}()};

  std::vector<std::thread> threads_;
};

}  // namespace ntsp::archive
