// What a device says of one object of its model, in the words of the model and the syntax of no dialect. The
// models' files make objects of a report (fabric_sr_linux.h, …), the dialects' files write them down. Pure.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/fabric.h"

namespace ntsp::app {

// A key of a list on the object's path: {"interface", "name", "ethernet-1/1"}.
struct FabricKey {
  std::string_view list;  // without its module
  std::string_view name;
  std::string value;
};

struct FabricLeaf {
  enum class Type : uint8_t {
    kText,
    kNumber,      // of at most 32 bits
    kLongNumber,  // of 64, which RFC 7951 writes as text
  };
  std::string_view container;  // below the object, "ethernet/state"; empty: the object itself
  std::string_view name;
  Type type;
  std::string value;
};

FabricLeaf TextLeaf(std::string_view container, std::string_view name, std::string_view value);
FabricLeaf NumberLeaf(std::string_view container, std::string_view name, uint32_t value);
FabricLeaf LongLeaf(std::string_view container, std::string_view name, uint64_t value);

struct FabricObject {
  std::string path;  // without keys, modules before their names: "srl_nokia-interfaces:interface/statistics"
  std::vector<FabricKey> keys;
  std::vector<FabricLeaf> leaves;  // those of one container stand together
};

// Neighbours with the same path.
std::vector<std::span<const FabricObject>> GroupsByPath(std::span<const FabricObject> objects);

// "a:b/c:d" is "b/d".
std::string WithoutModules(std::string_view path);

// The object's path with `step(element, key)` called for each of its elements; `key` is null where there is
// none.
template <typename Step>
void ForEachElement(const FabricObject& object, Step step) {
  std::string_view path = object.path;
  while (!path.empty()) {
    const std::string_view element = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), element.size() + 1));
    const std::string_view list = element.substr(element.find(':') + 1);  // npos + 1 is 0
    const FabricKey* key = nullptr;
    for (const FabricKey& k : object.keys) {
      if (k.list == list) key = &k;
    }
    step(element, key);
  }
}

enum class LongNumbers : uint8_t { kAsNumbers, kAsText };

// The leaf's value as JSON.
std::string LeafJson(const FabricLeaf& leaf, LongNumbers longs);
// A JSON object of the leaves, with one for each container in it.
std::string LeavesJson(std::span<const FabricLeaf> leaves, LongNumbers longs);

// "[…,…]" of the JSON that `write` makes of each item.
template <typename Items, typename Write>
std::string JsonList(const Items& items, Write write) {
  std::string list = "[";
  for (const auto& item : items) {
    if (list.size() > 1) list += ',';
    list += write(item);
  }
  return list + ']';
}

// An address apart from its length.
struct FabricAddress {
  std::string_view ip;
  uint32_t length;
};
FabricAddress SplitPrefix(std::string_view prefix);

// "leaf001:57400", "[2001:db8::1]:57400"
std::string WithPort(std::string_view host, int port);

// RFC 3339 with milliseconds.
std::string MillisText(Timestamp t);
// Nanoseconds since 1970.
uint64_t Nanoseconds(Timestamp t);

// Cisco's number of a collection: that of all messages of one report, growing with time.
int64_t CollectionId(const FabricReport& report);

}  // namespace ntsp::app
