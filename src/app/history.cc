#include "app/history.h"

#include <algorithm>
#include <string>

namespace ntsp::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kLeast = milliseconds(500);
constexpr Duration kRateSpan = seconds(10);

struct Tracked {
  Track track;
  std::string_view name;
  const char* metric;
  const char* table;  // label; null: all series
  bool rate;
};
constexpr std::array<Tracked, kTrackCount> kTracked = {{
    {Track::kMessages, "messages", "ntsp_publish_messages_total", nullptr, true},
    {Track::kNodeRecords, "node_records", "ntsp_publish_records_total", "node", true},
    {Track::kInterfaceRecords, "interface_records", "ntsp_publish_records_total", "interface", true},
    {Track::kAddressRecords, "address_records", "ntsp_publish_records_total", "address", true},
    {Track::kDeadLetters, "dead_letters", "ntsp_publish_dead_letters_total", nullptr, true},
    {Track::kDropped, "dropped", "ntsp_publish_drops_total", nullptr, true},
    {Track::kBytesIn, "bytes_in", "ntsp_publish_bytes_in_total", nullptr, true},
    {Track::kBytesOut, "bytes_out", "ntsp_publish_bytes_out_total", nullptr, true},
    {Track::kArchivedRows, "archived_rows", "ntsp_archive_rows_total", nullptr, true},
    {Track::kArchivedObjects, "archived_objects", "ntsp_archive_objects_total", nullptr, true},
    {Track::kArchivedBytes, "archived_bytes", "ntsp_archive_uploaded_bytes_total", nullptr, true},
    {Track::kLag, "lag_messages", "ntsp_publish_lag_messages", nullptr, false},
    {Track::kArchiveLag, "archive_lag_messages", "ntsp_archive_lag_messages", nullptr, false},
    {Track::kResidentBytes, "resident_bytes", "process_resident_memory_bytes", nullptr, false},
}};

constexpr size_t Index(Track track) {
  return static_cast<size_t>(track);
}

constexpr bool InOrder() {
  for (size_t i = 0; i < kTrackCount; ++i) {
    if (Index(kTracked[i].track) != i) return false;
  }
  return true;
}
static_assert(InOrder());

double Read(const observe::Metrics& metrics, const Tracked& tracked) {
  if (tracked.table == nullptr) return metrics.Sum(tracked.metric);
  return metrics.Sum(tracked.metric, {{"table", tracked.table}});
}

}  // namespace

std::string_view TrackName(Track track) {
  return kTracked[Index(track)].name;
}

bool IsRate(Track track) {
  return kTracked[Index(track)].rate;
}

void History::Add(Instant now, const observe::Metrics& metrics) {
  Sample sample{now, {}};
  for (size_t i = 0; i < kTrackCount; ++i) sample.values[i] = Read(metrics, kTracked[i]);
  const std::lock_guard lock(mutex_);
  if (!samples_.empty() && now - samples_.back().when < kLeast) return;
  for (size_t i = 0; i < kTrackCount; ++i) {
    const double before = samples_.empty() ? 0 : samples_.back().values[i];
    if (sample.values[i] != before) moved_[i] = now;
  }
  samples_.push_back(sample);
  while (now - samples_.front().when >= kSpan + kStep) samples_.pop_front();
}

// The latest sample that is not later; the first one if all are.
const History::Sample& History::At(Instant when) const {
  const auto later = std::upper_bound(samples_.begin(), samples_.end(), when,
                                      [](Instant w, const Sample& sample) { return w < sample.when; });
  return later == samples_.begin() ? samples_.front() : *std::prev(later);
}

double History::Rate(const Sample& from, const Sample& to, Track track) {
  const double time = std::chrono::duration<double>(to.when - from.when).count();
  return time > 0 ? (to.values[Index(track)] - from.values[Index(track)]) / time : 0;
}

double History::Now(Track track) const {
  const std::lock_guard lock(mutex_);
  if (samples_.empty()) return 0;
  const Sample& last = samples_.back();
  return IsRate(track) ? Rate(At(last.when - kRateSpan), last, track) : last.values[Index(track)];
}

std::vector<double> History::Series(Track track) const {
  std::vector<double> series;
  const std::lock_guard lock(mutex_);
  if (samples_.empty()) return series;
  const Instant first = samples_.front().when;
  for (Instant end = samples_.back().when; end - kStep >= first; end -= kStep) {
    const Sample& sample = At(end);
    series.push_back(IsRate(track) ? Rate(At(end - kStep), sample, track) : sample.values[Index(track)]);
  }
  std::reverse(series.begin(), series.end());
  return series;
}

std::optional<double> History::Before(Track track, Duration ago) const {
  const std::lock_guard lock(mutex_);
  if (samples_.empty() || samples_.back().when - samples_.front().when < ago) return std::nullopt;
  return At(samples_.back().when - ago).values[Index(track)];
}

std::optional<Duration> History::Still(Track track, Instant now) const {
  const std::lock_guard lock(mutex_);
  if (!moved_[Index(track)]) return std::nullopt;
  return now - *moved_[Index(track)];
}

}  // namespace ntsp::app
