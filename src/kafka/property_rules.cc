#include "kafka/property_rules.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace ntsp::kafka {
namespace {

constexpr std::string_view kExactlyOnce = "exactly-once delivery rests on its value; ntsp sets it";
constexpr std::string_view kOwnOffsets = "ntsp commits offsets itself, together with what they produced";
constexpr std::string_view kMemory = "it is derived from MEMORY_LIMIT_MB";
constexpr std::string_view kPlumbing = "ntsp serves the client's events itself";
constexpr std::string_view kBootstrap = "set KAFKA_BOOTSTRAP_SERVERS instead";

struct Refused {
  std::string_view property;
  std::string_view why;
};

constexpr std::array kRefused = {
    Refused{"bootstrap.servers", kBootstrap},
    Refused{"metadata.broker.list", kBootstrap},
    Refused{"group.id", "set KAFKA_CONSUMER_GROUP instead"},
    Refused{"group.instance.id", "it would be the same for every worker, and they would fence each other"},
    Refused{"transactional.id", "set INSTANCE_ID instead, of which each worker derives its own"},
    Refused{"message.max.bytes", "set KAFKA_MAX_MESSAGE_BYTES instead"},
    Refused{"isolation.level", kExactlyOnce},
    Refused{"enable.idempotence", kExactlyOnce},
    Refused{"acks", kExactlyOnce},
    Refused{"request.required.acks", kExactlyOnce},
    Refused{"enable.gapless.guarantee", kExactlyOnce},
    Refused{"queuing.strategy", kExactlyOnce},
    Refused{"message.timeout.ms", "it follows from transaction.timeout.ms"},
    Refused{"delivery.timeout.ms", "it follows from transaction.timeout.ms"},
    Refused{"enable.auto.commit", kOwnOffsets},
    Refused{"auto.commit.enable", kOwnOffsets},
    Refused{"auto.commit.interval.ms", kOwnOffsets},
    Refused{"enable.auto.offset.store", kOwnOffsets},
    Refused{"offset.store.method", kOwnOffsets},
    Refused{"offset.store.path", kOwnOffsets},
    Refused{"auto.offset.reset", "each stage decides itself what to do about lost positions"},
    Refused{"partition.assignment.strategy", "each stage needs the one it has"},
    Refused{"group.protocol.type", "the groups are consumer groups"},
    Refused{"partitioner",
            "the records of a node would no longer share a partition with those written before"},
    Refused{"allow.auto.create.topics", "set KAFKA_CREATE_TOPICS instead"},
    Refused{"queued.max.messages.kbytes", kMemory},
    Refused{"queue.buffering.max.kbytes", kMemory},
    Refused{"queue.buffering.max.messages", kMemory},
    Refused{"delivery.report.only.error", kPlumbing},
    Refused{"enabled.events", kPlumbing},
    Refused{"log.queue", kPlumbing},
    Refused{"statistics.interval.ms", kPlumbing},
};

struct Limited {
  std::string_view property;
  int64_t least;
  int64_t most;
  std::string_view why;
};

constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();

constexpr std::array kLimited = {
    Limited{"max.in.flight", 1, 5, "more would let retries change the order of messages"},
    Limited{"max.in.flight.requests.per.connection", 1, 5,
            "more would let retries change the order of messages"},
    Limited{"retries", 1, kUnlimited, "without retries every short outage would abort a batch"},
    Limited{"message.send.max.retries", 1, kUnlimited,
            "without retries every short outage would abort a batch"},
    Limited{"transaction.timeout.ms", 5'000, 60'000,
            "less does not outlast a broker's hiccup, more blocks readers after a crash"},
    Limited{"socket.timeout.ms", 1'000, 30'000, "the watchdog ends a process that waits for 60 s"},
    Limited{"socket.max.fails", 1, 1, "a request that timed out must not arrive after its retry"},
};

std::optional<int64_t> ToInteger(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string OutsideOf(const Limited& limit) {
  const std::string from = "it must be at least " + std::to_string(limit.least);
  const std::string to = limit.most == kUnlimited ? "" : " and at most " + std::to_string(limit.most);
  return from + to + ": " + std::string(limit.why);
}

}  // namespace

std::string WhyRefused(const std::string& property, const std::string& value) {
  for (const Refused& refused : kRefused) {
    if (refused.property == property) return "it cannot be set: " + std::string(refused.why);
  }
  for (const Limited& limit : kLimited) {
    if (limit.property != property) continue;
    const std::optional<int64_t> number = ToInteger(value);
    if (!number || *number < limit.least || *number > limit.most) return OutsideOf(limit);
  }
  return "";
}

bool IsSecret(const std::string& property) {
  for (const std::string_view part :
       {"password", "passphrase", "secret", ".pem", "oauthbearer.config", "ssl.key"}) {
    if (property.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace ntsp::kafka
