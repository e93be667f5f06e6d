#include "model/path.h"

#include <utility>

namespace ntsp {
namespace {

// "module:name" is `name`; so is "origin:name".
std::string_view WithoutPrefix(std::string_view element) {
  const size_t colon = element.rfind(':');
  return colon == std::string_view::npos ? element : element.substr(colon + 1);
}

char Folded(char c) {
  if (c == '_') return '-';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

std::string CanonicalPath(std::string_view spelling, char separator) {
  std::string path;
  path.reserve(spelling.size());
  while (!spelling.empty()) {
    const size_t end = spelling.find(separator);
    const std::string_view element = WithoutPrefix(spelling.substr(0, end));
    spelling.remove_prefix(end == std::string_view::npos ? spelling.size() : end + 1);
    if (element.empty()) continue;
    if (!path.empty()) path += '/';
    for (char c : element) path += Folded(c);
  }
  return path;
}

const Path& Paths::Intern(std::string_view spelling, char separator) {
  key_.assign(1, separator).append(spelling);
  if (const auto known = by_spelling_.find(key_); known != by_spelling_.end()) return *known->second;
  std::string text = CanonicalPath(spelling, separator);
  auto [entry, is_new] = by_text_.try_emplace(text, nullptr);
  if (is_new) entry->second = &paths_.emplace_back(std::move(text), static_cast<uint32_t>(paths_.size()));
  by_spelling_.emplace(key_, entry->second);
  return *entry->second;
}

void Paths::Clear() {
  by_spelling_.clear();
  by_text_.clear();
  paths_.clear();
  ++generation_;
}

}  // namespace ntsp
