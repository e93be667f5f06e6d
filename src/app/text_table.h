// Columns of text, as wide as what stands in them. What goes in is made harmless for a terminal, and cut
// where it is too long for a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ntsp::app {

class TextTable {
 public:
  static constexpr size_t kWidest = 44;  // of a cell but the last, in characters
  static constexpr size_t kWidestLast = 120;

  void Add(std::vector<std::string> cells);
  // Each line with `indent` blanks before it.
  std::string Text(size_t indent) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// Printable, and not longer than `widest` characters: what is cut off is "…".
std::string Shown(std::string_view text, size_t widest = TextTable::kWidest);

}  // namespace ntsp::app
