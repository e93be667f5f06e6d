// Everything beside the log that shapes the keys and the rows of the archive, as a short hash for the plan: a
// window that was planned under one layout must not be finished under another, or its rows would stand in two
// places.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/column.h"

namespace ntsp::archive {

struct Layout {
  std::string store_uri;  // ObjectStore::Uri(): bucket and all
  std::string prefix;
  Table table = Table::kNode;

  // 16 hexadecimal digits: 8 for the place (URI and prefix), 4 for the table, 4 for the rules built into this
  // version (partitioning, clamp, record format).
  std::string Text() const;
};

// kStop, saying which of the three parts differ, if `planned` is not the text of `now`.
Result<void> CheckLayout(std::string_view planned, const Layout& now);

}  // namespace ntsp::archive
