#include "kafka/statistics.h"

#include <simdjson.h>

#include <algorithm>

namespace ntsp::kafka {
namespace {

using simdjson::dom::object;

// 0 for what is not there: versions differ in what they tell.
int64_t Number(const object& in, std::string_view name) {
  int64_t value = 0;
  return in[name].get(value) == simdjson::SUCCESS ? value : 0;
}

uint64_t Count(const object& in, std::string_view name) {
  return static_cast<uint64_t>(std::max<int64_t>(0, Number(in, name)));
}

double Average(const object& broker, const char* window) {
  object values;
  return broker[window].get(values) == simdjson::SUCCESS ? static_cast<double>(Number(values, "avg")) : 0;
}

template <typename See>
void ForEach(const object& in, const char* name, const See& see) {
  object all;
  if (in[name].get(all) != simdjson::SUCCESS) return;
  for (const auto& [key, value] : all) {
    object one;
    if (value.get(one) == simdjson::SUCCESS) see(one);
  }
}

}  // namespace

std::optional<ClientStatistics> ParseStatistics(std::string_view json) {
  simdjson::dom::parser parser;
  object root;
  if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) return std::nullopt;
  ClientStatistics found;
  found.queue_messages = Count(root, "msg_cnt");
  found.queue_bytes = Count(root, "msg_size");
  found.bytes_out = Count(root, "tx_bytes");
  found.bytes_in = Count(root, "rx_bytes");
  ForEach(root, "brokers", [&](const object& broker) {
    found.tx_errors += Count(broker, "txerrs");
    found.rx_errors += Count(broker, "rxerrs");
    found.timeouts += Count(broker, "req_timeouts");
    found.retries += Count(broker, "txretries");
    found.round_trip_seconds = std::max(found.round_trip_seconds, Average(broker, "rtt") / 1e6);   // µs
    found.throttle_seconds = std::max(found.throttle_seconds, Average(broker, "throttle") / 1e3);  // ms
  });
  ForEach(root, "topics", [&](const object& topic) {
    ForEach(topic, "partitions", [&](const object& partition) {
      found.queue_messages += Count(partition, "fetchq_cnt");
      found.queue_bytes += Count(partition, "fetchq_size");
    });
  });
  return found;
}

}  // namespace ntsp::kafka
