#include "archive/worker.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace ntsp::archive {
namespace {

constexpr Duration kShowEvery = std::chrono::seconds(1);
// Pressure ends below this share of the budget, so that partitions are not paused and resumed at every step.
constexpr double kRelief = 0.8;

}  // namespace

Worker::Worker(Options options, Parts parts)
    : options_(std::move(options)),
      parts_(std::move(parts)),
      fetched_(parts_.events->metrics(), observe::Holder::kTableMessages),
      windows_(parts_.events->metrics(), observe::Holder::kWindows),
      uploads_(parts_.events->metrics(), observe::Holder::kUploads) {
  shared_.uploads = parts_.uploads;
  shared_.reports = std::make_shared<JobReports>();
  shared_.make_file = parts_.make_file;
  shared_.events = parts_.events;
  shared_.clock = parts_.clock;
  shared_.tracer = parts_.tracer;
  shared_.prefix = options_.prefix;
}

Worker::~Worker() {
  CloseSource();
}

// ---- the loop

Result<void> Worker::Run() {
  Result<void> stepped;
  while (stepped && !StopIsDone()) stepped = Step();
  CloseSource();
  return stepped;
}

Result<void> Worker::Step() {
  last_step_ = parts_.clock->Now().time_since_epoch().count();
  if (!source_) NTSP_TRY(OpenSource());
  Poll();
  HearReports();
  for (auto& [partition, writer] : writers_) {
    writer->Tick();
    if (stopping_) writer->Shutdown();
  }
  ControlMemory();
  if (shared_.failure) return Failure(*shared_.failure);
  // I7: the membership ends, and with it the chance that a stray commit is taken.
  if (shared_.rejoin) CloseSource();
  Watch();
  ShowState();
  return {};
}

void Worker::Stop(Instant deadline) {
  stop_deadline_ = deadline.time_since_epoch().count();
  stopping_ = true;
}

bool Worker::StopIsDone() const {
  if (!stopping_) return false;
  if (parts_.clock->Now().time_since_epoch().count() >= stop_deadline_) return true;
  return std::all_of(writers_.begin(), writers_.end(),
                     [](const auto& entry) { return entry.second->protocol().Settled(); });
}

// ---- reading

Result<void> Worker::OpenSource() {
  NTSP_ASSIGN(source_, parts_.open_source());
  shared_.source = source_.get();
  shared_.rejoin = false;
  std::vector<std::string> topics;
  for (const auto& [topic, table] : options_.topics) topics.push_back(topic);
  parts_.watch->Joining();
  return source_->Subscribe(topics, *this);
}

void Worker::CloseSource() {
  if (!source_) return;
  source_->Close();
  // Nothing survives the membership, even if the broker could not be told that it ended.
  last_found_ = nullptr;
  writers_.clear();
  source_.reset();
  shared_.source = nullptr;
}

void Worker::Poll() {
  kafka::Polled polled;
  const auto result = source_->Poll(options_.poll_wait, options_.poll_most, polled);
  if (!result && result.error().kind == ErrorKind::kStop) shared_.failure = result.error();
  if (!result) {
    parts_.events->BrokerFailing("poll", result.error());
    trouble_.Set(result.error().message);
  } else if (joined_) {
    trouble_.Set("");
  }
  for (auto& [partition, writer] : writers_) writer->BeginBatch();
  for (const kafka::OutOfRange& lost : polled.out_of_range) {
    if (auto* writer = Find(lost.partition.topic, lost.partition.partition)) writer->OutOfRange();
  }
  parts_.watch->Read(polled.messages, polled.ends);
  for (const kafka::Message& message : polled.messages) {
    if (auto* writer = Find(message.topic, message.partition)) writer->Take(message);
  }
  parts_.events->MessagesRead(polled.messages.size());
}

PartitionWriter* Worker::Find(std::string_view topic, Partition partition) {
  // Messages of a partition come in runs.
  if (last_found_ != nullptr && last_found_->partition().partition == partition &&
      last_found_->partition().topic == topic) {
    return last_found_;
  }
  const auto found = writers_.find(TopicPartition{std::string(topic), partition});
  if (found == writers_.end()) return nullptr;
  return last_found_ = found->second.get();
}

// ---- rebalance

std::vector<kafka::Position> Worker::OnAssigned(const std::vector<TopicPartition>& partitions) {
  joined_ = true;
  parts_.events->Rebalanced("assigned");
  if (partitions.empty()) {
    parts_.watch->Assigned(partitions, {});
    return {};
  }
  auto committed = source_->Committed(partitions, options_.committed_timeout);
  if (!committed) {
    // Without the plans nothing may be read; a new membership asks again.
    parts_.events->BrokerFailing("committed offsets", committed.error());
    shared_.rejoin = true;
    return {};
  }
  parts_.watch->Assigned(partitions, *committed);
  std::vector<kafka::Position> start;
  for (kafka::Position& position : *committed) {
    const auto topic = options_.topics.find(position.partition.topic);
    if (topic == options_.topics.end()) continue;
    auto& writer = writers_[position.partition];
    writer = std::make_unique<PartitionWriter>(shared_, position.partition, ProtocolOptions(topic->second));
    writer->Assigned({position.offset, position.metadata});
    parts_.events->Assigned(position.partition,
                            position.offset ? std::to_string(position.offset->value) : "beginning");
    if (position.offset) start.push_back(std::move(position));
  }
  last_found_ = nullptr;
  return start;
}

void Worker::OnRevoked(const std::vector<TopicPartition>& partitions, bool lost) {
  last_found_ = nullptr;
  parts_.watch->Revoked(partitions);
  parts_.events->Rebalanced(lost ? "lost" : "revoked");
  for (const TopicPartition& partition : partitions) {
    // I6: the window goes, and with it everything that could commit for this partition.
    if (writers_.erase(partition) > 0) parts_.events->Revoked(partition, lost);
  }
}

Protocol::Options Worker::ProtocolOptions(Table table) const {
  Protocol::Options options;
  options.max_bytes = options_.max_bytes;
  options.max_age = options_.max_age;
  options.layout = Layout{options_.store_uri, options_.prefix, table};
  return options;
}

// ---- the store's answers

void Worker::HearReports() {
  for (const JobReport& report : shared_.reports->Take()) {
    shared_.store_heard = parts_.clock->Now();
    if (const auto* stored = std::get_if<ObjectStored>(&report)) {
      parts_.events->ObjectStored({parts_.clock->WallTime(), stored->key, stored->rows, stored->bytes},
                                  stored->seconds);
    } else if (const auto* failing = std::get_if<JobFailing>(&report)) {
      parts_.events->StoreFailing(failing->where, failing->error);
    } else if (std::holds_alternative<JobRetried>(report)) {
      parts_.events->StoreRetried();
    } else {
      parts_.events->StoreWorks();
    }
    for (auto& [partition, writer] : writers_) {
      if (writer->Heard(report)) break;
    }
  }
}

// ---- memory

uint64_t Worker::Memory() const {
  uint64_t sum = 0;
  for (const auto& [partition, writer] : writers_) sum += writer->memory();
  return sum;
}

uint64_t Worker::WindowMemory() const {
  uint64_t sum = 0;
  for (const auto& [partition, writer] : writers_) sum += writer->window_memory();
  return sum;
}

PartitionWriter* Worker::LargestToFlush() {
  PartitionWriter* largest = nullptr;
  for (auto& [partition, writer] : writers_) {
    if (!writer->protocol().CanFlush()) continue;
    if (largest == nullptr || writer->window_memory() > largest->window_memory()) largest = writer.get();
  }
  return largest;
}

PartitionWriter* Worker::LargestRedo() {
  PartitionWriter* largest = nullptr;
  for (auto& [partition, writer] : writers_) {
    if (!writer->protocol().redoing()) continue;
    if (largest == nullptr || writer->window_memory() > largest->window_memory()) largest = writer.get();
  }
  return largest;
}

// Windows that are being redone cannot be closed early. Together they may be larger than the budget: they
// were planned one after the other, or by several processes. All but the largest are read again later.
void Worker::GiveBackRedos(const PartitionWriter* keep, uint64_t limit) {
  for (auto& [partition, writer] : writers_) {
    if (writer.get() == keep || !writer->protocol().CanGiveBack()) continue;
    if (Memory() <= limit || shared_.rejoin || shared_.failure) return;
    writer->GiveBack();
  }
}

// 1. the largest windows are closed until the others fit into the budget
// 2. what is being stored counts too: while all together is too much, nothing is read
void Worker::ControlMemory() {
  // Both ends use the same limit: were it lower for pressure alone, windows just below the budget would
  // neither be closed nor go on.
  const auto limit =
      static_cast<uint64_t>(static_cast<double>(options_.memory_budget) * (pressure_ ? kRelief : 1));
  while (WindowMemory() > limit && !shared_.rejoin && !shared_.failure) {
    PartitionWriter* const largest = LargestToFlush();
    if (largest == nullptr) break;
    largest->Flush();
  }
  PartitionWriter* const redo = LargestRedo();
  GiveBackRedos(redo, limit);
  const uint64_t used = Memory();
  const bool pressure = used > limit;
  if (pressure != pressure_) parts_.events->PressureChanged(pressure, used, options_.memory_budget);
  pressure_ = pressure;
  // When no upload will make room, a redo must: it goes on to its end, alone.
  const bool stuck = used == WindowMemory();
  for (auto& [partition, writer] : writers_) {
    writer->Pressure(pressure_ && !(stuck && writer.get() == redo));
  }
}

// ---- what people see

void Worker::Watch() {
  if (!source_ || stopping_) return;
  const bool rejoin = parts_.watch->MustRejoin([this](watch::Standing& standing) { Complete(standing); },
                                               [this](const TopicPartition& partition) {
                                                 return source_->Limits(partition, std::chrono::seconds(5));
                                               });
  if (rejoin) CloseSource();
}

void Worker::Complete(watch::Standing& standing) {
  if (const auto limits = source_->CachedLimits(standing.partition)) {
    standing.low = limits->low;
    standing.high = limits->high;
  }
  const auto writer = writers_.find(standing.partition);
  if (writer == writers_.end()) return;
  const Protocol& protocol = writer->second->protocol();
  standing.settled = protocol.archived();
  standing.oldest = protocol.oldest();
  standing.due = protocol.HasToAct(parts_.clock->Now());
  standing.waits = writer->second->WaitsForStore();
}

void Worker::ShowState() {
  const Instant now = parts_.clock->Now();
  if (now - shown_ < kShowEvery) return;
  shown_ = now;
  size_t open = 0;
  for (const auto& [partition, writer] : writers_) {
    if (writer->protocol().oldest().has_value()) ++open;
    const auto limits = source_ ? source_->CachedLimits(partition) : std::nullopt;
    const auto position = writer->protocol().archived();
    if (!limits || !position) continue;
    parts_.events->PartitionState(partition, std::max<int64_t>(0, limits->high.value - position->value));
  }
  parts_.events->WorkerState(options_.index, open);
  parts_.events->UploadsWait(parts_.uploads->waiting());
  fetched_.Is(source_ ? source_->FetchedBytes() : 0);
  windows_.Is(WindowMemory());
  uploads_.Is(Memory() - WindowMemory());
}

}  // namespace ntsp::archive
