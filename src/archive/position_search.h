// Where to start when the group has no committed offset: at its first start, or because the broker forgot the
// offset (a group that was empty for days). What is archived already must not be archived again, and the
// objects' names say what that is. Pure.
#pragma once

#include <optional>
#include <vector>

#include "archive/object_key.h"

namespace ntsp::archive {

class PositionSearch {
 public:
  // 1. the first message there is: older ones cannot be read any more.
  void SetFirst(Offset offset, Timestamp timestamp);
  std::optional<Timestamp> first_timestamp() const;

  // 2. the objects of this partition, and the end of the log. Objects of an earlier topic of the same name
  // are told by their timestamps, or because they end beyond the log.
  void SetObjects(std::vector<ObjectName> objects, Offset high);

  // 3. read here and Check the message, until there is nothing to check. False: the message is an earlier
  // one.
  std::optional<Offset> check_at() const;
  bool Check(Offset offset, Timestamp timestamp);

  // Where to start; absent until it is known.
  std::optional<Offset> start() const { return start_; }
  // The last window there is: it begins at start() and is to be written once more, for what was lost may have
  // been its plan: then not all of its objects need be there.
  std::optional<Offset> redo_end() const { return redo_end_; }
  // Whether an object said so, not the log's beginning.
  bool found() const { return found_; }

 private:
  void Decide();

  struct First {
    Offset offset;
    Timestamp timestamp;
  };
  std::optional<First> first_;
  std::vector<ObjectName> candidates_;  // the best is the last
  std::optional<Offset> start_, redo_end_;
  bool found_ = false;
};

}  // namespace ntsp::archive
