// The header members of Cisco's model-driven telemetry, which tell what its rows are about. Names are
// accepted in both spellings of proto3 JSON: node_id_str and nodeIdStr.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "model/json_cursor.h"

namespace ntsp::decode {

struct CiscoHeader {
  std::string_view node;           // empty: none is named
  std::string_view encoding_path;  // as it is spelled
  std::optional<Timestamp> time;   // of rows that have none of their own

  bool operator==(const CiscoHeader&) const = default;
};

// A value that should be text; empty if it is not.
std::string_view ReadCiscoText(JsonCursor& in);

// Takes the value of the member `name` if it is one of the header; false, with `in` where it was, if not.
bool ReadCiscoHeader(std::string_view name, JsonCursor& in, CiscoHeader& header);

}  // namespace ntsp::decode
