// Paths of YANG Patch edits: data resource identifiers as RESTCONF writes them (RFC 8040 section 3.5.3),
// "/ietf-interfaces:interfaces/interface=ge%2F1/ietf-ip:ipv4/address=192.0.2.1", or with keys in brackets, as
// some devices do. An identifier does not name the keys: they are known for the lists that matter, and `name`
// for all others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "model/sample.h"

namespace ntsp::decode {

// Appends the elements without their keys to `path`, each with a '/' before it, and the first key of each
// list to `keys`. False if it cannot be read.
bool AppendResourcePath(std::string_view spelling, std::string& path, std::vector<Key>& keys, Arena& arena);

}  // namespace ntsp::decode
