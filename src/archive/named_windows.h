// The windows of one partition as the names of its objects tell them, held against each other and against the
// log. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "archive/difference.h"
#include "archive/object_key.h"

namespace ntsp::archive {

struct ArchivedObject {
  std::string key;
  ObjectName name;
};

struct NamedWindow {
  Offset start, end;
  Timestamp first;                // of its name
  std::vector<size_t> objects;    // in the list it was made of; one for each hour
  std::optional<Timestamp> seen;  // of the first message that the log has there
  // Its first message is not the one that its name tells: it belongs to an earlier topic of the same name.
  bool earlier = false;
};

class NamedWindows {
 public:
  // What the topic says: it holds [low, …), and [low, archived) must be in the archive. `from` is low, or a
  // later offset from which on it is compared.
  struct Log {
    TopicPartition partition;
    Offset low, from, archived;
  };

  NamedWindows(Log log, const std::vector<ArchivedObject>& objects);

  // 1. every message of [from, archived), in order.
  void Saw(Offset offset, Timestamp timestamp);
  // 2. after them: what belongs to an earlier topic, what overlaps, what was lost with the topic's beginning.
  void Judge(Differences& differences);

  // Meaningful after Judge: the window that must hold the offset. Nothing if it lies between two.
  const NamedWindow* Find(Offset offset) const;
  // The range around such an offset that no window covers.
  std::pair<Offset, Offset> Between(Offset offset) const;

  const std::vector<NamedWindow>& windows() const { return windows_; }
  // Objects behind the group's position: of windows that are open now, or of an earlier topic.
  size_t ahead() const { return ahead_; }

 private:
  void MarkEarlier();
  // The first of valid_ that begins behind the offset.
  size_t After(Offset offset) const;
  std::string Text(const NamedWindow& window) const;

  const Log log_;
  std::vector<NamedWindow> windows_;  // by start, then end
  std::vector<const NamedWindow*> valid_;
  size_t ahead_ = 0;
  size_t next_ = 0;  // the first that no message was seen behind
};

}  // namespace ntsp::archive
