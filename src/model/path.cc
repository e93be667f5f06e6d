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
  return *InternKey().second;
}

const Path& Paths::Below(const Path& container, std::string_view name) {
  const auto last = static_cast<uint8_t>(name.empty() ? '\0' : name.back());
  Child& child = children_[(container.id * 5 + name.size() * 3 + last) % children_.size()];
  if (child.container == &container && child.name == name) return *child.path;
  constexpr std::string_view kBeyond = "beyond-bounds";
  if (container.text.size() + name.size() > kLongest) return Intern(kBeyond);
  key_.assign(1, '/').append(container.text).append("/").append(name);
  const bool too_many = by_spelling_.size() >= 2 * kMaxSpellings && !by_spelling_.contains(key_);
  if (too_many) return Intern(kBeyond);
  const auto& [spelling, path] = InternKey();
  child = {&container, std::string_view(spelling).substr(spelling.size() - name.size()), path};
  return *path;
}

// What stands in key_: the separator and the spelling.
const Paths::Index::value_type& Paths::InternKey() {
  if (const auto known = by_spelling_.find(key_); known != by_spelling_.end()) return *known;
  std::string text = CanonicalPath(std::string_view(key_).substr(1), key_.front());
  auto [entry, is_new] = by_text_.try_emplace(text, nullptr);
  if (is_new)
    entry->second = &paths_.emplace_back(Path{std::move(text), static_cast<uint32_t>(paths_.size())});
  return *by_spelling_.emplace(key_, entry->second).first;
}

void Paths::Clear() {
  children_.fill({});
  by_spelling_.clear();
  by_text_.clear();
  paths_.clear();
  ++generation_;
}

}  // namespace ntsp
