// Walks the tokens of one indexed JSON text from left to right and checks the grammar on the way: what it has
// passed without failing is valid JSON. It takes any number of values one behind the other. Numbers are not
// converted, only checked, so that they may have any size and are handed on as they were written.
//
// The first error sticks: from then on nothing is found any more, loops end, and error() says what was wrong.
// Cheap to copy: a copy looks ahead, the original stays where it is. Texts borrow from the JSON text, or from
// the arena if they had to be unescaped.
//
//   for (bool more = in.EnterObject(); more; more = in.NextMember()) {
//     if (in.Key() == "name") name = in.Value(); else in.Skip();
//   }
#pragma once

#include <cstring>
#include <optional>
#include <string_view>

#include "base/arena.h"
#include "model/json_index.h"
#include "model/sample.h"

// The cursor's place stays in a register only where its small steps are compiled into the caller: measured, a
// message is read in about half of the time.
#define NTSP_HOT [[gnu::always_inline]] inline

namespace ntsp {

class JsonCursor {
 public:
  static constexpr uint32_t kMaxDepth = 256;

  // Both must outlive the cursor.
  JsonCursor(const JsonIndex& index, Arena& arena)
      : text_(index.text().data()),
        next_(index.tokens().data()),
        end_(next_ + index.tokens().size()),
        has_escapes_(index.has_escapes()),
        arena_(&arena) {}

  // No token is left, or something was wrong.
  bool AtEnd() const { return next_ == end_; }
  const std::optional<JsonError>& error() const { return error_; }

  // First character of the next token; 0 at the end.
  char Peek() const { return next_ != end_ ? text_[*next_] : '\0'; }
  bool AtObject() const { return Peek() == '{'; }
  bool AtArray() const { return Peek() == '['; }
  bool AtText() const { return Peek() == '"'; }

  // Takes the opening bracket; true if a member follows. NextMember takes what stands behind a value: a comma
  // (true) or the closing bracket (false). Whoever enters must read or skip each value and go on until false.
  NTSP_HOT bool EnterObject() { return Enter('{', '}'); }
  NTSP_HOT bool EnterArray() { return Enter('[', ']'); }
  NTSP_HOT bool NextMember() { return Next('}'); }
  NTSP_HOT bool NextElement() { return Next(']'); }

  // The name of a member, and takes the colon behind it.
  NTSP_HOT std::string_view Key() {
    const std::string_view key = Text();
    if (Peek() != ':') return FailText("a name must be followed by ':'");
    ++next_;
    return key;
  }

  // Takes the next value. A container is checked to its end and is its own JSON text (Scalar::kJson).
  NTSP_HOT Scalar Value() { return AtText() ? Scalar{Scalar::Kind::kText, Text()} : OtherValue(); }
  void Skip();
  // The same without a look at what is passed: for a copy that looks ahead of the reading that will check it.
  void JumpOver();

  // For Raw: where the next token stands.
  using Mark = const uint32_t*;
  Mark mark() const { return next_; }
  // The JSON text from `from` to the end of the last token taken. REQUIRES: something was taken since, and no
  // error.
  std::string_view Raw(Mark from) const;

 private:
  NTSP_HOT bool Enter(char open, char close) {
    if (Peek() != open) return Fail(open == '{' ? "'{' expected" : "'[' expected");
    ++next_;
    if (++depth_ > kMaxDepth) return FailTooDeep();
    if (Peek() != close) return true;
    Leave();
    return false;
  }

  NTSP_HOT bool Next(char close) {
    const char c = Peek();
    if (c == ',') {
      ++next_;
      return true;
    }
    if (c != close) return Fail(close == '}' ? "',' or '}' expected" : "',' or ']' expected");
    Leave();
    return false;
  }

  NTSP_HOT void Leave() {
    ++next_;
    --depth_;
  }

  NTSP_HOT std::string_view Text() {
    const std::string_view raw = RawText();
    return has_escapes_ && std::memchr(raw.data(), '\\', raw.size()) != nullptr ? Unescaped(raw) : raw;
  }

  // What stands between the quotes of the next token. Only blanks can stand between a closing quote and the
  // next token.
  NTSP_HOT std::string_view RawText() {
    if (Peek() != '"') return FailText("a text in quotes expected");
    const char* const first = text_ + next_[0] + 1;
    const char* last = text_ + next_[1] - 1;
    while (last >= first && *last != '"') --last;
    if (last < first) return FailText("a text has no closing quote");
    ++next_;
    return {first, static_cast<size_t>(last - first)};
  }

  Scalar OtherValue();
  // The next token, which is neither text nor bracket. REQUIRES: !AtEnd().
  NTSP_HOT std::string_view Word() const {
    const char* const first = text_ + next_[0];
    const char* end = text_ + next_[1];
    while (end[-1] == ' ' || end[-1] == '\n' || end[-1] == '\t' || end[-1] == '\r') --end;
    return {first, static_cast<size_t>(end - first)};
  }
  std::string_view Unescaped(std::string_view raw);
  Scalar Number();
  Scalar Literal(std::string_view word, Scalar::Kind kind);

  bool Fail(std::string_view what);
  bool FailTooDeep();
  std::string_view FailText(std::string_view what);

  const char* text_;
  const uint32_t* next_;
  const uint32_t* end_;
  uint32_t depth_ = 0;
  bool has_escapes_;
  Arena* arena_;
  std::optional<JsonError> error_;
};

}  // namespace ntsp

#undef NTSP_HOT
