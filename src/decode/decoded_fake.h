// For tests: decodes one value and tells what came of it in lines that a person can read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/decoder.h"

namespace ntsp::decode {

class Decoded {
 public:
  // `value` is copied to a block of exactly its size, so that a sanitizer sees a read beyond its end.
  explicit Decoded(std::optional<std::string_view> value);

  // A line for each sample: "path node=n ns=s time=micros deleted keys{a=b} leaf container:name=value …".
  // Numbers and texts look the same but for quotes around texts.
  std::vector<std::string> Samples() const;
  // "kind message" of the whole value; empty if it was not rejected.
  std::string Rejected() const;
  // "kind raw" of each failed element.
  std::vector<std::string> Failed() const;
  std::vector<std::string> Drops() const;

  const ntsp::Samples& out() const { return out_; }
  std::string_view value() const { return {value_.data(), value_.size()}; }

 private:
  std::vector<char> value_;
  Decoder decoder_;
  ntsp::Samples out_;
  std::optional<Rejection> rejection_;
};

}  // namespace ntsp::decode
