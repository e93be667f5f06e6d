#include "message_check.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>

#include "decode/decoder.h"
#include "model/record_json.h"
#include "model/record_reader.h"
#include "normalize/normalizer.h"
#include "property.h"
#include "publish/failed_text.h"

namespace ntsp::fuzz {
namespace {

// A new worker builds its path table: too slow for every message, so one in so many gets one.
constexpr size_t kFreshWorkers = 16;

// What a worker keeps from message to message.
struct Worker {
  decode::Decoder decoder;
  Samples samples;
  normalize::Normalizer normalizer{normalize::Options{}};
  normalize::Records records;
  RecordReader reader;
};

using Key = std::optional<std::string_view>;

// The dialect without a node of its own takes it from the Kafka key, which may be anything.
Key KeyFor(std::string_view value) {
  static constexpr std::array<Key, 4> kKeys = {"sim-1", "192.0.2.1:57400:::sub", "\xF2\xFF", std::nullopt};
  return kKeys[std::hash<std::string_view>()(value) / kFreshWorkers % kKeys.size()];
}

RawMessage Message(std::string_view value, Key key) {
  return {.topic = "network-data",
          .partition = {3},
          .offset = {42},
          .received_at = {1'700'000'000'123'000},
          .key = key,
          .value = value};
}

bool IsInside(std::string_view part, std::string_view whole) {
  return std::less_equal<>()(whole.data(), part.data()) &&
         std::less_equal<>()(part.data() + part.size(), whole.data() + whole.size());
}

bool IsPacked(std::string_view value) {
  return value.starts_with("\x1F\x8B") || value.starts_with("\x28\xB5\x2F\xFD");
}

// Whether `text` is `count` JSON values one behind the other.
bool IsJson(std::string_view text, size_t count = 1) {
  JsonIndex index;
  if (index.Build(text)) return false;
  Arena arena;
  JsonCursor in(index, arena);
  for (; count > 0 && !in.AtEnd(); --count) in.Skip();
  return count == 0 && in.AtEnd() && !in.error();
}

void CheckFailed(std::string_view value, const Samples& samples) {
  for (const FailedElement& failed : samples.failed) {
    Require(IsJson(failed.raw), "what failed is JSON", failed.raw);
    Require(!failed.why.message.empty(), "a failure says why", failed.raw);
    const bool is_nested =
        failed.element && !samples.envelopes[samples.elements[*failed.element].envelope].wrapped.empty();
    if (is_nested || IsPacked(value)) continue;
    Require(IsInside(failed.raw, value), "what failed is a slice of the message", failed.raw);
  }
}

void CheckRecord(const Record& record, uint32_t number, RecordReader& reader, std::string& text) {
  const auto columns = Columns(record.table);
  for (ColumnIndex c = 0; c < columns.size(); ++c) {
    if (columns[c].required) Require(record.Has(c), "a required column is set", columns[c].name);
  }
  Require(record.Number(column::kRecordIndex) == number, "record_index is dense");
  Require(!record.Text(column::kNodeName).empty(), "a record names its node");
  Buffer json;
  AppendJson(record, json);
  size_t seen = 0;
  const auto read = reader.Read(record.table, json.view(), [&](const Record& again) {
    ++seen;
    Require(SameRow(record, again), "a record is the same after writing and reading", json.view());
  });
  Require(read.has_value(), "a written record can be read", json.view());
  Require(seen == 1 && reader.ignored_keys() == 0, "one record is written", json.view());
  text += json.view();
  text += '\n';
}

Outcome Run(std::string_view value, Key key, Worker& worker) {
  Outcome outcome;
  const RawMessage message = Message(value, key);
  Samples& samples = worker.samples;
  if (const auto why = worker.decoder.Decode(message, samples)) {
    Require(samples.envelopes.empty() && samples.elements.empty() && samples.samples.empty() &&
                samples.keys.empty() && samples.leaves.empty() && samples.failed.empty() &&
                samples.drops.empty(),
            "nothing comes of a message that is rejected", value);
    Require(!why->message.empty(), "a rejection says why", value);
    outcome.is_rejected = true;
    outcome.text = fmt::format("rejected: {} {}\n", RejectName(why->kind), why->message);
    return outcome;
  }
  worker.normalizer.Normalize(message, worker.decoder.paths(), samples, worker.records);
  CheckFailed(value, samples);
  for (const Record& record : worker.records.records()) {
    CheckRecord(record, static_cast<uint32_t>(outcome.records++), worker.reader, outcome.text);
  }
  for (const FailedElement& failed : samples.failed) {
    outcome.text +=
        fmt::format("failed: {} {} {}\n", RejectName(failed.why.kind), failed.why.message, failed.raw);
  }
  for (const Drop& drop : samples.drops)
    outcome.text += fmt::format("drop: {} {}\n", DropName(drop.kind), drop.path);
  Require(!outcome.text.empty(), "a message ends as records, failures or counted drops", value);
  outcome.failed = samples.failed.size();
  if (outcome.failed > 0) {
    Buffer letter;
    publish::AppendFailed(samples, letter);
    outcome.dead_letter = letter.view();
    Require(IsJson(outcome.dead_letter), "a dead letter is JSON", outcome.dead_letter);
  }
  return outcome;
}

}  // namespace

Outcome CheckMessage(std::string_view value, std::string_view same_key_as) {
  static auto& reused = *new Worker;
  const Key key = KeyFor(same_key_as);
  const Outcome first = Run(value, key, reused);
  Require(Run(value, key, reused).text == first.text, "the same message gives the same", first.text);
  if (std::hash<std::string_view>()(value) % kFreshWorkers == 0) {
    const auto fresh = std::make_unique<Worker>();
    Require(Run(value, key, *fresh).text == first.text, "a worker's former messages change nothing",
            first.text);
  }
  if (!first.dead_letter.empty()) {
    const Outcome again = Run(first.dead_letter, key, reused);
    Require(again.records == 0, "what is in a dead letter was not published", first.dead_letter);
    Require(again.is_rejected || again.failed == first.failed, "what is in a dead letter fails again",
            first.dead_letter);
  }
  return first;
}

bool IsOfShape(std::string_view value, decode::Shape shape) {
  static auto& index = *new JsonIndex;
  if (index.Build(value)) return false;
  Arena arena;
  JsonCursor in(index, arena);
  while (in.AtArray() && in.EnterArray()) {
  }
  return in.AtObject() && decode::Detect(in) == shape;
}

}  // namespace ntsp::fuzz
