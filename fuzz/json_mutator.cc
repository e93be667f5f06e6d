#include "json_mutator.h"

#include <array>
#include <optional>
#include <vector>

#include "base/json_text.h"

namespace ntsp::fuzz {
namespace {

struct Span {
  size_t begin, end;
};

// What stands in place of a value: of other kinds, at the edges of types, nested, and texts that are read as
// times, addresses, paths and numbers.
constexpr std::array<std::string_view, 44> kValues = {"null",
                                                      "true",
                                                      "false",
                                                      "0",
                                                      "-1",
                                                      "-0",
                                                      "1e3",
                                                      "1.5",
                                                      "1e999",
                                                      "-1e-999",
                                                      "18446744073709551615",
                                                      "18446744073709551616",
                                                      "9223372036854775808",
                                                      "1717833750123456789",
                                                      "1717833750123",
                                                      "{}",
                                                      "[]",
                                                      "[null]",
                                                      "[[]]",
                                                      "[{}]",
                                                      R"({"":{}})",
                                                      R"("")",
                                                      R"(" ")",
                                                      R"("\u0000")",
                                                      R"("\ud83d\ude00")",
                                                      R"("a/b[c=d/e]/f")",
                                                      R"("/")",
                                                      R"("interface[name=")",
                                                      R"("10.0.0.1/24")",
                                                      R"("10.0.0.1/33")",
                                                      R"("2001:db8::1/64")",
                                                      R"("fe80::1%eth0/64")",
                                                      R"("::ffff:1.2.3.4")",
                                                      R"("255.255.255.0")",
                                                      R"("[2001:db8::9]:57400")",
                                                      R"("leaf1:57400")",
                                                      R"("2024-02-30T25:61:61Z")",
                                                      R"("2024-06-07T08:09:10.123456789+14:00")",
                                                      R"("e30=")",
                                                      R"("W10=")",
                                                      R"("eyJuYW1lIjoiZTEiLCJtdHUiOjE1MDB9")",
                                                      R"("UP")",
                                                      R"("4294967295")",
                                                      R"("SPEED_100GB")"};

// The texts of values and of names, and of members with their names, as far as `text` is JSON.
struct Places {
  std::vector<Span> values, names, members;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Places Scan() {
    while (at_ < text_.size()) Value(0);
    return std::move(places_);
  }

 private:
  static constexpr int kDeepest = 64;

  void Blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void Text() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) at_ += text_[at_] == '\\';
    at_ = std::min(at_ + 1, text_.size());
  }

  void Value(int depth) {
    Blanks();
    const size_t begin = at_;
    if (Peek() == '"') {
      Text();
    } else if ((Peek() == '{' || Peek() == '[') && depth < kDeepest) {
      Container(depth);
    } else {
      at_ = std::min(text_.find_first_of(",:]} \n", at_ + 1), text_.size());
    }
    if (at_ > begin) places_.values.push_back({begin, at_});
    Blanks();
  }

  void Container(int depth) {
    const bool is_object = text_[at_++] == '{';
    for (Blanks(); at_ < text_.size() && Peek() != '}' && Peek() != ']'; Blanks()) {
      const size_t begin = at_;
      if (is_object && Peek() == '"') {
        Text();
        places_.names.push_back({begin, at_});
        Blanks();
        at_ += Peek() == ':';
      }
      Value(depth + 1);
      places_.members.push_back({begin, at_});
      at_ += Peek() == ',';
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  std::string_view text_;
  size_t at_ = 0;
  Places places_;
};

size_t Below(size_t limit, Random& random) {
  return std::uniform_int_distribution<size_t>(0, limit - 1)(random);
}

const Span& Pick(const std::vector<Span>& spans, Random& random) {
  return spans[Below(spans.size(), random)];
}

std::string_view Of(std::string_view text, const Span& span) {
  return text.substr(span.begin, span.end - span.begin);
}

std::string Replaced(std::string_view text, const Span& span, std::string_view by) {
  return std::string(text.substr(0, span.begin)).append(by).append(text.substr(span.end));
}

std::string Removed(std::string_view text, Span member) {
  if (member.end < text.size() && text[member.end] == ',') {
    ++member.end;
  } else if (member.begin > 0 && text[member.begin - 1] == ',') {
    --member.begin;
  }
  return Replaced(text, member, "");
}

std::string Swapped(std::string_view text, Span a, Span b) {
  if (b.begin < a.begin) std::swap(a, b);
  if (b.begin < a.end) return std::string(text);
  const std::string swapped = Replaced(text, b, Of(text, a));
  return Replaced(swapped, a, Of(text, b));
}

// JSON in a text, as collectors wrap it.
std::string Quoted(std::string_view json) {
  std::string quoted;
  AppendJsonString(quoted, json);
  return quoted;
}

std::string ChangeText(std::string_view text, const Span& value, Random& random) {
  if (value.end - value.begin < 3 || text[value.begin] != '"')
    return Replaced(text, value, kValues[Below(kValues.size(), random)]);
  const std::string inside = MutateBytes(text.substr(value.begin + 1, value.end - value.begin - 2), random);
  return Replaced(text, value, '"' + inside + '"');
}

}  // namespace

std::string MutateJson(std::string_view text, Random& random) {
  const Places places = Scanner(text).Scan();
  if (places.values.empty()) return std::string(kValues[Below(kValues.size(), random)]);
  const Span& value = Pick(places.values, random);
  if (!places.members.empty()) {
    const Span& member = Pick(places.members, random);
    switch (Below(6, random)) {
      case 0:
        return Removed(text, member);
      case 1:
        return Replaced(
            text, member,
            std::string(Of(text, member)) + "," + std::string(Of(text, Pick(places.members, random))));
      case 2:
        return Swapped(text, member, Pick(places.members, random));
      case 3:
        if (places.names.empty()) break;
        return Replaced(text, Pick(places.names, random), Of(text, Pick(places.names, random)));
      default:
        break;
    }
  }
  switch (Below(7, random)) {
    case 0:
      return Replaced(text, value, Of(text, Pick(places.values, random)));
    case 1:
    case 2:
      return Replaced(text, value, kValues[Below(kValues.size(), random)]);
    case 3:
      return Replaced(text, value, "[" + std::string(Of(text, value)) + "]");
    case 4:
      return Replaced(text, value, Quoted(Of(text, value)));
    case 5:
      return std::string(text).append("\n").append(Of(text, value));
    default:
      return ChangeText(text, value, random);
  }
}

std::string MutateBytes(std::string_view text, Random& random) {
  std::string out(text);
  const size_t at = Below(out.size() + 1, random);
  const char byte = static_cast<char>(Below(256, random));
  switch (Below(4, random)) {
    case 0:
      return out.insert(at, 1, byte);
    case 1:
      return at < out.size() ? out.erase(at, 1 + Below(8, random)) : out;
    case 2:
      return out.insert(at, out.substr(Below(out.size() + 1, random), Below(16, random)));
    default:
      if (at < out.size()) out[at] = byte;
      return out;
  }
}

}  // namespace ntsp::fuzz
