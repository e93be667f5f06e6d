#include "archive/upload_pool.h"

#include <algorithm>

namespace ntsp::archive {

UploadPool::UploadPool(std::shared_ptr<ObjectStore> store, const Options& options)
    : store_(std::move(store)), options_(options) {
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { Run(); });
}

UploadPool::~UploadPool() {
  Stop();
}

JobId UploadPool::Start(std::variant<UploadJob, FindJob> job, std::shared_ptr<JobReports> to) {
  const std::lock_guard lock(mutex_);
  Job& added = jobs_.emplace_back();
  added.id = ++last_id_;
  added.work = std::move(job);
  added.to = std::move(to);
  wake_.notify_one();
  return added.id;
}

void UploadPool::Cancel(JobId id) {
  const std::lock_guard lock(mutex_);
  const auto job = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& j) { return j.id == id; });
  if (job == jobs_.end()) return;
  if (job->running) {
    job->cancelled = true;
  } else {
    jobs_.erase(job);
  }
}

size_t UploadPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return static_cast<size_t>(std::ranges::count_if(jobs_, [](const Job& job) { return !job.running; }));
}

void UploadPool::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::list<UploadPool::Job>::iterator UploadPool::NextDue() {
  auto best = jobs_.end();
  for (auto job = jobs_.begin(); job != jobs_.end(); ++job) {
    if (!job->running && (best == jobs_.end() || job->due < best->due)) best = job;
  }
  return best;
}

void UploadPool::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto job = NextDue();
    if (job == jobs_.end()) {
      wake_.wait(lock);
    } else if (job->due > clock_.Now()) {
      const Instant due = job->due;  // a copy: the job may be cancelled while this waits
      wake_.wait_until(lock, due);
    } else {
      job->running = true;
      lock.unlock();
      Attempt(*job);
      lock.lock();
      job->running = false;
      if (job->failures == 0 || job->cancelled) jobs_.erase(job);
    }
  }
}

// Runs without the lock, but for the end.
void UploadPool::Attempt(Job& job) {
  if (job.failures > 0) Post(job, JobRetried{job.id});
  std::string where;
  auto* const upload = std::get_if<UploadJob>(&job.work);
  auto done = upload != nullptr ? Upload(job, *upload, where) : Find(job, std::get<FindJob>(job.work), where);
  const int failures = done ? 0 : job.failures + 1;
  if (!done) Post(job, JobFailing{job.id, std::move(where), std::move(done).error()});
  const std::lock_guard lock(mutex_);
  job.failures = failures;
  job.due = clock_.Now() + Wait(job.failures);
}

Result<void> UploadPool::Upload(Job& job, UploadJob& work, std::string& where) {
  while (!work.objects.empty()) {
    const Object& object = work.objects.back();
    where = object.key;
    bool there = false;
    if (work.keep_existing) {
      NTSP_ASSIGN(there, store_->Exists(object.key));
    }
    const Instant begin = clock_.Now();
    if (!there) NTSP_TRY(store_->Put(object.key, object.bytes));
    const std::chrono::duration<double> took = clock_.Now() - begin;
    if (!Post(job, ObjectStored{job.id, object.key, object.bytes.size(), object.rows, took.count()}))
      return {};
    work.objects.pop_back();
  }
  Post(job, JobUploaded{job.id});
  return {};
}

Result<void> UploadPool::Find(Job& job, const FindJob& work, std::string& where) {
  JobFound found{job.id, {}};
  for (const std::string& prefix : work.prefixes) {
    where = prefix;
    NTSP_ASSIGN(const auto keys, store_->List(prefix));
    for (const std::string& key : keys) {
      auto name = ParseObjectKey(key);
      if (name && name->source == work.source) found.objects.push_back(*std::move(name));
    }
  }
  Post(job, std::move(found));
  return {};
}

bool UploadPool::Post(const Job& job, JobReport report) {
  const std::lock_guard lock(mutex_);
  if (job.cancelled || stopping_) return false;
  job.to->Post(std::move(report));
  return true;
}

Duration UploadPool::Wait(int failures) {
  const int doublings = std::min(failures, 30);
  const double longest = static_cast<double>(options_.longest_wait.count());
  const double wait =
      std::min(longest, static_cast<double>(options_.first_wait.count()) * (1L << doublings) / 2);
  return Duration(static_cast<int64_t>(wait * std::uniform_real_distribution(0.5, 1.0)(random_)));
}

}  // namespace ntsp::archive
