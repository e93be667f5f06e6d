#include "publish/redrive.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_text.h"
#include "base/utf8.h"

namespace ntsp::publish {
namespace {

// An open transaction keeps readers of the raw topic waiting, and the coordinator ends it after 15 seconds.
constexpr Duration kBatchAge = std::chrono::seconds(1);
constexpr size_t kLongestExample = 160;
constexpr size_t kLongestKind = 40;

// A name that can stand in the text beside the position.
std::string KindOf(const LetterFacts& facts) {
  const bool usable =
      !facts.kind.empty() && facts.kind.size() <= kLongestKind &&
      std::ranges::all_of(facts.kind, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  return usable ? std::string(facts.kind) : "unknown";
}

std::string Printable(std::string_view text) {
  std::string printable;
  AppendPrintable(printable, CutUtf8(text, kLongestExample));
  return printable;
}

std::string PlaceOf(const kafka::Message& letter) {
  return fmt::format("{}/{}/{}", letter.topic, letter.partition.value, letter.offset.value);
}

}  // namespace

Result<RedriveReport> Redrive::Run(int partitions) {
  began_ = parts_.clock.Now();
  std::vector<TopicPartition> all;
  for (int i = 0; i < partitions; ++i) {
    if (options_.partition.value_or(Partition{i}) == Partition{i}) {
      all.push_back({options_.dead_letter_topic, Partition{i}});
    }
  }
  if (all.empty()) {
    return Stop(fmt::format("--partition {}: {} has partitions 0 to {}", options_.partition->value,
                            options_.dead_letter_topic, partitions - 1));
  }
  NTSP_ASSIGN(const std::vector<kafka::Position> positions, parts_.log.Committed(all));
  for (const kafka::Position& position : positions) {
    if (!report_.interrupted) NTSP_TRY(RunPartition(position));
  }
  return report_;
}

Result<void> Redrive::RunPartition(const kafka::Position& position) {
  partition_ = position.partition;
  NTSP_ASSIGN(const kafka::PartitionState limits, parts_.log.Limits(partition_));
  const bool anew = options_.from_start || !position.offset;
  const Offset from = anew ? limits.low : std::max(limits.low, *position.offset);
  // A position behind the end is of an earlier topic of this name, as is the text beside it.
  const bool earlier = from > limits.high;
  const Offset start = earlier ? limits.low : from;
  NTSP_ASSIGN(progress_, RedriveProgress::Parse(start, anew || earlier ? "" : position.metadata));
  const auto read = parts_.log.Read(partition_, start, limits.high,
                                    [this](const kafka::Message& letter) { return Take(letter); });
  if (!read && !report_.interrupted) {
    if (open_) (void)parts_.transfer->Abort();
    return read;
  }
  return Commit();
}

Result<void> Redrive::Take(const kafka::Message& letter) {
  if (parts_.stop()) {
    report_.interrupted = true;
    return Stop("interrupted");
  }
  const std::vector<kafka::Header> headers = parts_.log.HeadersOf(letter);
  const LetterFacts facts = ReadLetter(headers);
  const std::string kind = KindOf(facts);
  RedriveReport::Kind& of = report_.kinds[kind];
  if (progress_->IsDone(kind, letter.offset)) {
    ++of.done;
  } else if (!IsSelected(letter, kind)) {
    ++of.left;
    progress_->Leave(kind, letter.offset);
    return {};
  } else if (const auto good = CheckLetter(facts); !good) {
    ++of.refused;
    Refuse(letter, kind, good.error().message);
    changed_ = true;
  } else {
    NTSP_TRY(Send(letter, headers));
    Note(letter, facts, of);
    changed_ = true;
  }
  progress_->Done(kind, letter.offset);
  const bool full = batch_messages_ >= options_.batch_messages || batch_bytes_ >= options_.batch_bytes ||
                    (open_ && parts_.clock.Now() - batch_began_ >= kBatchAge);
  return full ? Commit() : Result<void>();
}

bool Redrive::IsSelected(const kafka::Message& letter, const std::string& kind) const {
  return (options_.kinds.empty() || options_.kinds.contains(kind)) &&
         (!options_.since || letter.timestamp >= *options_.since) &&
         (!options_.until || letter.timestamp < *options_.until) &&
         options_.offset.value_or(letter.offset) == letter.offset;
}

Result<void> Redrive::Send(const kafka::Message& letter, std::span<const kafka::Header> headers) {
  if (parts_.transfer == nullptr) return {};
  NTSP_TRY(WaitForTurn());
  if (!open_) {
    NTSP_TRY(parts_.transfer->Begin());
    batch_began_ = parts_.clock.Now();
    open_ = true;
  }
  if (const auto taken = parts_.transfer->Produce(put_back_.Compose(letter, headers)); !taken) {
    open_ = false;
    const kafka::CommitReport aborted = parts_.transfer->Abort();
    // A producer that was fenced only tells that it is broken.
    return aborted.result == kafka::CommitResult::kAborted ? taken : Judge(aborted);
  }
  ++sent_;
  ++batch_messages_;
  batch_bytes_ += letter.value.value_or(std::string_view()).size();
  return {};
}

Result<void> Redrive::WaitForTurn() {
  if (options_.rate <= 0) return {};
  const Instant due =
      began_ + Duration(static_cast<int64_t>(static_cast<double>(sent_) / options_.rate * 1e9));
  // Not with an open transaction, unless it is a matter of a moment.
  if (due - parts_.clock.Now() > kBatchAge / 10) NTSP_TRY(Commit());
  while (parts_.clock.Now() < due && !parts_.stop()) parts_.pause(due - parts_.clock.Now());
  return {};
}

void Redrive::Refuse(const kafka::Message& letter, const std::string& kind, const std::string& why) {
  ++report_.refused;
  if (report_.refusals.size() >= options_.examples) return;
  report_.refusals.push_back(fmt::format("{} ({}): {}", PlaceOf(letter), kind, Printable(why)));
}

void Redrive::Note(const kafka::Message& letter, const LetterFacts& facts, RedriveReport::Kind& of) const {
  ++of.put_back;
  if (of.examples.size() >= options_.examples) return;
  of.examples.push_back(fmt::format("{} {} of {}, {} bytes: {}", PlaceOf(letter), ToText(letter.timestamp),
                                    Printable(facts.Source()), letter.value.value_or("").size(),
                                    Printable(facts.message)));
}

Result<void> Redrive::Commit() {
  if (parts_.transfer == nullptr || !changed_) return {};
  NTSP_ASSIGN(const std::string text, progress_->Text());
  if (!open_) NTSP_TRY(parts_.transfer->Begin());
  open_ = false;
  NTSP_TRY(Judge(parts_.transfer->Commit({{partition_, progress_->position(), text}})));
  report_.put_back += batch_messages_;
  batch_messages_ = batch_bytes_ = 0;
  changed_ = false;
  return {};
}

Result<void> Redrive::Judge(const kafka::CommitReport& ended) const {
  switch (ended.result) {
    case kafka::CommitResult::kDone:
      break;
    case kafka::CommitResult::kAborted:
      return Retry("Nothing of the last " + std::to_string(batch_messages_) + " letters was put back: " +
                   ended.reason + " Call it again: it goes on behind those that are back.");
    case kafka::CommitResult::kUnknown:
      return Retry("It is not known whether the last " + std::to_string(batch_messages_) +
                   " letters are back: " + ended.reason +
                   " Call it again: the broker knows, and no letter is put back twice.");
    case kafka::CommitResult::kFenced:
      return Stop("Another redrive of this group was started meanwhile, and this one ends: " + ended.reason);
    case kafka::CommitResult::kFatal:
      return Stop(ended.reason);
  }
  return {};
}

}  // namespace ntsp::publish
