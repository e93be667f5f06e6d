// Where in a message the node, the namespace, the time and the path of an element stand: for `ntsp explain`.
// The decoder does not keep that; it is found again by the table of the dialect's facts (dialect_facts.h),
// and told only of a member whose value is what the decoder took.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "decode/dialect_facts.h"
#include "decode/trace.h"
#include "model/json_index.h"
#include "model/raw_message.h"
#include "model/sample.h"

namespace ntsp::decode {

// Of one message that was decoded with a trace. All must outlive it.
class Origins {
 public:
  Origins(const RawMessage& message, const Samples& samples, const Trace& trace);

  // The object of the trace that holds the element: of several, the innermost. Null: none does.
  const Trace::Object* ObjectOf(uint32_t element) const;

  // "keys.node_name of the entry"; empty: not found.
  std::string OfNode(const Sample& sample);
  std::string OfNamespace(const Sample& sample);
  std::string OfTime(const Sample& sample);

  struct Written {
    std::string text;    // "/interfaces/interface[name=ethernet-1/1]"
    std::string origin;  // "Path of the update"

    bool operator==(const Written&) const = default;
  };
  // The texts that the dialect's paths are made of, as they are written.
  std::vector<Written> PathOf(uint32_t element);

 private:
  template <typename IsIt>
  std::string Find(const Sample& sample, std::span<const Place> places, std::string_view in_wrapper,
                   const IsIt& is_it);
  template <typename IsIt>
  std::string FindInWrappers(uint32_t element, std::string_view member, const IsIt& is_it);
  std::optional<Scalar> ValueAt(const Place& place, uint32_t element);
  std::optional<Scalar> Member(std::string_view json, std::string_view member, bool anywhere);
  const DialectFacts& Facts(uint32_t element) const;

  const RawMessage& message_;
  const Samples& samples_;
  const Trace& trace_;
  JsonIndex index_;
  Arena arena_;
  // What was found in envelopes and wrappers, which have many elements.
  std::map<std::pair<const char*, std::string_view>, std::optional<Scalar>> found_;
};

}  // namespace ntsp::decode
