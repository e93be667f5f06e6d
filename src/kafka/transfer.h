// Messages put into topics together with the position of what they were made of, for jobs that have no
// consumer group's members: the group only keeps the position, and whoever owns the transactional id is its
// one writer. A second job with the same id ends the first.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "kafka/client_config.h"
#include "kafka/producer.h"

namespace ntsp::kafka {

// Belongs to one thread. REQUIRES, for each batch: Begin, any number of Produce, Commit or Abort.
class Transfer {
 public:
  virtual ~Transfer() = default;
  // Begin, Produce and Abort: as Producer says.
  virtual Result<void> Begin() = 0;
  virtual Result<void> Produce(const OutgoingMessage& message) = 0;
  // All that was produced and the positions, with their texts, become visible together, or nothing does.
  virtual CommitReport Commit(const std::vector<Position>& next) = 0;
  virtual CommitReport Abort() = 0;
};

// Waits and fails as OpenTransactionalProducer; what an earlier owner of the id left open is aborted when it
// returns.
Result<std::unique_ptr<Transfer>> OpenTransfer(const ClientConfig& config, const ProducerOptions& options,
                                               const std::string& group,
                                               const std::function<bool()>& keep_waiting);

}  // namespace ntsp::kafka
