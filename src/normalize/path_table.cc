#include "normalize/path_table.h"

#include <array>
#include <vector>

#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

std::vector<PathRow> Flatten() {
  std::vector<PathRow> rows;
  for (const Model& model : Models()) {
    for (const Container& container : model.containers) {
      for (const LeafRow& leaf : container.leaves) {
        rows.push_back({container.path, leaf.leaf, leaf.table, leaf.column, leaf.rule, leaf.fallback});
      }
    }
  }
  return rows;
}

}  // namespace

std::span<const Model> Models() {
  // Keys and trimmed paths are looked for in this order, so what is met most stands first.
  static const std::array kModels = {
      Model{"Nokia SR Linux", SrLinuxRows()},
      Model{"OpenConfig, with what Arista and Junos add to it", OpenConfigRows()},
      Model{"IETF (RFC 8343, RFC 8344)", IetfRows()},
      Model{"Cisco IOS-XR", IosXrRows()},
      Model{"Nokia SR OS", SrosRows()},
      Model{"Huawei", HuaweiRows()},
  };
  return kModels;
}

std::span<const PathRow> BuiltinRows() {
  static const std::vector<PathRow> kRows = Flatten();
  return kRows;
}

}  // namespace ntsp::normalize
