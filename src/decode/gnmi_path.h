// gNMI paths as text: "[origin:][/]module:interface[name=ethernet-1/1]/subinterface[index=0]". Keys stand in
// brackets behind their list, slashes in them are not separators, and a backslash takes the next character as
// it is; a value may be quoted, as XPath does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "model/sample.h"

namespace ntsp::decode {

// Appends the elements of `spelling` without their keys to `path`, each with a '/' before it, and its keys to
// `keys`. False if a bracket is not closed or holds no "name=value"; what was appended then is of no use.
bool AppendGnmiPath(std::string_view spelling, std::string& path, std::vector<Key>& keys, Arena& arena);

// A key of the list `element` as model/sample.h names it: "m:interface", "name" give interface_name.
void AppendKey(std::string_view element, std::string_view name, const Scalar& value, std::vector<Key>& keys,
               Arena& arena);

}  // namespace ntsp::decode
