// Paths as a message writes them, for a person.
#pragma once

#include <string>
#include <vector>

#include "model/sample.h"

namespace ntsp::decode {

// What a member that holds paths says, whatever its form: a text, a list of texts, the elements of a gNMI
// path
// ([{"name":…,"key":{…}},…], which is one path), or an object whose members are named by paths. Of those the
// last element is a leaf, unless the member holds more. Each path once, and only the first few.
std::vector<std::string> WrittenPaths(const Scalar& value);

}  // namespace ntsp::decode
