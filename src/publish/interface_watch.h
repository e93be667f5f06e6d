// Interfaces that go down.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "publish/lasting_alert.h"
#include "publish/record_watch.h"

namespace ntsp::publish {

// Alert "interface-down": an interface that this process has seen up, that is not administratively down, and
// that has been down for a while; one alert for all that are told at once. It ends when the interface has
// been up for the same while: a flap in between is nothing. Interfaces that were never seen up (unused ports)
// and subinterfaces (they follow their interface) are not watched.
class InterfaceWatch : public RecordWatch {
 public:
  // About 80 bytes each; those beyond are not watched, and one line of the log says so.
  static constexpr size_t kMaxInterfaces = 100'000;

  InterfaceWatch(Duration down_after, alert::Reporter& alerts) : down_after_(down_after), alerts_(alerts) {}

  void See(Partition partition, std::span<const Record> records, Instant now) override;
  void Tick(Instant now) override;
  void Forget(Partition partition) override;

 private:
  using Key = uint64_t;  // hash of node and interface

  struct Interface {
    Partition partition;
    Timestamp newest;       // of the records about it
    bool disabled = false;  // administratively down
  };
  // One that is not simply up.
  struct Trouble {
    std::string node;
    std::string interface;
    bool up = false;    // what it was seen as last
    bool told = false;  // the alert has begun
    Instant since;      // of `up`
  };

  void SeeInterface(Partition partition, const Record& record, Instant now);
  bool SeenUp(Key key, Partition partition, const Record& record, bool up);
  void SeeUp(Key key, Instant now);
  void SeeDown(Key key, const Record& record, Instant now);
  void Drop(Key key);
  void TellDown(const std::vector<Concerned>& down);

  const Duration down_after_;
  alert::Reporter& alerts_;
  std::unordered_map<Key, Interface> seen_up_;
  std::map<Key, Trouble> troubles_;
  bool full_told_ = false;
};

}  // namespace ntsp::publish
