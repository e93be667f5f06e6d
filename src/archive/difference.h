// What the comparison of archive and topics found, counted by kind, with examples of each.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ntsp::archive {

enum class Difference {
  kMissingRow,        // in the topic; an object's name covers its offset, no object holds it
  kMissingRange,      // in the topic; no object's name covers their offsets
  kRepeatedInTopic,   // one (batch_id, record_index), several messages
  kRepeatedInObject,  // one (batch_id, record_index), several times in the archive
  kChangedRow,        // in both, with other values
  kForeignRow,        // in the archive only
  kMisplacedRow,      // in an object whose name does not cover its offset
  kWrongFolder,       // dt= or hour= is not that of the row
  kWrongFooter,       // the file says something else of itself than its name or its rows
  kUnreadable,        // not a Parquet file of ntsp's, or gone since it was listed
  kOverlap,           // two windows share offsets
  kGap,               // between two windows, and the topic does not hold those messages any more
};
inline constexpr size_t kDifferenceKinds = static_cast<size_t>(Difference::kGap) + 1;

// In kebab-case.
std::string_view DifferenceName(Difference kind);

// Not thread-safe.
class Differences {
 public:
  explicit Differences(size_t most_examples) : most_examples_(most_examples) {}

  // `count` of them at once; `example` says where and what, for people.
  void Add(Difference kind, const std::string& example, uint64_t count = 1);

  uint64_t count(Difference kind) const { return kinds_[static_cast<size_t>(kind)].count; }
  uint64_t total() const;
  // One line an example, "<kind>  <example>", and one for what is left out of each kind.
  std::string Text() const;

 private:
  struct Kind {
    uint64_t count = 0, shown = 0;
    std::vector<std::string> examples;
  };
  const size_t most_examples_;  // of each kind
  std::array<Kind, kDifferenceKinds> kinds_;
};

}  // namespace ntsp::archive
