// What librdkafka says of one client each few seconds: a handful of its hundreds of numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace ntsp::kafka {

struct ClientStatistics {
  // In its queues: fetched ahead, of a consumer; not acknowledged yet, of a producer.
  uint64_t queue_messages = 0, queue_bytes = 0;
  // Since the client began, with all brokers.
  uint64_t bytes_out = 0, bytes_in = 0;
  uint64_t tx_errors = 0, rx_errors = 0, timeouts = 0, retries = 0;
  // Averages of the last interval, of the broker for which they are longest.
  double round_trip_seconds = 0, throttle_seconds = 0;
};

// Called in the thread that polls the client.
using StatisticsListener = std::function<void(const ClientStatistics&)>;

// From librdkafka's JSON (its STATISTICS.md); nothing if it is not that. Pure.
std::optional<ClientStatistics> ParseStatistics(std::string_view json);

}  // namespace ntsp::kafka
