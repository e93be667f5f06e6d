// What could not be processed, as a message for the dead letter topic: cut from what the device sent, so that
// it can be put back on the raw topic once the cause is gone. At most one for each raw message.
//
//   value    the whole raw value, byte for byte, where nothing of it could be used; else a JSON array with,
//   for each
//            envelope that has failed elements, its own text without the elements that did not fail
//   key      the raw message's
//   headers  ntsp.error.kind, ntsp.error.message, ntsp.source.topic|partition|offset|timestamp (numbers in
//   decimal,
//            ms since the epoch), ntsp.truncated = full size if the value had to be cut; then the raw
//            message's own, without ntsp.* ones of an earlier failure
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "kafka/producer.h"
#include "model/raw_message.h"
#include "model/sample.h"
#include "model/verdict.h"

namespace ntsp::publish {

// True if no element of the message gave anything, so that the dead letter is the whole value.
// REQUIRES: `samples` has failed elements.
bool NothingUsable(const Samples& samples, size_t record_count);

// The reason to give for a message with several failed elements: the first one's kind; the text counts the
// others. REQUIRES: `samples` has failed elements.
Rejection Summary(const Samples& samples);

// Belongs to one worker. A message borrows from its DeadLetters and from the raw message until the next call.
class DeadLetters {
 public:
  // `max_bytes`: most that key, value and headers may be together in `topic`.
  DeadLetters(std::string topic, size_t max_bytes) : topic_(std::move(topic)), max_bytes_(max_bytes) {}

  kafka::OutgoingMessage Whole(const RawMessage& raw, std::span<const kafka::Header> headers,
                               const Rejection& why);
  // REQUIRES: `samples` has failed elements, all cut from `raw`.
  kafka::OutgoingMessage FailedElements(const RawMessage& raw, std::span<const kafka::Header> headers,
                                        const Samples& samples);

 private:
  kafka::OutgoingMessage Compose(const RawMessage& raw, std::span<const kafka::Header> headers,
                                 const Rejection& why, std::string_view value);
  void Cut(kafka::OutgoingMessage& message);

  std::string topic_;
  size_t max_bytes_;
  Buffer value_;
  std::string text_, partition_, offset_, timestamp_, full_size_;
};

}  // namespace ntsp::publish
