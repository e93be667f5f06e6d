// Which keys of a sample say which object it is about. Three ways in which collectors name them are known:
//
//   list and leaf     "interface_name", "port_port-id": paths and trees (gNMIc, EDA, YANG-Push)
//   the leaf          "interface-name", "port-id": Cisco's rows, Telegraf's tags
//   one bare word     "name", "index": the same, where the path alone says of what
//
// All come from the path table: a row with a rule of identity is also the name of a key.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "model/sample.h"
#include "normalize/identity.h"
#include "normalize/path_table.h"

namespace ntsp::normalize {

// Belongs to one worker.
class KeyNames {
 public:
  // `rows` are copied. Earlier ones count before later ones.
  explicit KeyNames(std::span<const PathRow> rows);

  // Keys that say nothing of identity are passed over. The identity borrows from `keys`.
  Identity Read(std::span<const Key> keys);

 private:
  // Longer names are no keys of ours.
  static constexpr size_t kLongest = 64;

  struct Name {
    std::string name;
    const Scalar* Identity::*target;
  };

  void Add(std::string name, const Scalar* Identity::*target);
  const Name* Find(std::string_view name) const;

  // Constant after construction. Names of one length: few are compared.
  std::array<std::vector<Name>, kLongest + 1> by_size_;

  // Neighbours mostly have the same keys: what stood at each place in the keys before, null if nothing of
  // ours.
  static constexpr size_t kRemembered = 4;
  std::array<const Name*, kRemembered> last_{};
};

}  // namespace ntsp::normalize
