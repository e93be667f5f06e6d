#include "app/fabric_object.h"

#include <fmt/format.h>

#include <charconv>

#include "app/time_text.h"
#include "base/json_text.h"

namespace ntsp::app {
namespace {

using Type = FabricLeaf::Type;

// What is left of `container` below `parent`; both may be empty.
std::string_view Below(std::string_view container, std::string_view parent) {
  container.remove_prefix(parent.size());
  if (container.starts_with('/')) container.remove_prefix(1);
  return container;
}

bool IsIn(const FabricLeaf& leaf, std::string_view container) {
  const std::string_view own = leaf.container;
  return own.starts_with(container) && (own.size() == container.size() || own[container.size()] == '/');
}

// The first leaf from `first` on that does not stand in `container` or below it.
size_t EndOf(std::span<const FabricLeaf> leaves, size_t first, std::string_view container) {
  while (first < leaves.size() && IsIn(leaves[first], container)) ++first;
  return first;
}

std::string ContainerJson(std::span<const FabricLeaf> leaves, std::string_view container, LongNumbers longs) {
  JsonObject json;
  for (size_t i = 0; i < leaves.size();) {
    const std::string_view below = Below(leaves[i].container, container);
    if (below.empty()) {
      json.Raw(leaves[i].name, LeafJson(leaves[i], longs));
      ++i;
      continue;
    }
    const std::string_view name = below.substr(0, below.find('/'));
    const size_t above = leaves[i].container.size() - below.size();
    const std::string_view whole = leaves[i].container.substr(0, above + name.size());
    const size_t end = EndOf(leaves, i, whole);
    json.Raw(name, ContainerJson(leaves.subspan(i, end - i), whole, longs));
    i = end;
  }
  return json.Finish();
}

}  // namespace

FabricLeaf TextLeaf(std::string_view container, std::string_view name, std::string_view value) {
  return {container, name, Type::kText, std::string(value)};
}

FabricLeaf NumberLeaf(std::string_view container, std::string_view name, uint32_t value) {
  return {container, name, Type::kNumber, std::to_string(value)};
}

FabricLeaf LongLeaf(std::string_view container, std::string_view name, uint64_t value) {
  return {container, name, Type::kLongNumber, std::to_string(value)};
}

std::vector<std::span<const FabricObject>> GroupsByPath(std::span<const FabricObject> objects) {
  std::vector<std::span<const FabricObject>> groups;
  while (!objects.empty()) {
    size_t count = 1;
    while (count < objects.size() && objects[count].path == objects[0].path) ++count;
    groups.push_back(objects.first(count));
    objects = objects.subspan(count);
  }
  return groups;
}

std::string WithoutModules(std::string_view path) {
  std::string out;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view element = path.substr(begin, end - begin);
    if (begin > 0) out += '/';
    out += element.substr(element.find(':') + 1);  // npos + 1 is 0
    begin = end + 1;
  }
  return out;
}

std::string LeafJson(const FabricLeaf& leaf, LongNumbers longs) {
  const bool is_text =
      leaf.type == Type::kText || (leaf.type == Type::kLongNumber && longs == LongNumbers::kAsText);
  if (!is_text) return leaf.value;
  std::string json;
  AppendJsonString(json, leaf.value);
  return json;
}

std::string LeavesJson(std::span<const FabricLeaf> leaves, LongNumbers longs) {
  return ContainerJson(leaves, {}, longs);
}

FabricAddress SplitPrefix(std::string_view prefix) {
  const size_t slash = prefix.find('/');
  FabricAddress address{prefix.substr(0, slash), 0};
  std::from_chars(prefix.data() + slash + 1, prefix.data() + prefix.size(), address.length);
  return address;
}

std::string WithPort(std::string_view host, int port) {
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  return is_ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string MillisText(Timestamp t) {
  std::string text = TimeText(t);
  return text.replace(text.size() - 4, 3, "");
}

uint64_t Nanoseconds(Timestamp t) {
  return static_cast<uint64_t>(t.micros) * 1000;
}

int64_t CollectionId(const FabricReport& report) {
  return report.time.Millis() / 100 % 1'000'000'000;
}

}  // namespace ntsp::app
