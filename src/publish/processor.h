// One raw message, from bytes to what is produced for it: decode, normalize, frame, produce; what fails
// becomes a dead letter. Knows nothing of batches: its caller begins and ends them.
#pragma once

#include <string>

#include "decode/decoder.h"
#include "normalize/normalizer.h"
#include "publish/dead_letter.h"
#include "publish/events.h"
#include "publish/options.h"
#include "publish/output_messages.h"
#include "publish/source.h"

namespace ntsp::publish {

// Belongs to one worker; the references must outlive it.
class Processor {
 public:
  // `dead_letter_bytes`: most that a message of the dead letter topic may have.
  Processor(const Options& options, size_t dead_letter_bytes, Source& source, kafka::Producer& producer,
            Events& events);

  // REQUIRES: the producer's batch is open. Errors are the producer's: the batch must be aborted then.
  Result<void> Process(const kafka::Message& message);
  // The broker refuses its records: to the dead letter topic as it is.
  Result<void> Condemn(const kafka::Message& message, const std::string& reason);

 private:
  Result<void> Reject(const kafka::Message& message, const RawMessage& raw, const Rejection& why);
  Result<void> ProduceRecords();
  Result<void> ProduceFailed(const kafka::Message& message, const RawMessage& raw);
  void CountVerdicts();
  void GiveMemoryBack(const RawMessage& raw);

  Topics topics_;
  Source& source_;
  kafka::Producer& producer_;
  Events& events_;
  decode::Decoder decoder_;
  normalize::Normalizer normalizer_;
  Samples samples_;
  normalize::Records records_;
  OutputMessages output_;
  DeadLetters dead_letters_;
  size_t last_bytes_ = 0;
};

}  // namespace ntsp::publish
