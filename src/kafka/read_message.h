// What librdkafka read, as our message. Only for .cc files of this folder.
#pragma once

#include <librdkafka/rdkafka.h>

#include "kafka/consumer.h"

namespace ntsp::kafka {

// Borrows everything from `read`.
Message ToMessage(const rd_kafka_message_t& read);

}  // namespace ntsp::kafka
