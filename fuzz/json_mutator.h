// Changes JSON as JSON: values and members move, double, vanish or turn into what decoders stumble over.
// Bytes changed blindly mostly end as "not JSON" at the first check; these get through to the decoders.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace ntsp::fuzz {

using Random = std::minstd_rand;

// One change of `text`, which need not be JSON. Pure but for `random`.
std::string MutateJson(std::string_view text, Random& random);

// One change of a few bytes.
std::string MutateBytes(std::string_view text, Random& random);

}  // namespace ntsp::fuzz
