// Where commands that need no Kafka take raw messages from, and as whose they count.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"

namespace ntsp::app {

// Whole. "-" is stdin. Stop: it cannot be read.
Result<std::string> ReadInput(const std::string& file);

// The topic that the messages of a file count as: its name without directories.
std::string TopicOf(const std::string& file);

// --received-at: empty is now. Stop: it is no time.
Result<Timestamp> ReceivedAt(const std::string& given);

}  // namespace ntsp::app
