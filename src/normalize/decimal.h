// Decimal text as uint64, exactly: no float is on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ntsp::normalize {

// Plain integers of 1 to 19 digits, which most values are: there is no sign, no point and no overflow to look
// for. False, and `number` undefined, for all other text. (Not an optional: compilers pass it through memory
// here, which costs more than the digits.)
bool ShortInteger(std::string_view text, uint64_t& number);

// Any number of JSON times a power of ten: "2.5" with 9 is 2500000000, "1e3" with 0 is 1000. Nothing for what
// is negative, 2^64 and above, or not whole.
std::optional<uint64_t> ScaledDecimal(std::string_view text, int exponent);

}  // namespace ntsp::normalize
