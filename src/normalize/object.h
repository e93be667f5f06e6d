// What a leaf says something about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/column.h"

namespace ntsp::normalize {

// kCpu and kComponent are facts of the node if they are about the whole of it.
enum class Object : uint8_t { kNode, kCpu, kComponent, kInterface, kSubinterface, kAddress };
inline constexpr size_t kObjectCount = 6;

// Of the rows for `table` in a container: its path tells subinterfaces, CPUs and components from the rest.
Object ObjectOf(std::string_view container, Table table);

// The object whose list entry a container of `object` is: "interface", not "interface/statistics". Never a
// node.
std::optional<Object> EntryOf(std::string_view container, Object object);

// Path elements.
std::string_view LastElement(std::string_view path);
bool HasElement(std::string_view path, std::string_view element);

}  // namespace ntsp::normalize
