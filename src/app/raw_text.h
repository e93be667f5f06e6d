// `ntsp normalize`: raw messages from a text, without Kafka: the same decoding and normalizing as in the
// service.
#pragma once

#include <cstdint>
#include <ostream>
#include <span>
#include <string_view>

#include "base/buffer.h"
#include "base/time.h"
#include "decode/decoder.h"
#include "normalize/normalizer.h"

namespace ntsp::app {

// Not thread-safe.
class RawText {
 public:
  // Records go to `out` as lines {"table":…,"record":…}, what failed to `failures` as lines
  // {"source":…,"offset":…,"kind":…,"message":…,"value":…}. Both must outlive it.
  RawText(const normalize::Options& options, std::ostream& out, std::ostream& failures,
          std::span<const normalize::PathRow> rows = normalize::BuiltinRows());

  // Each top-level JSON value of `text` is one raw message of topic `source`, partition 0; its offset is its
  // index.
  void Process(std::string_view source, std::string_view text, Timestamp received_at);

  // How many failures were written.
  uint64_t failed() const { return failed_; }

 private:
  void ProcessMessage(const RawMessage& message);
  void WriteRecords();
  void WriteFailure(const RawMessage& message, const Rejection& why, std::string_view value);

  std::ostream& out_;
  std::ostream& failures_;
  decode::Decoder decoder_;
  normalize::Normalizer normalizer_;
  Samples samples_;
  normalize::Records records_;
  Buffer line_;
  uint64_t failed_ = 0;
};

}  // namespace ntsp::app
