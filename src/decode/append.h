// Appending the parts of samples, member by member: a whole struct would be put together on the stack first,
// and reading it back in wider pieces than it was written in stalls the CPU (measured: half of the time of a
// message).
#pragma once

#include <string_view>
#include <vector>

#include "model/sample.h"

namespace ntsp::decode {

inline void Append(std::vector<Key>& keys, std::string_view name, const Scalar& value) {
  Key& key = keys.emplace_back();
  key.name = name;
  key.value.kind = value.kind;
  key.value.text = value.text;
}

inline void Append(std::vector<Leaf>& leaves, const Path& container, std::string_view name,
                   const Scalar& value) {
  Leaf& leaf = leaves.emplace_back();
  leaf.container = &container;
  leaf.name = name;
  leaf.value.kind = value.kind;
  leaf.value.text = value.text;
}

inline void Append(std::vector<Element>& elements, uint32_t envelope, std::string_view raw) {
  Element& element = elements.emplace_back();
  element.envelope = envelope;
  element.raw = raw;
}

// A sample of which nothing is said yet: copied from one that is, which is quicker than filling it with
// zeros.
inline Sample& AppendSample(std::vector<Sample>& samples) {
  static constexpr Sample kNothing{};
  return samples.emplace_back(kNothing);
}

}  // namespace ntsp::decode
