// Value rules: what a device wrote, as the value of a column. Pure; each returns nothing for what it cannot
// read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.h"
#include "base/time.h"
#include "model/record.h"
#include "model/sample.h"
#include "normalize/rule.h"

namespace ntsp::normalize {

enum class Reading {
  kValue,       // the cell is set
  kNone,        // the device says that there is no value: time 0, speed unknown, 4294967295
  kUnreadable,  // not a value of this kind
};

// Reads `value` by `rule` into column `c` of `record`. Text is borrowed from `value`, or made in `arena`.
// REQUIRES: `rule` is not one of identity, and the column has the type that the rule makes.
Reading ReadValue(Rule rule, const Scalar& value, ColumnIndex c, Record& record, Arena& arena);

// uint64 from a number or text. Integers in any notation of JSON are integers: "1e3", 150.0. Nothing for what
// is negative, has a fraction, or is 2^64 and above.
std::optional<uint64_t> ReadUint(const Scalar& value);

// Text as it is; numbers and booleans as they are written. Nothing for arrays and objects.
std::optional<std::string_view> ReadText(const Scalar& value);

}  // namespace ntsp::normalize
