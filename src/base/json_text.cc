#include "base/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/utf8.h"

namespace ntsp {
namespace {

// The C1 controls (U+0080 to U+009F) too: some terminals obey them.
bool IsControl(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7f;
  return character.size() == 2 && first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;
}

void AppendControl(std::string& out, std::string_view character) {
  switch (character[0]) {
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(character.back()));
  }
}

// As many characters as need no look at all, which mostly is all of them.
size_t PlainLength(std::string_view text) {
  const auto* const special =
      std::ranges::find_if(text, [](char c) { return c < 0x20 || c > 0x7e || c == '"' || c == '\\'; });
  return static_cast<size_t>(special - text.begin());
}

void AppendEscaped(std::string& out, std::string_view text, bool quoted) {
  while (true) {
    const size_t plain = PlainLength(text);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) return;
    const size_t length = Utf8Length(text);
    const std::string_view character = text.substr(0, length == 0 ? 1 : length);
    if (length == 0) {
      out += "\xef\xbf\xbd";
    } else if (IsControl(character)) {
      AppendControl(out, character);
    } else {
      if (quoted && (character[0] == '"' || character[0] == '\\')) out += '\\';
      out += character;
    }
    text.remove_prefix(character.size());
  }
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  AppendEscaped(out, text, true);
  out += '"';
}

void AppendPrintable(std::string& out, std::string_view text) {
  AppendEscaped(out, text, false);
}

void AppendJsonNumber(std::string& out, double number) {
  if (std::isfinite(number)) {
    fmt::format_to(std::back_inserter(out), "{}", number);
  } else {
    out += "null";
  }
}

void JsonObject::Key(std::string_view name) {
  if (out_.size() > 1) out_ += ',';
  AppendJsonString(out_, name);
  out_ += ':';
}

JsonObject& JsonObject::Text(std::string_view name, std::string_view value) {
  Key(name);
  AppendJsonString(out_, value);
  return *this;
}

JsonObject& JsonObject::Number(std::string_view name, double value) {
  Key(name);
  AppendJsonNumber(out_, value);
  return *this;
}

JsonObject& JsonObject::Raw(std::string_view name, std::string_view json) {
  Key(name);
  out_ += json;
  return *this;
}

std::string JsonObject::Finish() {
  out_ += '}';
  return std::move(out_);
}

}  // namespace ntsp
