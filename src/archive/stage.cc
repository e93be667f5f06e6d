#include "archive/stage.h"

#include <algorithm>

#include "observe/kafka_series.h"

namespace ntsp::archive {

Result<std::unique_ptr<ArchiveStage>> ArchiveStage::Make(Options options, Parts parts) {
  if (!options.store || !options.make_file)
    return ntsp::Stop("the archive has no object store or no file format");
  if (options.topics.empty()) return ntsp::Stop("the archive has no topics to read");
  if (options.workers < 1) return ntsp::Stop("ARCHIVE_WORKERS must be at least 1");
  return std::unique_ptr<ArchiveStage>(new ArchiveStage(std::move(options), std::move(parts)));
}

ArchiveStage::ArchiveStage(Options options, Parts parts)
    : options_(std::move(options)),
      parts_(std::move(parts)),
      events_(*parts_.metrics, *parts_.alerts),
      uploads_(options_.store, {.threads = options_.upload_threads}) {
  for (int i = 0; i < options_.workers; ++i) {
    Worker::Options worker;
    worker.index = i;
    worker.topics = options_.topics;
    worker.store_uri = options_.store->Uri();
    worker.prefix = options_.prefix;
    worker.max_bytes = options_.max_bytes;
    worker.max_age = options_.max_age;
    worker.memory_budget = options_.memory_budget;
    auto open_source = KafkaSource(
        options_.kafka, options_.group, options_.fetch_kilobytes,
        [series = std::make_shared<observe::KafkaSeries>(*parts_.metrics, "archive", "consumer", i)](
            const kafka::ClientStatistics& now) { series->Show(now); });
    watches_.push_back(std::make_unique<watch::PartitionWatch>(
        watch::Stage::kArchive, options_.stuck_after,
        watch::PartitionWatch::Parts{*parts_.metrics, *parts_.alerts, *parts_.clock, parts_.retentions,
                                     parts_.give_up}));
    workers_.push_back(std::make_unique<Worker>(
        std::move(worker), Worker::Parts{std::move(open_source), options_.make_file, &uploads_, &events_,
                                         parts_.clock, parts_.tracer, watches_.back().get()}));
  }
}

ArchiveStage::~ArchiveStage() {
  Stop(Instant{});
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void ArchiveStage::Start() {
  for (auto& worker : workers_) threads_.emplace_back([this, &worker] { RunWorker(*worker); });
}

void ArchiveStage::RunWorker(Worker& worker) {
  const auto ended = worker.Run();
  if (ended) return;
  events_.Failed("archive worker", ended.error());
  {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = ended.error();
  }
  if (parts_.on_failure) parts_.on_failure(ended.error());
}

void ArchiveStage::Stop(Instant deadline) {
  for (auto& worker : workers_) worker->Stop(deadline);
}

Result<void> ArchiveStage::Join() {
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  uploads_.Stop();
  const std::lock_guard lock(mutex_);
  if (error_) return Failure(*error_);
  return {};
}

bool ArchiveStage::joined() const {
  return std::any_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->joined(); });
}

std::string ArchiveStage::trouble() const {
  for (const auto& worker : workers_) {
    if (std::string trouble = worker->trouble(); !trouble.empty()) return trouble;
  }
  return "";
}

Instant ArchiveStage::oldest_step() const {
  Instant oldest = Instant::max();
  for (const auto& worker : workers_) oldest = std::min(oldest, worker->last_step());
  return oldest;
}

}  // namespace ntsp::archive
