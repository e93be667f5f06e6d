// Which dead letters of one partition have been put back: a position, before which nothing is left to do, and
// behind it, for each kind of dead letter, the ranges that an earlier selection (--kind, --since, …) has
// dealt with. It is kept in Kafka, as the position of the redrive's group and the text beside it:
//
//   "ntsp-redrive1;unknown-path=10-25,31-40;invalid-json=10-12"        [10, 25) and [31, 40); [10, 12)
//
// Pure.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/types.h"

namespace ntsp::publish {

class RedriveProgress {
 public:
  explicit RedriveProgress(Offset position) : position_(position) {}
  // kStop if the text is not one of this version: to go on could put letters back twice.
  static Result<RedriveProgress> Parse(Offset position, std::string_view text);

  // Letters are told in the order of their offsets: each is dealt with now, or was, or is left for later.
  bool IsDone(const std::string& kind, Offset offset) const;
  void Done(const std::string& kind, Offset offset);
  void Leave(const std::string& kind, Offset offset);

  Offset position() const { return position_; }
  // kStop if it is longer than brokers take: too many separate selections.
  Result<std::string> Text() const;

 private:
  struct Range {
    Offset from, to;
  };

  void Add(const std::string& kind, Range range);

  Offset position_;
  std::map<std::string, std::vector<Range>> done_;  // by offset; those of a kind do not touch
  // Since it was made:
  std::set<std::string> left_;           // kinds of which one was left
  std::map<std::string, Offset> since_;  // from where on all of a kind are done
};

}  // namespace ntsp::publish
