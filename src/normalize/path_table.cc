#include "normalize/path_table.h"

#include <array>
#include <vector>

#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

std::vector<PathRow> Flatten() {
  std::vector<PathRow> rows;
  // Keys and trimmed paths are looked for in this order, so what is met most stands first.
  for (const auto& model :
       {SrLinuxRows(), OpenConfigRows(), IetfRows(), IosXrRows(), SrosRows(), HuaweiRows()}) {
    for (const Container& container : model) {
      for (const LeafRow& leaf : container.leaves) {
        rows.push_back({container.path, leaf.leaf, leaf.table, leaf.column, leaf.rule, leaf.fallback});
      }
    }
  }
  return rows;
}

}  // namespace

std::span<const PathRow> BuiltinRows() {
  static const std::vector<PathRow> kRows = Flatten();
  return kRows;
}

}  // namespace ntsp::normalize
