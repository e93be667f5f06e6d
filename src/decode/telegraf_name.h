// The names of fields in Telegraf metrics: "state/oper_status" below the path of the metric's tags,
// "/interfaces/interface/state/oper_status" from the root, or, as nobody promises that the two fit together,
// overlapping: "interface/state/oper_status" at "/interfaces/interface" is state/oper_status. Lists inside a
// value have been flattened, and a number is the place in the list ("subinterface/0/oper_state"). Names
// repeat from metric to metric in the same order, so each is taken apart once, and in the common case a name
// costs one comparison.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "decode/gnmic_name.h"
#include "model/path.h"

namespace ntsp::decode {

struct TelegrafName {
  // What the name alone says of what the metric is about.
  enum class Hint : uint8_t { kNone, kMaybeInterface, kInterface };

  const GnmicName* name;  // the same in gNMIc's spelling
  Hint hint;
};

// Belongs to one worker, beside the Paths and GnmicNames that it works with; to be cleared with them.
class TelegrafNames {
 public:
  static constexpr size_t kMaxNames = 65536;

  TelegrafNames(Paths& paths, GnmicNames& names) : paths_(paths), names_(names) {}

  // The names that follow are of a metric at this path, which is given back interned.
  const Path& StartMetric(std::string_view path) {
    if (base_ == nullptr || path != base_spelling_) InternBase(path);
    next_ = &first_[base_->id];
    return *base_;
  }

  const TelegrafName& Find(std::string_view spelling) {
    Entry* const guess = *next_;
    if (guess == nullptr || guess->base != base_ || guess->spelling != spelling) return FindAnew(spelling);
    next_ = &guess->next;
    return guess->name;
  }

  bool Full() const { return entries_.size() >= kMaxNames; }
  void Clear();

 private:
  struct Entry {
    const Path* base = nullptr;
    std::string_view spelling;  // the key in entries_
    TelegrafName name{};
    Entry* next = nullptr;  // the name that came after it when it was seen last
  };
  struct EntryKey {
    const Path* base;
    std::string_view spelling;
    bool operator==(const EntryKey&) const = default;
  };
  struct Hash {
    size_t operator()(const EntryKey& key) const {
      return std::hash<std::string_view>()(key.spelling) ^ (reinterpret_cast<uintptr_t>(key.base) >> 3);
    }
  };

  void InternBase(std::string_view path);
  const TelegrafName& FindAnew(std::string_view spelling);

  Paths& paths_;
  GnmicNames& names_;
  const Path* base_ = nullptr;
  std::string base_spelling_;
  std::deque<std::string> spellings_;
  std::unordered_map<EntryKey, Entry, Hash> entries_;
  std::vector<Entry*> first_;  // by Path::id: the name that began the last metric there
  Entry** next_ = nullptr;     // where the name that is expected next stands
};

// "/interface" and "subinterface/0/ipv4/address/1/origin" give
// "interface/subinterface.0/ipv4/address.1/origin".
std::string GnmicSpelling(const Path& base, std::string_view field);

}  // namespace ntsp::decode
