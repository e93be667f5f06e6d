#include "publish/drop_counts.h"

#include "base/utf8.h"
#include "publish/metric_table.h"

namespace ntsp::publish {
namespace {

constexpr std::string_view kOther = "other";
constexpr size_t kLongestPath = 128;  // as a label

}  // namespace

bool PathLimit::Admit(std::string_view path) {
  const std::lock_guard lock(mutex_);
  if (paths_.contains(std::string(path))) return true;
  if (paths_.size() >= kMostPaths) return false;
  paths_.emplace(path);
  return true;
}

void DropCounts::Count(DropKind kind, std::string_view path) {
  ++Find(kind, CutUtf8(path, kLongestPath)).pending;
}

DropCounts::Series& DropCounts::Find(DropKind kind, std::string_view path) {
  ByPath& series = by_path_[static_cast<size_t>(kind)];
  if (const auto found = series.find(path); found != series.end()) return found->second;
  if (limit_.Admit(path)) return Add(kind, path);
  if (const auto other = series.find(kOther); other != series.end()) return other->second;
  return Add(kind, kOther);
}

DropCounts::Series& DropCounts::Add(DropKind kind, std::string_view path) {
  observe::Counter& counter = metrics_.GetCounter(
      metric::kDrops, {{"kind", std::string(DropName(kind))}, {"path", std::string(path)}});
  return by_path_[static_cast<size_t>(kind)].emplace(std::string(path), Series{&counter}).first->second;
}

void DropCounts::Commit() {
  for (ByPath& series : by_path_) {
    for (auto& [path, one] : series) {
      if (one.pending > 0) one.counter->Add(static_cast<double>(one.pending));
      one.pending = 0;
    }
  }
}

void DropCounts::Discard() {
  for (ByPath& series : by_path_) {
    for (auto& [path, one] : series) one.pending = 0;
  }
}

}  // namespace ntsp::publish
