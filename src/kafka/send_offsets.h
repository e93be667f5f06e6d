// rd_kafka_send_offsets_to_transaction with an end. librdkafka's own ignores its timeout while the group's
// coordinator is away (its #5456) and, when that broker has left the cluster's metadata, as a single broker
// does while it restarts, may never look for the next one (#5511): open in every version.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "kafka/handles.h"
#include "kafka/outbox.h"

namespace ntsp::kafka {

// The group's position in a transaction, and the membership in whose name it is stored.
struct GroupOffsets {
  PartitionsHandle next;
  GroupMetadataHandle group;
};

// Null: done. nullopt: librdkafka has not answered in twice its timeout, so the call is left behind in a
// thread of its own, which shares `client` and ends it once librdkafka lets go. Nothing else may be done with
// that client from then on; a new one of the same transactional id fences whatever the old one still sends.
// Only a few calls may be left behind at a time: beyond that it waits, for the watchdog to end the process.
std::optional<ErrorHandle> SendOffsets(const std::shared_ptr<Outbox>& client,
                                       const std::shared_ptr<const GroupOffsets>& offsets,
                                       std::chrono::milliseconds timeout);

}  // namespace ntsp::kafka
