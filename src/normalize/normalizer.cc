#include "normalize/normalizer.h"

#include <charconv>
#include <vector>

#include "base/uuid.h"

namespace ntsp::normalize {
namespace {

void AppendNumber(std::string& text, int64_t number) {
  char digits[24];
  text.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

}  // namespace

Normalizer::Normalizer(Options options, std::span<const PathRow> rows, Watch* watch)
    : options_(options),
      watch_(watch),
      keys_(rows),
      lookup_(rows),
      draft_(options.keep_extra, keys_, lookup_, nodes_, watch) {}

void Normalizer::Normalize(const RawMessage& message, const Paths& paths, Samples& samples, Records& out) {
  out.Clear();
  nodes_.Clear();
  lookup_.StartMessage(paths);
  draft_.StartMessage(message.received_at, samples, out);
  for (size_t next = 0; next < samples.samples.size();) next = NormalizeElement(next, samples);
  FinishNodes(out);
  Number(message, out);
  out.Finish();
}

// Returns where the next element begins.
size_t Normalizer::NormalizeElement(size_t first, Samples& samples) {
  const uint32_t element = samples.samples[first].element;
  size_t end = first + 1;
  while (end < samples.samples.size() && samples.samples[end].element == element) ++end;
  draft_.Start(end - first > 1);
  for (size_t i = first; i < end; ++i) {
    if (auto why = draft_.Add(samples.samples[i])) {
      draft_.TakeBack();
      samples.failed.push_back({element, samples.elements[element].raw, std::move(*why)});
      return end;
    }
  }
  draft_.Publish();
  return end;
}

void Normalizer::FinishNodes(Records& out) {
  bool has_silent = false;
  for (const Nodes::Node& node : nodes_.all()) {
    if (node.row == Nodes::kNoRow) continue;
    out.row(node.row).Set(column::kTimestamp, node.latest);
    has_silent |= !node.has_facts;
  }
  if (options_.node_records_always || !has_silent) return;
  std::vector<bool> is_silent(out.size());
  for (const Nodes::Node& node : nodes_.all()) {
    if (node.row != Nodes::kNoRow && !node.has_facts) is_silent[node.row] = true;
  }
  for (uint32_t row = out.size(); watch_ != nullptr && row-- > 0;) {
    if (is_silent[row]) watch_->OnRemoved(row);
  }
  out.Remove(0, [&](uint32_t row) { return is_silent[row]; });
}

void Normalizer::Number(const RawMessage& message, Records& out) {
  if (out.size() == 0) return;
  batch_name_.assign("kafka:").append(message.topic) += '/';
  AppendNumber(batch_name_, message.partition.value);
  batch_name_ += '/';
  AppendNumber(batch_name_, message.offset.value);
  batch_name_ += '@';
  AppendNumber(batch_name_, message.received_at.Millis());
  const std::string_view batch_id = out.arena().Copy(View(UrlUuid(batch_name_)));
  for (uint32_t i = 0; i < out.size(); ++i) {
    out.row(i).Set(column::kBatchId, batch_id);
    out.row(i).Set(column::kRecordIndex, uint64_t{i});
  }
}

}  // namespace ntsp::normalize
