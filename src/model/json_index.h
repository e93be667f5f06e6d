// Where the tokens of a JSON text begin: simdjson's first stage, which also checks UTF-8 and that every text
// is closed and holds no control character. JsonCursor walks the tokens. simdjson is used here and nowhere
// else in the reading of messages: one pass with SIMD over the bytes, and then a walk of our own that sees
// every token. Rejected: On-Demand (does not validate what is not visited, forward-only, one document a
// parse) and the DOM (builds a tree that is read once). The index has no notion of documents, so concatenated
// values and JSON lines cost nothing extra.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/verdict.h"

namespace ntsp {

// The first thing that is wrong with a JSON text.
struct JsonError {
  RejectKind kind = RejectKind::kInvalidJson;
  size_t position = 0;    // bytes from the beginning
  std::string_view what;  // a fixed text

  Rejection ToRejection() const;
};

// Reused from text to text; one worker. Keeps 4 bytes of memory for each byte of the longest text it has
// seen, up to kKeepCapacity: what a rare huge text needs is given back at the next text.
class JsonIndex {
 public:
  static constexpr size_t kKeepCapacity = 1 << 20;

  JsonIndex();
  ~JsonIndex();

  // Indexes `text`, which must outlive the use of the index; needs no padding. What is wrong, or nothing.
  std::optional<JsonError> Build(std::string_view text);

  std::string_view text() const { return text_; }
  // Positions of the tokens, in order. One more position, the length of the text, stands behind the last.
  std::span<const uint32_t> tokens() const { return tokens_; }
  // Whether there is a backslash anywhere: without one, each text of the JSON is what stands between its
  // quotes.
  bool has_escapes() const { return has_escapes_; }

 private:
  struct Parser;

  bool Reserve(size_t size);

  std::unique_ptr<Parser> parser_;
  std::string_view text_;
  std::span<const uint32_t> tokens_;
  bool has_escapes_ = false;
};

}  // namespace ntsp
