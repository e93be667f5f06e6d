#include "publish/dead_letter.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "publish/failed_text.h"

namespace ntsp::publish {
namespace {

constexpr size_t kKeptBytes = 1024 * 1024;
constexpr size_t kLongestText = 1024;
// What the broker counts beside key, value and headers: the batch's header, and the lengths of each header.
constexpr size_t kOverhead = 128;
constexpr size_t kHeaderOverhead = 8;
constexpr std::string_view kOwnPrefix = "ntsp.";

size_t SizeWithoutValue(const kafka::OutgoingMessage& message) {
  size_t size = kOverhead + message.key.size();
  for (const auto& [name, value] : message.headers) size += kHeaderOverhead + name.size() + value.size();
  return size;
}

}  // namespace

bool NothingUsable(const Samples& samples, size_t record_count) {
  if (record_count > 0 || !samples.drops.empty()) return false;
  std::vector<bool> failed(samples.elements.size());
  for (const FailedElement& one : samples.failed) {
    if (one.element) failed[*one.element] = true;
  }
  return std::ranges::all_of(failed, [](bool f) { return f; });
}

Rejection Summary(const Samples& samples) {
  const Rejection& first = samples.failed.front().why;
  if (samples.failed.size() == 1) return first;
  std::array<size_t, kRejectKindCount> counts{};
  for (const FailedElement& failed : samples.failed) ++counts[static_cast<size_t>(failed.why.kind)];
  std::string text = std::to_string(samples.failed.size()) + " elements failed (";
  const char* separator = "";
  for (size_t kind = 0; kind < counts.size(); ++kind) {
    if (counts[kind] == 0) continue;
    text += separator + std::to_string(counts[kind]) + " " +
            std::string(RejectName(static_cast<RejectKind>(kind)));
    separator = ", ";
  }
  return {first.kind, text + "); the first: " + first.message};
}

kafka::OutgoingMessage DeadLetters::Whole(const RawMessage& raw, std::span<const kafka::Header> headers,
                                          const Rejection& why) {
  return Compose(raw, headers, why, raw.value.value_or(std::string_view()));
}

kafka::OutgoingMessage DeadLetters::FailedElements(const RawMessage& raw,
                                                   std::span<const kafka::Header> headers,
                                                   const Samples& samples) {
  value_.Clear();
  value_.Shrink(kKeptBytes);
  AppendFailed(samples, value_);
  return Compose(raw, headers, Summary(samples), value_.view());
}

kafka::OutgoingMessage DeadLetters::Compose(const RawMessage& raw, std::span<const kafka::Header> headers,
                                            const Rejection& why, std::string_view value) {
  text_ = CutUtf8(why.message, kLongestText);
  partition_ = std::to_string(raw.partition.value);
  offset_ = std::to_string(raw.offset.value);
  timestamp_ = std::to_string(raw.received_at.Millis());
  kafka::OutgoingMessage message{.topic = topic_,
                                 .key = raw.key.value_or(std::string_view()),
                                 .value = value,
                                 .headers = {{"ntsp.error.kind", RejectName(why.kind)},
                                             {"ntsp.error.message", text_},
                                             {"ntsp.source.topic", raw.topic},
                                             {"ntsp.source.partition", partition_},
                                             {"ntsp.source.offset", offset_},
                                             {"ntsp.source.timestamp", timestamp_}},
                                 .has_key = raw.key.has_value()};
  const size_t own = message.headers.size();
  std::ranges::copy_if(headers, std::back_inserter(message.headers),
                       [](const kafka::Header& header) { return !header.first.starts_with(kOwnPrefix); });
  // They fit on the raw topic, so this is about a dead letter topic with a smaller limit: the value counts
  // for more.
  if (SizeWithoutValue(message) > max_bytes_ / 2) message.headers.resize(own);
  if (SizeWithoutValue(message) > max_bytes_ / 2) message.has_key = false, message.key = {};
  Cut(message);
  return message;
}

void DeadLetters::Cut(kafka::OutgoingMessage& message) {
  if (SizeWithoutValue(message) + message.value.size() <= max_bytes_) return;
  full_size_ = std::to_string(message.value.size());
  message.headers.emplace_back("ntsp.truncated", full_size_);
  const size_t rest = SizeWithoutValue(message);
  message.value = message.value.substr(0, max_bytes_ > rest ? max_bytes_ - rest : 0);
}

}  // namespace ntsp::publish
