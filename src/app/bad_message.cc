#include "app/bad_message.h"

#include <string_view>

namespace ntsp::app {
namespace {

// Renames the members that name the node, whatever the dialect.
void RemoveNode(std::string& message) {
  for (const std::string_view name : {"\"node_name\"", "\"source\"", "\"target\"", "\"node_id_str\"",
                                      "\"Source\"", "\"hostname\"", "\"export-address\""}) {
    for (size_t at = 0; (at = message.find(name, at)) != std::string::npos;) message[at + 1] = '-';
  }
}

}  // namespace

void MakeBad(std::string& key, std::string& value, uint64_t kind) {
  constexpr size_t kTooDeep = 300;
  switch (kind) {
    case 0:
      value.resize(value.size() / 2);
      return;
    case 1:
      value.replace(value.size() / 2, 1, "\xC3\x28");
      return;
    case 2:
      value.clear();
      return;
    case 3:
      value = " \n ";
      return;
    case 4:
      value = "%LINEPROTO-5-UPDOWN: Line protocol on Interface ethernet-1/1, changed state to down";
      return;
    case 5:
      value = R"({"device":"leaf001","reading":42})";
      return;
    case 6:
      value = std::string(kTooDeep, '[') + std::string(kTooDeep, ']');
      return;
    default:
      key.clear();
      RemoveNode(value);
  }
}

}  // namespace ntsp::app
