// The last quarter of an hour in numbers, so that a page which is opened now shows at once what happened
// before.
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "observe/metrics.h"

namespace ntsp::app {

// What is followed. Of counters the page sees rates, of gauges the values.
enum class Track {
  kMessages,
  kNodeRecords,
  kInterfaceRecords,
  kAddressRecords,
  kDeadLetters,
  kDropped,
  kBytesIn,
  kBytesOut,
  kArchivedRows,
  kArchivedObjects,
  kArchivedBytes,
  kLag,
  kArchiveLag,
  kResidentBytes,
};
inline constexpr size_t kTrackCount = 14;
std::string_view TrackName(Track track);  // "messages", "node_records", …
bool IsRate(Track track);

// Thread-safe. About 100 kB when full.
class History {
 public:
  static constexpr Duration kSpan = std::chrono::minutes(15);
  static constexpr Duration kStep = std::chrono::seconds(5);

  // Reads the metrics; to be called about once a second. Calls within half a second of the last are ignored.
  void Add(Instant now, const observe::Metrics& metrics);

  // Per second, over the last ten seconds; of a gauge its last value. 0 while nothing is known.
  double Now(Track track) const;
  // One value a kStep, the oldest first, the last one of now; at most kSpan of them.
  std::vector<double> Series(Track track) const;
  // The value so long ago; nothing if there was no sample then.
  std::optional<double> Before(Track track, Duration ago) const;
  // How long a counter has stood still, as far as this has seen; nothing if it never moved.
  std::optional<Duration> Still(Track track, Instant now) const;

 private:
  struct Sample {
    Instant when;
    std::array<double, kTrackCount> values;
  };
  using Samples = std::deque<Sample>;

  const Sample& At(Instant when) const;
  static double Rate(const Sample& from, const Sample& to, Track track);

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  Samples samples_;
  std::array<std::optional<Instant>, kTrackCount> moved_;
};

}  // namespace ntsp::app
