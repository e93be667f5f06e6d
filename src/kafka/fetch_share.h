// How the memory for fetched messages is shared out: a quarter for the client's queue, one for what was
// polled, and the rest for the answer of a fetch, which comes on top of a queue that is nearly full. A fetch
// is counted as it is sent, and telemetry packs well: eightfold is usual.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ntsp::kafka {

// What librdkafka keeps for a message beside its bytes. It does not count that, and short messages take more
// of it than they have bytes.
inline constexpr size_t kBytesBesideMessage = 500;

struct FetchShare {
  explicit FetchShare(size_t kilobytes)
      : queue_kilobytes(std::max<size_t>(kilobytes / 4, 64)),
        batch_bytes(kilobytes * 1024 / 4),
        answer_bytes(std::max<size_t>(kilobytes * 1024 / 16, 64 * 1024)),
        messages(std::clamp<size_t>(batch_bytes / kBytesBesideMessage, 100, 100'000)) {}

  // Defaults of a consumer. At least one batch comes with an answer, however large it is.
  std::vector<std::pair<const char*, std::string>> Defaults() const {
    const std::string answer = std::to_string(answer_bytes);
    return {{"queued.max.messages.kbytes", std::to_string(queue_kilobytes)},
            {"queued.min.messages", std::to_string(messages)},
            {"message.max.bytes", answer},  // limits the next one from below
            {"fetch.max.bytes", answer},
            {"max.partition.fetch.bytes", answer},
            // After the queue was full the next fetch would wait a whole second.
            {"fetch.queue.backoff.ms", "20"},
            {"fetch.error.backoff.ms", "100"}};
  }

  size_t queue_kilobytes, batch_bytes, answer_bytes, messages;
};

}  // namespace ntsp::kafka
