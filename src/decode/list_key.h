// Keys of lists as they are written without their list: {"name":"xe-0/0/1","index":"7"} at
// interfaces/interface/subinterfaces/subinterface are interface_name and subinterface_index.
#pragma once

#include <optional>
#include <string_view>

namespace ntsp::decode {

// The name of `key` in the terms of Key::name, if a list on the way to `path` (canonical) has such a key. Of
// several lists the outermost has it: whoever writes keys so has to name those of the others otherwise. Pure.
std::optional<std::string_view> ListKey(std::string_view path, std::string_view key);

// As if on the way to an interface, subinterface or address: for keys that come without a path.
std::optional<std::string_view> InterfaceListKey(std::string_view key);

}  // namespace ntsp::decode
