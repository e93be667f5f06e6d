// For tests: samples by hand, as a decoder would leave them. Texts are kept until the fake goes.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "model/raw_message.h"
#include "model/sample.h"

namespace ntsp::normalize {

inline Scalar Text(std::string_view text) {
  return {Scalar::Kind::kText, text};
}
inline Scalar Number(std::string_view text) {
  return {Scalar::Kind::kNumber, text};
}
inline Scalar Bool(bool value) {
  return {Scalar::Kind::kBool, value ? "true" : "false"};
}
inline Scalar Json(std::string_view text) {
  return {Scalar::Kind::kJson, text};
}
inline Scalar Null() {
  return {Scalar::Kind::kNull, "null"};
}

using FakeKeys = std::vector<std::pair<std::string, Scalar>>;

// One raw message in the making: Element() begins an element, Sample() a sample in it, the others add to
// that.
class SamplesFake {
 public:
  RawMessage message{.topic = "network-data",
                     .partition = {3},
                     .offset = {42},
                     .received_at = {1'700'000'000'000'000},
                     .key = std::nullopt,
                     .value = "{}"};
  Paths paths;
  Samples samples;

  SamplesFake() { Envelope(Dialect::kEda); }

  SamplesFake& Envelope(Dialect dialect) {
    samples.envelopes.push_back(
        {.dialect = dialect, .raw = "{}", .node = {}, .node_namespace = {}, .time = std::nullopt});
    return *this;
  }

  SamplesFake& Element(std::string_view raw = "{}") {
    samples.elements.push_back({static_cast<uint32_t>(samples.envelopes.size() - 1), Keep(raw)});
    return *this;
  }

  SamplesFake& Sample(std::string_view path, std::string_view node, const FakeKeys& keys = {}) {
    ntsp::Sample sample{};
    sample.element = static_cast<uint32_t>(samples.elements.size() - 1);
    sample.path = &paths.Intern(path);
    sample.node = Keep(node);
    sample.first_key = static_cast<uint32_t>(samples.keys.size());
    sample.first_leaf = static_cast<uint32_t>(samples.leaves.size());
    samples.samples.push_back(sample);
    for (const auto& [name, value] : keys) {
      samples.keys.push_back({Keep(name), {value.kind, Keep(value.text)}});
      ++samples.samples.back().key_count;
    }
    return *this;
  }

  // An element of one sample.
  SamplesFake& Entry(std::string_view path, std::string_view node, const FakeKeys& keys = {}) {
    return Element().Sample(path, node, keys);
  }

  // In the container that the sample is about.
  SamplesFake& Leaf(std::string_view name, Scalar value) {
    return LeafAt(samples.samples.back().path->text, name, value);
  }
  SamplesFake& LeafAt(std::string_view container, std::string_view name, Scalar value) {
    samples.leaves.push_back({&paths.Intern(container), Keep(name), {value.kind, Keep(value.text)}});
    ++samples.samples.back().leaf_count;
    return *this;
  }

  SamplesFake& Time(int64_t micros) {
    samples.samples.back().time = Timestamp{micros};
    return *this;
  }
  SamplesFake& Namespace(std::string_view name) {
    samples.samples.back().node_namespace = Keep(name);
    return *this;
  }
  SamplesFake& Deleted() {
    samples.samples.back().deleted = true;
    return *this;
  }

 private:
  std::string_view Keep(std::string_view text) { return texts_.emplace_back(text); }

  std::deque<std::string> texts_;
};

}  // namespace ntsp::normalize
