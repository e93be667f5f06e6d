#include "app/explain_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/text_table.h"

namespace ntsp::app {
namespace {

std::string Quoted(std::string_view text) {
  return fmt::format("\"{}\"", text);
}

}  // namespace

std::string Packed(const Explanation& told) {
  switch (told.packing) {
    case decode::Packing::kNone:
      return fmt::format("{} bytes", told.size);
    case decode::Packing::kGzip:
      return fmt::format("{} bytes of gzip, unpacked {}", told.size, told.unpacked_size);
    case decode::Packing::kZstd:
      return fmt::format("{} bytes of zstd, unpacked {}", told.size, told.unpacked_size);
  }
  return "";
}

std::string Value(Scalar::Kind kind, const std::string& value) {
  return kind == Scalar::Kind::kText ? Quoted(value) : value;
}

std::string Why(const decode::Trace::Object& seen) {
  std::vector<std::string> members, without;
  for (const auto& member : seen.detection.members) {
    members.push_back(member.must_be.empty() ? Quoted(member.name)
                                             : fmt::format("\"{}\" ({})", member.name, member.must_be));
  }
  for (const std::string_view name : seen.detection.without) without.push_back(Quoted(name));
  std::string text = fmt::format("it has {}", fmt::join(members, " and "));
  if (!without.empty()) text += fmt::format(", and no {}", fmt::join(without, ", "));
  return text;
}

std::string Unknown(const decode::Trace::Object& seen) {
  if (seen.members.empty()) return "of no known dialect: it has no members";
  std::vector<std::string> names;
  for (const std::string& name : seen.members) names.push_back(Quoted(Shown(name)));
  return fmt::format("of no known dialect: its members are {}", fmt::join(names, ", "));
}

std::string Dropped(const ExplainedDrop& drop) {
  std::string text(DropName(drop.kind));
  if (!drop.path.empty()) text += ": " + Shown(drop.path, kLong);
  return text;
}

std::string Rejected(const Rejection& why) {
  return fmt::format("{}: {}", RejectName(why.kind), Shown(why.message, kLong));
}

std::string Place(const ExplainedLeaf& leaf, const ExplainedSample& sample) {
  if (leaf.container.empty()) return "";
  if (sample.path.empty()) return leaf.container + "/";
  const bool is_below = leaf.container.starts_with(sample.path + "/");
  return (is_below ? leaf.container.substr(sample.path.size() + 1) : "/" + leaf.container) + "/";
}

std::string Label(const ExplainedRecord& record) {
  std::vector<std::string> more;
  for (const std::string_view column : {"ip_address", "prefix_length", "family", "network_instance"}) {
    const auto cell =
        std::ranges::find(record.cells, column, &std::pair<std::string_view, std::string>::first);
    if (cell != record.cells.end()) more.push_back(fmt::format("{} {}", column, cell->second));
  }
  return more.empty() ? record.label : fmt::format("{} ({})", record.label, fmt::join(more, ", "));
}

}  // namespace ntsp::app
