#include "model/json_cursor.h"

#include "model/json_text.h"

namespace ntsp {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

}  // namespace

Scalar JsonCursor::OtherValue() {
  switch (Peek()) {
    case 't':
      return Literal("true", Scalar::Kind::kBool);
    case 'f':
      return Literal("false", Scalar::Kind::kBool);
    case 'n':
      return Literal("null", Scalar::Kind::kNull);
    case '{':
    case '[': {
      const Mark from = mark();
      Skip();
      return error_ ? Scalar{} : Scalar{Scalar::Kind::kJson, Raw(from)};
    }
    default:
      return Number();
  }
}

void JsonCursor::JumpOver() {
  const char* const text = text_;
  const uint32_t* next = next_;
  int64_t depth = 0;
  while (next != end_) {
    const int c = text[*next++] | 0x20;  // '[' and '{' are one bit apart, and so are ']' and '}'
    depth += (c == '{') - (c == '}');
    if (depth <= 0) break;
  }
  next_ = next;
}

// Recursion is bounded by kMaxDepth.
void JsonCursor::Skip() {
  switch (Peek()) {
    case '{':
      for (bool more = EnterObject(); more; more = NextMember()) {
        Key();
        Skip();
      }
      return;
    case '[':
      for (bool more = EnterArray(); more; more = NextElement()) Skip();
      return;
    default:
      Value();
  }
}

std::string_view JsonCursor::Raw(Mark from) const {
  const char first_of_last = text_[next_[-1]];
  size_t end = next_[0];
  if (first_of_last == '}' || first_of_last == ']') end = next_[-1] + 1;
  while (IsBlank(text_[end - 1])) --end;
  return {text_ + *from, end - *from};
}

Scalar JsonCursor::Number() {
  if (AtEnd()) return Fail("cut short: a value expected"), Scalar{};
  const std::string_view word = Word();
  if (!IsJsonNumber(word)) return Fail("a value expected"), Scalar{};
  ++next_;
  return {Scalar::Kind::kNumber, word};
}

Scalar JsonCursor::Literal(std::string_view word, Scalar::Kind kind) {
  if (Word() != word) return Fail("a value expected"), Scalar{};
  ++next_;
  return {kind, word};
}

std::string_view JsonCursor::Unescaped(std::string_view raw) {
  if (const auto text = Unescape(raw, *arena_)) return *text;
  --next_;  // the error stands in the text that was just taken
  return FailText("an escape that JSON does not know");
}

bool JsonCursor::Fail(std::string_view what) {
  if (error_) return false;
  const bool cut_short = AtEnd();
  error_ = JsonError{RejectKind::kInvalidJson, *next_, cut_short ? "the JSON is cut short" : what};
  next_ = end_;
  return false;
}

bool JsonCursor::FailTooDeep() {
  if (error_) return false;
  error_ = JsonError{RejectKind::kTooDeep, next_[-1], "nested deeper than 256 levels"};
  next_ = end_;
  return false;
}

std::string_view JsonCursor::FailText(std::string_view what) {
  Fail(what);
  return std::string_view("", 0);  // not null: callers look into it
}

}  // namespace ntsp
