// What must hold for every raw message, whatever its bytes: from the decoder through the normalizer to the
// text of its records and of its dead letter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "decode/detect.h"

namespace ntsp::fuzz {

// What is published of a message, as text that is easy to compare, and how much of it.
struct Outcome {
  std::string text;
  bool is_rejected = false;
  std::string dead_letter;  // empty: none, or the whole value
  size_t records = 0, failed = 0;
};

// Decodes and normalizes `value` and traps on the first property that does not hold: nothing comes of what is
// rejected; what failed is JSON and a slice of the message; every record has its required columns and its
// number and is the same after writing and reading; a worker's reused memory changes nothing; and the dead
// letter is JSON that holds the same failures and no record. The Kafka key is chosen by `same_key_as`.
Outcome CheckMessage(std::string_view value, std::string_view same_key_as);

// Whether the first object of `value` is one of the decoder that reads `shape`.
bool IsOfShape(std::string_view value, decode::Shape shape);

}  // namespace ntsp::fuzz
