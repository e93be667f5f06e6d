// Takes a text apart into its top-level JSON values: one a line, one behind the other, or written over many
// lines.
#pragma once

#include <optional>
#include <string_view>

namespace ntsp::app {

// Pure. Whether a value is good JSON is for the decoder to say; where it ends is told by its brackets. What
// begins with no bracket, and what is never closed, ends with its line: so one broken line is one broken
// value. A text that is packed (decode/unpack.h) is one value, whatever it holds.
class JsonValues {
 public:
  // `text` must outlive the values.
  explicit JsonValues(std::string_view text);

  // Without the blanks around it; nothing at the end.
  std::optional<std::string_view> Next();

 private:
  std::string_view rest_;
  bool is_packed_;
};

}  // namespace ntsp::app
