// Reads ranges of partitions as read_committed readers see them, without joining a group: for looking at a
// log, not for working it off. One reader belongs to one thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "base/types.h"
#include "kafka/client_config.h"
#include "kafka/consumer.h"

namespace ntsp::kafka {

class LogReader {
 public:
  virtual ~LogReader() = default;

  // Asks the partition's leader. `high`: where readers end now, which is before the first open transaction.
  virtual Result<PartitionState> Limits(const TopicPartition& partition) = 0;
  // The first message whose Kafka timestamp is `time` or later; absent: there is none.
  virtual Result<std::optional<Offset>> FirstAt(const TopicPartition& partition, Timestamp time) = 0;
  // Asks the group's coordinator; waits for transactions that hold an answer open.
  virtual Result<std::vector<Position>> Committed(const std::vector<TopicPartition>& partitions) = 0;

  // An error of it ends the reading and is passed on. The message is valid during the call only.
  using Visit = std::function<Result<void>(const Message& message)>;
  // Visits the messages [from, to) in order; what retention removes meanwhile is left out. REQUIRES: both lie
  // within the limits as they were lately.
  virtual Result<void> Read(const TopicPartition& partition, Offset from, Offset to, const Visit& visit) = 0;
  // Of a message that is being visited.
  virtual std::vector<Header> HeadersOf(const Message& message) = 0;
};

struct LogReaderOptions {
  std::string group;                               // the one that Committed asks about; it is never joined
  size_t fetch_kilobytes = 65'536;                 // for fetched messages, as in Consumer::Options
  std::chrono::milliseconds answer_limit{15'000};  // of each try of a question; no try begins after it
  std::chrono::milliseconds stall_limit{60'000};   // of a read that gets nothing
};

// Asks nothing of the network. kStop if the settings are not taken.
Result<std::unique_ptr<LogReader>> OpenLogReader(const ClientConfig& config, const LogReaderOptions& options);

}  // namespace ntsp::kafka
