#include "app/json_values.h"

#include <string>
#include <utility>

#include "decode/unpack.h"

namespace ntsp::app {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

size_t LineEnd(std::string_view text) {
  const size_t end = text.find('\n');
  return end == std::string_view::npos ? text.size() : end;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // Length of the value that begins with a bracket; 0 if it is never closed.
  size_t Length() {
    for (at_ = 0; at_ < text_.size(); ++at_) {
      if (kBlanks.find(text_[at_]) != std::string_view::npos) continue;
      if (!Take(text_[at_])) return 0;
      if (open_.empty()) return at_ + 1;
    }
    return 0;
  }

 private:
  bool Take(char c) {
    // A line that ended where JSON cannot end one was cut short: the next begins a value of its own.
    if ((c == '{' || c == '[' || c == '"') && at_ > 0 && !CanFollow()) return false;
    last_ = c;
    switch (c) {
      case '{':
        open_ += '}';
        return true;
      case '[':
        open_ += ']';
        return true;
      case '}':
      case ']':
        return Close(c);
      case '"':
        return SkipString();
      default:
        return true;
    }
  }

  bool CanFollow() const { return std::string_view("{[,:").find(last_) != std::string_view::npos; }

  bool Close(char c) {
    if (open_.back() != c) return false;
    open_.pop_back();
    return true;
  }

  bool SkipString() {
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '"') return true;
      if (text_[at_] == '\\') ++at_;
    }
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
  std::string open_;  // the brackets that must come, the next one last
  char last_ = 0;     // the last character that was no blank; '"' behind a string
};

}  // namespace

JsonValues::JsonValues(std::string_view text)
    : rest_(text), is_packed_(decode::PackingOf(text) != decode::Packing::kNone) {}

std::optional<std::string_view> JsonValues::Next() {
  if (is_packed_) {
    is_packed_ = false;
    return std::exchange(rest_, {});
  }
  const size_t begin = rest_.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return std::nullopt;
  rest_.remove_prefix(begin);
  size_t length = 0;
  if (rest_[0] == '{' || rest_[0] == '[') length = Scanner(rest_).Length();
  if (length == 0) length = LineEnd(rest_);
  std::string_view value = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return value.substr(0, value.find_last_not_of(kBlanks) + 1);
}

}  // namespace ntsp::app
