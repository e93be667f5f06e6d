// For tests: decodes one value and tells what came of it in lines that a person can read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/decoder.h"

namespace ntsp::decode {

// A line for each sample: "path node=n ns=s time=micros deleted [key=value] container:name=value …", with '.'
// for the sample's own path. Numbers and texts look the same but for quotes around texts.
std::vector<std::string> SampleLines(const Samples& samples);

class Decoded {
 public:
  // `value` is copied to a block of exactly its size, so that a sanitizer sees a read beyond its end.
  explicit Decoded(std::optional<std::string_view> value,
                   std::optional<std::string_view> kafka_key = std::nullopt);

  std::vector<std::string> Samples() const { return SampleLines(out_); }
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
