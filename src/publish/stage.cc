#include "publish/stage.h"

#include <algorithm>
#include <condition_variable>

#include "base/log.h"
#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "observe/kafka_series.h"
#include "publish/worker.h"

namespace ntsp::publish {
namespace {

constexpr const char* kComponent = "normalize";
constexpr std::chrono::seconds kTopicInterval{2};
constexpr std::chrono::milliseconds kHealthInterval{200};

}  // namespace

NormalizeStage::NormalizeStage(Options options, const Parts& parts)
    : options_(std::move(options)),
      parts_(parts),
      watches_(options_.watch, parts_.alerts),
      statuses_(static_cast<size_t>(std::max(1, options_.workers))) {
  parts_.health.Register(kComponent, observe::Role::kRequired);
}

NormalizeStage::~NormalizeStage() {
  Stop();
  if (supervisor_.joinable()) supervisor_.join();
}

void NormalizeStage::Start(std::function<void()> on_end) {
  on_end_ = std::move(on_end);
  supervisor_ = std::thread([this] { Supervise(); });
}

void NormalizeStage::Stop() {
  stop_.request_stop();
}

Result<void> NormalizeStage::Join() {
  if (supervisor_.joinable()) supervisor_.join();
  const std::lock_guard lock(mutex_);
  if (error_) return Failure(*error_);
  return {};
}

void NormalizeStage::Supervise() {
  if (const auto limits = PrepareTopics()) RunWorkers(*limits);
  parts_.health.Set(kComponent, false, "stopped");
  if (on_end_) on_end_();
}

// Nothing if the stage is to stop.
std::optional<TopicLimits> NormalizeStage::PrepareTopics() {
  while (!stop_.stop_requested()) {
    const Result<TopicLimits> limits = TryTopics();
    if (limits) return *limits;
    if (limits.error().kind != ErrorKind::kRetry) {
      Fail(limits.error());
      return std::nullopt;
    }
    log::Warn("normalize-waits", limits.error().message);
    parts_.health.Set(kComponent, false, limits.error().message);
    Wait(kTopicInterval);
  }
  return std::nullopt;
}

Result<TopicLimits> NormalizeStage::TryTopics() {
  NTSP_ASSIGN(auto admin, kafka::Admin::Open(options_.client));
  KafkaCluster cluster(std::move(admin));
  return TopicSetup(options_, cluster).Prepare();
}

void NormalizeStage::RunWorkers(const TopicLimits& limits) {
  std::vector<std::jthread> threads;
  for (int number = 0; number < static_cast<int>(statuses_.size()); ++number) {
    threads.emplace_back([this, number, limits] {
      if (const Result<void> done = RunWorker(number, limits); !done) Fail(done.error());
    });
  }
  do {
    ReportHealth();
  } while (Wait(kHealthInterval));
}

Result<void> NormalizeStage::RunWorker(int number, const TopicLimits& limits) {
  // A jump to the beginning, or to the end, without a word would be a loss that nobody sees.
  NTSP_ASSIGN(const auto source,
              KafkaSource::Open(options_.client, {.group = options_.group,
                                                  .fail_when_out_of_range = true,
                                                  .fetch_kilobytes = options_.fetch_kilobytes,
                                                  .on_statistics = Statistics("consumer", number)}));
  NTSP_ASSIGN(const auto producer, OpenProducer(number, limits));
  Events events(parts_.metrics, parts_.alerts, parts_.clock, drop_paths_, parts_.tracer, &watches_, &recent_);
  watch::PartitionWatch watch(
      watch::Stage::kPublish, options_.stuck_after,
      {parts_.metrics, parts_.alerts, parts_.clock, parts_.retentions, parts_.give_up});
  Worker worker(options_, number, limits.dead_letter_bytes,
                {*source, *producer, events, parts_.clock, statuses_[static_cast<size_t>(number)], watch});
  return worker.Run(stop_.get_token());
}

kafka::StatisticsListener NormalizeStage::Statistics(const char* client, int number) {
  auto series = std::make_shared<observe::KafkaSeries>(parts_.metrics, kComponent, client, number);
  return [series](const kafka::ClientStatistics& now) { series->Show(now); };
}

Result<std::unique_ptr<kafka::Producer>> NormalizeStage::OpenProducer(int number, const TopicLimits& limits) {
  kafka::ProducerOptions options;
  options.message_max_bytes = std::max(options_.max_message_bytes, limits.dead_letter_bytes);
  // A message larger than the queue would wait for room for ever.
  options.on_statistics = Statistics("producer", number);
  options.queue_kilobytes = std::max(options_.send_kilobytes, 4 * options.message_max_bytes / 1024);
  if (options_.delivery == Delivery::kAtLeastOnce)
    return kafka::OpenIdempotentProducer(options_.client, options);
  options.transactional_id = TransactionalId(options_, number);
  return kafka::OpenTransactionalProducer(options_.client, options,
                                          [this] { return !stop_.stop_requested(); });
}

void NormalizeStage::ReportHealth() {
  const bool joined = std::ranges::all_of(statuses_, [](const auto& s) { return s.joined.load(); });
  const bool reachable = std::ranges::all_of(statuses_, [](const auto& s) { return s.reachable.load(); });
  const char* text = !joined      ? "joining the consumer group "
                     : !reachable ? "no broker answers "
                                  : "working in group ";
  parts_.health.Set(kComponent, joined && reachable,
                    text + options_.group + (joined && reachable ? "" : Trouble()));
}

// ": " and the first that a worker has met; empty if there is none.
std::string NormalizeStage::Trouble() const {
  for (const WorkerStatus& status : statuses_) {
    if (std::string trouble = status.trouble.Get(); !trouble.empty()) return ": " + trouble;
  }
  return "";
}

// A worker that is asked to stop while it still waits for the broker has not failed.
void NormalizeStage::Fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (stop_.stop_requested() && !error_) return;
  if (!error_) {
    log::Error("normalize-failed", error.message);
    error_ = std::move(error);
  }
  stop_.request_stop();
}

// False if it ended early because the stage is to stop.
bool NormalizeStage::Wait(Duration time) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any().wait_for(lock, stop_.get_token(), time, [] { return false; });
  return !stop_.stop_requested();
}

}  // namespace ntsp::publish
