#include "app/dialects_text.h"

#include <fmt/format.h>

#include <vector>

#include "decode/dialect_facts.h"

namespace ntsp::app {
namespace {

using decode::DialectFacts;
using decode::Place;

std::string PlaceText(const Place& place, std::string_view element) {
  switch (place.in) {
    case Place::In::kElement:
      return fmt::format("`{}` of the {}", place.member, element);
    case Place::In::kEnvelope:
      return fmt::format("`{}` of the message", place.member);
    case Place::In::kAnywhere:
      return fmt::format("`{}` in any of its envelopes", place.member);
    case Place::In::kKey:
      return std::string(place.member);
  }
  return "";
}

std::string Places(std::span<const Place> places, std::string_view element) {
  std::string text;
  for (const Place& place : places) {
    text += fmt::format("{}{}", text.empty() ? "" : ", else ", PlaceText(place, element));
  }
  return text;
}

std::string RecognisedBy(const DialectFacts& facts) {
  std::string text;
  for (const decode::Shape shape : facts.shapes) {
    text += fmt::format("{}{}", text.empty() ? "" : "; or ", decode::RecognisedBy(shape));
  }
  return text;
}

std::string Section(const DialectFacts& facts) {
  std::string text = fmt::format("### {}\n\n", facts.name);
  const auto line = [&text](std::string_view name, std::string_view value) {
    if (!value.empty()) text += fmt::format("- **{}**: {}\n", name, value);
  };
  line("Written by", facts.source);
  line("source_format", fmt::format("`{}`", DialectName(facts.dialect)));
  line("Recognised by", RecognisedBy(facts));
  line("An element is", fmt::format("one {}", facts.element));
  line("Node name from", Places(facts.node, facts.element));
  line("Namespace from", Places(facts.node_namespace, facts.element));
  line("Time from", Places(facts.time, facts.element));
  line("Paths from", facts.path);
  return text + '\n';
}

}  // namespace

std::string DialectsMarkdown() {
  std::string text = "The order is: ";
  for (const decode::Shape shape : decode::ShapesInOrder()) {
    text += fmt::format("{}{}", text.ends_with(": ") ? "" : ", ", decode::ShapeName(shape));
  }
  text += ".\n\n";
  for (const DialectFacts& facts : decode::AllDialectFacts()) text += Section(facts);
  text += fmt::format(
      "### Around any of them\n\n"
      "- **Wrapper** (pmacct, NetGauze): {}. What it holds, an object or JSON as text, keeps its dialect;\n"
      "  `{}` and `{}` stand in for a node and a time that it does not name.\n"
      "- **Control messages**: {}. Counted and dropped.\n",
      decode::RecognisedBy(decode::Shape::kWrapper), decode::kWrapperNode, decode::kWrapperTime,
      decode::RecognisedBy(decode::Shape::kControl));
  return text;
}

}  // namespace ntsp::app
