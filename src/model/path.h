// Schema paths: where in a device's model a leaf stands, without keys, in one spelling for all dialects.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ntsp {

// "interface/statistics": element names joined by '/', without leading '/', module prefixes, origins or keys,
// with '-' for '_', in lower case. Interned: two equal paths of one Paths are one object.
struct Path {
  std::string text;
  uint32_t id;  // 0, 1, 2, … in the order of first sight: an index for tables of whoever reads the path
};

// Turns the spellings of dialects into Paths. Belongs to one worker. Remembers every spelling it has seen, up
// to kMaxSpellings; then Full() is true and its owner clears it between two messages.
class Paths {
 public:
  static constexpr size_t kMaxSpellings = 65536;
  static constexpr size_t kLongest = 256;  // of Below

  // `spelling` separates elements by '/' or, if `separator` says so, by '.'.
  const Path& Intern(std::string_view spelling, char separator = '/');
  // The container by the name `name` in `container`. A tree of data can spell paths without end: one that is
  // longer than any model's, or one too many of a single message, is "beyond-bounds".
  const Path& Below(const Path& container, std::string_view name);

  bool Full() const { return by_spelling_.size() >= kMaxSpellings; }
  // All Paths given out are gone; ids start at 0 again, in a new generation.
  void Clear();
  uint32_t generation() const { return generation_; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Index = std::unordered_map<std::string, const Path*, Hash, std::equal_to<>>;

  // What Below has given last: trees name the same containers in each of their entries.
  struct Child {
    const Path* container = nullptr;
    std::string_view name;  // in by_spelling_
    const Path* path = nullptr;
  };

  const Index::value_type& InternKey();

  std::deque<Path> paths_;
  Index by_spelling_;  // separator and spelling
  Index by_text_;
  std::array<Child, 64> children_;
  std::string key_;
  uint32_t generation_ = 0;
};

// The one spelling of a path, as described at Path.
std::string CanonicalPath(std::string_view spelling, char separator = '/');

}  // namespace ntsp
