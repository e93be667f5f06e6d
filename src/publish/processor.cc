#include "publish/processor.h"

namespace ntsp::publish {
namespace {

// Vectors that a larger message made grow are given back after it.
constexpr size_t kRareBytes = 1024 * 1024;

RawMessage ToRaw(const kafka::Message& message) {
  return {.topic = message.topic,
          .partition = message.partition,
          .offset = message.offset,
          .received_at = message.timestamp,
          .key = message.key,
          .value = message.value};
}

// The device that the first failed element is about, as far as the message says.
std::string_view NodeOfFirstFailed(const Samples& samples) {
  const std::optional<uint32_t> element = samples.failed.front().element;
  if (!element) return {};
  for (const Sample& sample : samples.samples) {
    if (sample.element == *element && !sample.node.empty()) return sample.node;
  }
  return samples.envelopes[samples.elements[*element].envelope].node;
}

std::optional<Dialect> DialectOf(const Samples& samples) {
  if (samples.envelopes.empty()) return std::nullopt;
  return samples.envelopes.front().dialect;
}

}  // namespace

Processor::Processor(const Options& options, size_t dead_letter_bytes, Source& source,
                     kafka::Producer& producer, Events& events)
    : topics_(options.topics),
      source_(source),
      producer_(producer),
      events_(events),
      normalizer_({.keep_extra = options.keep_extra, .node_records_always = options.node_records_always},
                  normalize::RowsOf(options.mapping.get())),
      output_(options.framing, options.max_message_bytes),
      dead_letters_(options.topics.dead_letter, dead_letter_bytes) {}

Result<void> Processor::Process(const kafka::Message& message) {
  const RawMessage raw = ToRaw(message);
  if (!raw.value) {
    events_.Received(raw, std::nullopt);
    events_.Dropped(DropKind::kTombstone, {});
    return {};
  }
  GiveMemoryBack(raw);
  const auto unreadable = decoder_.Decode(raw, samples_);
  events_.Received(raw, unreadable ? std::nullopt : DialectOf(samples_));
  if (unreadable) return Reject(message, raw, *unreadable);
  normalizer_.Normalize(raw, decoder_.paths(), samples_, records_);
  if (const auto too_large = output_.Frame(records_.records())) return Reject(message, raw, *too_large);
  NTSP_TRY(ProduceRecords());
  events_.Normalized(raw.partition, records_.records());
  if (!samples_.failed.empty()) NTSP_TRY(ProduceFailed(message, raw));
  CountVerdicts();
  return {};
}

Result<void> Processor::ProduceRecords() {
  for (const OutputMessage& message : output_.messages()) {
    kafka::OutgoingMessage out;
    out.topic = topics_.Of(message.table);
    out.key = message.key;
    out.value = message.value;
    NTSP_TRY(producer_.Produce(out));
    events_.Published(message);
  }
  return {};
}

Result<void> Processor::Condemn(const kafka::Message& message, const std::string& reason) {
  const RawMessage raw = ToRaw(message);
  events_.Received(raw, std::nullopt);
  return Reject(message, raw, {RejectKind::kBrokerRejected, reason});
}

Result<void> Processor::Reject(const kafka::Message& message, const RawMessage& raw, const Rejection& why) {
  NTSP_TRY(producer_.Produce(dead_letters_.Whole(raw, source_.Headers(message), why)));
  events_.DeadLettered(raw, why, 0, {}, raw.value.value_or(std::string_view()));
  return {};
}

Result<void> Processor::ProduceFailed(const kafka::Message& message, const RawMessage& raw) {
  const Rejection why = Summary(samples_);
  if (NothingUsable(samples_, records_.records().size())) {
    NTSP_TRY(producer_.Produce(dead_letters_.Whole(raw, source_.Headers(message), why)));
  } else {
    NTSP_TRY(producer_.Produce(dead_letters_.FailedElements(raw, source_.Headers(message), samples_)));
  }
  events_.DeadLettered(raw, why, samples_.failed.size(), NodeOfFirstFailed(samples_),
                       samples_.failed.front().raw);
  return {};
}

void Processor::CountVerdicts() {
  for (const Drop& drop : samples_.drops) events_.Dropped(drop.kind, drop.path);
  events_.LeavesUnreadable(records_.unreadable_leaves());
}

void Processor::GiveMemoryBack(const RawMessage& raw) {
  if (last_bytes_ > kRareBytes) {
    samples_ = {};
    records_ = {};
  }
  last_bytes_ = raw.value->size();
}

}  // namespace ntsp::publish
