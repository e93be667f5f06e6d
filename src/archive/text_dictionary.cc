#include "archive/text_dictionary.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace ntsp::archive {

namespace {

constexpr size_t kFirstSlots = 64;

uint32_t HashOf(std::string_view text) {
  const uint64_t hash = std::hash<std::string_view>()(text);
  return static_cast<uint32_t>(hash ^ hash >> 32);
}

}  // namespace

TextDictionary::Id TextDictionary::Find(std::string_view text) {
  if (2 * size() >= slots_.size()) GrowSlots();
  const uint32_t hash = HashOf(text);
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.id_plus_one == 0) {
      const Id id = Add(text);
      slot = {hash, id + 1};
      return id;
    }
    if (slot.hash == hash && Text(slot.id_plus_one - 1) == text) return slot.id_plus_one - 1;
  }
}

TextDictionary::Id TextDictionary::Add(std::string_view text) {
  bytes_.append(text);
  offsets_.push_back(static_cast<int32_t>(bytes_.size()));
  return static_cast<Id>(size() - 1);
}

void TextDictionary::GrowSlots() {
  std::vector<Slot> larger(std::max(kFirstSlots, slots_.size() * 2));
  const size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.id_plus_one == 0) continue;
    size_t at = slot.hash & mask;
    while (larger[at].id_plus_one != 0) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::vector<uint32_t> TextDictionary::Ranks() const {
  std::vector<Id> sorted(size());
  std::iota(sorted.begin(), sorted.end(), Id{0});
  std::sort(sorted.begin(), sorted.end(), [this](Id a, Id b) { return Text(a) < Text(b); });
  std::vector<uint32_t> ranks(size());
  for (uint32_t rank = 0; rank < sorted.size(); ++rank) ranks[sorted[rank]] = rank;
  return ranks;
}

size_t TextDictionary::memory_bytes() const {
  return bytes_.capacity() + offsets_.capacity() * sizeof(int32_t) + slots_.capacity() * sizeof(Slot);
}

void TextDictionary::Clear() {
  bytes_.clear();
  offsets_.assign(1, 0);
  std::fill(slots_.begin(), slots_.end(), Slot{});
  last_ = 0;
}

}  // namespace ntsp::archive
