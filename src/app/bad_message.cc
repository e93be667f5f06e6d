#include "app/bad_message.h"

#include <string_view>

namespace ntsp::app {
namespace {

// Renames the keys that name the node, whatever the dialect.
std::string WithoutNode(std::string message) {
  for (const std::string_view key : {"\"node_name\"", "\"source\""}) {
    for (size_t at = 0; (at = message.find(key, at)) != std::string::npos;) message[at + 1] = 'x';
  }
  return message;
}

}  // namespace

std::string MakeBad(std::string good, uint64_t kind) {
  constexpr size_t kTooDeep = 300;
  switch (kind) {
    case 0:
      return good.substr(0, good.size() / 2);
    case 1:
      return good.replace(good.size() / 2, 1, "\xC3\x28");
    case 2:
      return "";
    case 3:
      return " \n ";
    case 4:
      return "%LINEPROTO-5-UPDOWN: Line protocol on Interface ethernet-1/1, changed state to down";
    case 5:
      return R"({"device":"leaf001","reading":42})";
    case 6:
      return std::string(kTooDeep, '[') + std::string(kTooDeep, ']');
    default:
      return WithoutNode(std::move(good));
  }
}

}  // namespace ntsp::app
