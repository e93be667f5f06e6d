#include "app/text_table.h"

#include <algorithm>

#include "base/json_text.h"

namespace ntsp::app {
namespace {

bool IsStart(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

// In characters.
size_t Width(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, IsStart));
}

}  // namespace

std::string Shown(std::string_view text, size_t widest) {
  std::string shown;
  AppendPrintable(shown, text);
  if (Width(shown) <= widest) return shown;
  size_t end = 0;
  for (size_t width = 0; end < shown.size(); ++end) {
    if (IsStart(shown[end]) && ++width == widest) break;
  }
  return shown.substr(0, end) + "…";
}

void TextTable::Add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = Shown(cell, &cell == &cells.back() ? kWidestLast : kWidest);
  rows_.push_back(std::move(cells));
}

std::string TextTable::Text(size_t indent) const {
  std::vector<size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - Width(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace ntsp::app
