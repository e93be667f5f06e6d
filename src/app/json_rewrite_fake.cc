#include "app/json_rewrite_fake.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

#include "model/json_cursor.h"

namespace ntsp::app {
namespace {

class Rewriter {
 public:
  explicit Rewriter(Random& random) : random_(random) {}

  std::string Value(JsonCursor& in) {
    if (in.AtObject()) return Object(in);
    if (in.AtArray()) return Array(in);
    const auto from = in.mark();
    const Scalar value = in.Value();
    return value.kind == Scalar::Kind::kText ? Text(value.text) : std::string(in.Raw(from));
  }

 private:
  std::string Object(JsonCursor& in) {
    std::vector<std::string> members;
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      std::string member = Text(in.Key()) + Blanks() + ':' + Blanks();
      members.push_back(member + Value(in));
    }
    for (size_t left = members.size(); left > 1; --left)
      std::swap(members[left - 1], members[random_.Below(left)]);
    return '{' + Joined(members) + '}';
  }

  std::string Array(JsonCursor& in) {
    std::vector<std::string> elements;
    for (bool more = in.EnterArray(); more; more = in.NextElement()) elements.push_back(Value(in));
    return '[' + Joined(elements) + ']';
  }

  std::string Joined(const std::vector<std::string>& parts) {
    std::string text = Blanks();
    for (const std::string& part : parts) {
      if (&part != &parts.front()) text += ',' + Blanks();
      text += part + Blanks();
    }
    return text;
  }

  std::string Blanks() {
    std::string blanks;
    while (random_.OneIn(4)) blanks += " \n\t\r"[random_.Below(4)];
    return blanks;
  }

  std::string Text(std::string_view text) {
    std::string json = "\"";
    const bool escapes = random_.OneIn(4);
    for (const char c : text) {
      const auto code = static_cast<unsigned char>(c);
      if (code < 0x20 || c == '"' || c == '\\' || (escapes && code < 0x80 && random_.OneIn(4))) {
        json += random_.OneIn(2) ? fmt::format("\\u{:04x}", code) : fmt::format("\\u{:04X}", code);
      } else {
        json += c;
      }
    }
    return json + '"';
  }

  Random& random_;
};

}  // namespace

std::string RewrittenJson(std::string_view json, Random& random) {
  JsonIndex index;
  Arena arena;
  EXPECT_FALSE(index.Build(json));
  JsonCursor in(index, arena);
  std::string text = Rewriter(random).Value(in);
  EXPECT_FALSE(in.error());
  return text;
}

}  // namespace ntsp::app
