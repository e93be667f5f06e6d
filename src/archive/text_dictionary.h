// The distinct texts of one column, numbered in order of appearance: what is repeated is stored once, and a
// row costs four bytes. The storage is laid out as Arrow wants a string array, so it becomes one without a
// copy.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace ntsp::archive {

// Not thread-safe.
class TextDictionary {
 public:
  using Id = uint32_t;

  // All texts together stay below 2 GiB (Arrow's string arrays have 32-bit offsets).
  static constexpr size_t kMaxBytes = std::numeric_limits<int32_t>::max();

  // The id of `text`, new or known. REQUIRES: bytes().size() + text.size() <= kMaxBytes.
  Id Intern(std::string_view text) {
    // Neighbouring rows mostly come from one message or one node: the last text is the likeliest.
    if (size() > 0 && Text(last_) == text) return last_;
    return last_ = Find(text);
  }

  std::string_view Text(Id id) const {
    return {bytes_.data() + offsets_[id], static_cast<size_t>(offsets_[id + 1] - offsets_[id])};
  }
  size_t size() const { return offsets_.size() - 1; }

  // Text i is bytes()[offsets()[i], offsets()[i + 1]).
  const std::vector<int32_t>& offsets() const { return offsets_; }
  const std::string& bytes() const { return bytes_; }

  // For each id its place in the order of the texts' bytes.
  std::vector<uint32_t> Ranks() const;

  size_t used_bytes() const { return bytes_.size() + size() * (sizeof(int32_t) + 2 * sizeof(Slot)); }
  size_t memory_bytes() const;
  // Forgets the texts and keeps the memory.
  void Clear();

 private:
  Id Find(std::string_view text);
  Id Add(std::string_view text);
  void GrowSlots();

  // Open addressing, a power of two, at most half full. `id_plus_one` 0: free.
  struct Slot {
    uint32_t hash = 0;
    uint32_t id_plus_one = 0;
  };

  std::string bytes_;
  std::vector<int32_t> offsets_ = {0};
  std::vector<Slot> slots_;
  Id last_ = 0;
};

}  // namespace ntsp::archive
