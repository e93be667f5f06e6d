// A dead letter, read, and as the raw message that it goes back as. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/types.h"
#include "kafka/consumer.h"
#include "kafka/producer.h"

namespace ntsp::publish {

// What the headers of a dead letter (dead_letter.h) say. Borrows from them; empty: there is no such header.
struct LetterFacts {
  std::string_view kind, message;
  std::string_view topic, partition, offset;  // of the raw message
  std::string_view full_size;                 // of a value that had to be cut

  std::string Source() const;  // "topic/partition/offset"
};
LetterFacts ReadLetter(std::span<const kafka::Header> headers);

// kReject, for people, if the letter cannot go back: it is cut, or not one of ntsp's.
Result<void> CheckLetter(const LetterFacts& letter);

// Belongs to one thread.
class PutBack {
 public:
  explicit PutBack(std::string raw_topic) : raw_topic_(std::move(raw_topic)) {}

  // Key, value and headers as they were, without the headers that dead-lettering added, and with
  //   ntsp.redrive.from     the dead letter, topic/partition/offset
  //   ntsp.redrive.origin   the message that had failed, topic/partition/offset
  // Borrows from all until the next call.
  kafka::OutgoingMessage Compose(const kafka::Message& letter, std::span<const kafka::Header> headers);

 private:
  const std::string raw_topic_;
  std::string from_, origin_;
};

}  // namespace ntsp::publish
