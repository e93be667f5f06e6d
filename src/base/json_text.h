// JSON for people and their tools: log lines, alerts, status. Whatever bytes go in, valid JSON comes out.
// Small documents off the hot path; records have their own writer (model/record_json.h).
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace ntsp {

// Appends `text` as a JSON string with its quotes. Control characters are escaped; bytes that are not UTF-8
// become U+FFFD.
void AppendJsonString(std::string& out, std::string_view text);

// Appends `text` for a terminal: control characters (which could move the cursor or forge a line) are
// escaped, bytes that are not UTF-8 become U+FFFD, the rest is as it is.
void AppendPrintable(std::string& out, std::string_view text);

// Appends a number; null for NaN and the infinities, which JSON does not have.
void AppendJsonNumber(std::string& out, double number);

// One object, written from left to right. Names are the caller's to keep unique.
class JsonObject {
 public:
  JsonObject& Text(std::string_view name, std::string_view value);
  JsonObject& Flag(std::string_view name, bool value) { return Raw(name, value ? "true" : "false"); }
  JsonObject& Number(std::string_view name, double value);
  template <std::integral Integer>
  JsonObject& Number(std::string_view name, Integer value) {
    return Raw(name, std::to_string(value));
  }
  // `json` is valid JSON already.
  JsonObject& Raw(std::string_view name, std::string_view json);
  // An array of strings.
  template <typename Strings>
  JsonObject& Texts(std::string_view name, const Strings& values) {
    Key(name);
    out_ += '[';
    for (const std::string_view value : values) {
      if (out_.back() != '[') out_ += ',';
      AppendJsonString(out_, value);
    }
    out_ += ']';
    return *this;
  }

  // Closes the object and gives its text away; nothing else may be called afterwards.
  std::string Finish();

 private:
  void Key(std::string_view name);

  std::string out_ = "{";
};

}  // namespace ntsp
