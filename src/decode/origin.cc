#include "decode/origin.h"

#include <fmt/format.h>

#include <algorithm>

#include "decode/gnmic_event.h"
#include "decode/time_value.h"
#include "decode/written_path.h"
#include "model/json_cursor.h"

namespace ntsp::decode {
namespace {

using In = Place::In;

bool Holds(const Trace::Object& object, uint32_t element) {
  return object.from.elements <= element && element < object.to.elements;
}

std::string_view WithoutModule(std::string_view name) {
  return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

// Of a member given twice the last counts.
std::optional<Scalar> ReadMember(JsonCursor& in, std::string_view path) {
  std::optional<Scalar> found;
  if (path.empty() && in.AtText()) return in.Value();
  if (!in.AtObject()) return in.Skip(), found;
  const std::string_view first = path.substr(0, path.find('.'));
  const bool is_last = first.size() == path.size();
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    if (WithoutModule(in.Key()) != first) {
      in.Skip();
    } else if (is_last) {
      found = in.Value();
    } else {
      found = ReadMember(in, path.substr(first.size() + 1));
    }
  }
  return found;
}

// At any depth; recursion is bounded by JsonCursor::kMaxDepth.
void ReadAnywhere(JsonCursor& in, std::string_view name, std::optional<Scalar>& found) {
  if (!in.AtObject()) return in.Skip();
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    if (WithoutModule(in.Key()) == name && !in.AtObject()) {
      found = in.Value();
    } else {
      ReadAnywhere(in, name, found);
    }
  }
}

std::string_view NodeOfPlace(const Place& place, const Scalar& value) {
  return place.in == In::kKey ? value.text.substr(0, value.text.find(":::")) : value.text;
}

std::string OriginText(const Place& place, const DialectFacts& facts) {
  if (place.in == In::kKey) return std::string(place.member);
  const std::string_view whole = place.in == In::kElement ? facts.element : "message";
  return place.member.empty() ? fmt::format("the {}", whole)
                              : fmt::format("{} of the {}", place.member, whole);
}

}  // namespace

Origins::Origins(const RawMessage& message, const Samples& samples, const Trace& trace)
    : message_(message), samples_(samples), trace_(trace) {}

const Trace::Object* Origins::ObjectOf(uint32_t element) const {
  // Objects stand in the order of the message, each before what it holds.
  auto after = std::ranges::upper_bound(trace_.objects, element, {},
                                        [](const Trace::Object& object) { return object.from.elements; });
  while (after != trace_.objects.begin()) {
    if (Holds(*--after, element)) return &*after;
  }
  return nullptr;
}

const DialectFacts& Origins::Facts(uint32_t element) const {
  return FactsOf(samples_.envelopes[samples_.elements[element].envelope].dialect);
}

std::string Origins::OfNode(const Sample& sample) {
  return Find(sample, Facts(sample.element).node, kWrapperNode, [&](const Place& place, const Scalar& value) {
    const std::string_view text = NodeOfPlace(place, value);
    return text == sample.node || WithoutPort(text) == sample.node;
  });
}

std::string Origins::OfNamespace(const Sample& sample) {
  return Find(sample, Facts(sample.element).node_namespace, {},
              [&](const Place&, const Scalar& value) { return value.text == sample.node_namespace; });
}

std::string Origins::OfTime(const Sample& sample) {
  if (!sample.time) return {};
  return Find(sample, Facts(sample.element).time, kWrapperTime,
              [&](const Place&, const Scalar& value) { return ReadTime(value) == sample.time; });
}

std::vector<Origins::Written> Origins::PathOf(uint32_t element) {
  const DialectFacts& facts = Facts(element);
  std::vector<Written> paths;
  for (const Place& place : facts.path_members) {
    const auto value = ValueAt(place, element);
    if (!value) continue;
    for (std::string& path : WrittenPaths(*value)) {
      paths.push_back({std::move(path), OriginText(place, facts)});
    }
    if (!paths.empty() && !facts.joins_paths) break;
  }
  return paths;
}

template <typename IsIt>
std::string Origins::Find(const Sample& sample, std::span<const Place> places, std::string_view in_wrapper,
                          const IsIt& is_it) {
  const DialectFacts& facts = Facts(sample.element);
  for (const Place& place : places) {
    const auto value = ValueAt(place, sample.element);
    if (!value || !is_it(place, *value)) continue;
    return OriginText(place, facts);
  }
  return in_wrapper.empty() ? std::string() : FindInWrappers(sample.element, in_wrapper, is_it);
}

// The innermost that says it.
template <typename IsIt>
std::string Origins::FindInWrappers(uint32_t element, std::string_view member, const IsIt& is_it) {
  for (auto object = trace_.objects.rbegin(); object != trace_.objects.rend(); ++object) {
    if (object->detection.shape != Shape::kWrapper || !Holds(*object, element)) continue;
    const auto value = Member(object->raw, member, /*anywhere=*/false);
    if (value && is_it(Place{In::kEnvelope, member}, *value)) return fmt::format("{} of the wrapper", member);
  }
  return {};
}

std::optional<Scalar> Origins::ValueAt(const Place& place, uint32_t element) {
  const Trace::Object* const object = ObjectOf(element);
  switch (place.in) {
    case In::kElement:
      return Member(samples_.elements[element].raw, place.member, /*anywhere=*/false);
    case In::kEnvelope:
    case In::kAnywhere:
      if (object == nullptr) return std::nullopt;
      return Member(object->raw, place.member, place.in == In::kAnywhere);
    case In::kKey:
      if (!message_.key) return std::nullopt;
      return Scalar{Scalar::Kind::kText, *message_.key};
  }
  return std::nullopt;
}

std::optional<Scalar> Origins::Member(std::string_view json, std::string_view member, bool anywhere) {
  const auto [entry, is_new] = found_.try_emplace({json.data(), member});
  if (!is_new || index_.Build(json)) return entry->second;
  JsonCursor in(index_, arena_);
  if (anywhere) {
    ReadAnywhere(in, member, entry->second);
  } else {
    entry->second = ReadMember(in, member);
  }
  return entry->second;
}

}  // namespace ntsp::decode
