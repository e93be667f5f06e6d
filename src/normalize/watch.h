// Is told what becomes of each leaf while a message is normalized: for `ntsp explain`. The normalizer works
// the same with and without one, and asks for one nowhere in its inner loops.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/record.h"
#include "model/sample.h"
#include "normalize/identity.h"
#include "normalize/object.h"
#include "normalize/path_lookup.h"

namespace ntsp::normalize {

enum class Fate : uint8_t {
  kFilled,          // a column
  kNoValue,         // the device says that there is none
  kUnreadable,      // of a column, but not a value of it: to extra
  kUnneeded,        // a fallback for a column that is filled already
  kIdentity,        // says which object it is
  kIdentityKnown,   // the same, but keys or an earlier leaf have said it
  kExtra,           // has no column
  kIgnored,         // in a config container
  kOtherSubsystem,  // in a container that no table covers
  kNull,
};

class Watch {
 public:
  Watch() = default;
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  virtual ~Watch() = default;

  // The samples of an element come one after the other. `identity` is what its keys say.
  virtual void OnSample(const Sample& sample, const Identity& identity, Timestamp time) = 0;
  // `record` has the cell, if the fate is kFilled; else null.
  virtual void OnLeaf(const Leaf& leaf, const LeafTarget& target, Fate fate, const Record* record) = 0;
  // The sample's length of an address is none: to extra.
  virtual void OnUnreadLength(const Scalar& length) = 0;
  // The sample is about this object: a row of the records, or facts of its node. Not `counted` are facts of
  // one CPU or component only.
  virtual void OnRow(Object object, uint32_t row) = 0;
  virtual void OnFacts(Object object, bool counted) = 0;
  // There is no address: the sample's leaves of one are of nothing.
  virtual void OnUnassigned() = 0;
  // Row `from` is gone, and what it said is row `into`'s. Those behind it move up.
  virtual void OnUnited(uint32_t from, uint32_t into) = 0;
  // The same, but it is gone for good: of a node of which nothing was said.
  virtual void OnRemoved(uint32_t row) = 0;
};

}  // namespace ntsp::normalize
