#include "app/clickhouse_rate.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "model/column.h"

namespace ntsp::app {
namespace {

struct Rate {
  std::string_view counter;
  std::string_view name;
  int factor;  // octets to bits
};

constexpr std::array kRates = std::to_array<Rate>({
    {"in_octets", "in_bps", 8},
    {"out_octets", "out_bps", 8},
    {"in_packets", "in_pps", 1},
    {"out_packets", "out_pps", 1},
    {"in_unicast_packets", "in_unicast_pps", 1},
    {"out_unicast_packets", "out_unicast_pps", 1},
    {"in_errors", "in_errors_per_second", 1},
    {"out_errors", "out_errors_per_second", 1},
    {"in_discards", "in_discards_per_second", 1},
    {"out_discards", "out_discards_per_second", 1},
});

constexpr bool AllAreColumns() {
  for (const Rate& rate : kRates) {
    if (FindColumn(Table::kInterface, rate.counter) == kNoColumn) return false;
  }
  return true;
}
static_assert(AllAreColumns());

std::string RateColumns() {
  std::string text;
  for (const Rate& rate : kRates) {
    text += fmt::format(
        ",\n    {0} * sumIf(increase, counter = '{1}') / nullIf(sumIf(seconds, counter = '{1}'), 0) AS {2}",
        rate.factor, rate.counter, rate.name);
  }
  return text;
}

std::string Samples() {
  std::string text;
  for (const Rate& rate : kRates) {
    text += fmt::format("{}('{}', {})", text.empty() ? "" : ", ", rate.counter, rate.counter);
  }
  return text;
}

// Each counter is a series of its own: a device may report them in different records. A record that is there
// twice makes a step of no time, which is left out. A counter that is smaller than before began again at
// zero, so its value is the increase since then; what was counted before the reset and after the last sample
// is nowhere.
constexpr std::string_view kView = R"(CREATE VIEW IF NOT EXISTS {0}.interface_rate AS
SELECT node_name, namespace, interface_name, subinterface_index, minute,
    countIf(reset) AS resets{1}
FROM
(
    SELECT node_name, namespace, interface_name, subinterface_index, counter,
        toStartOfMinute(timestamp) AS minute,
        value < previous_value AS reset,
        toUInt64(value - if(reset, 0, previous_value)) AS increase,
        dateDiff('microsecond', previous_time, timestamp) / 1e6 AS seconds
    FROM
    (
        SELECT node_name, namespace, interface_name, subinterface_index, timestamp,
            sample.1 AS counter,
            assumeNotNull(sample.2) AS value,
            lagInFrame(value) OVER series AS previous_value,
            lagInFrame(timestamp, 1, timestamp) OVER series AS previous_time
        FROM {0}.interface
        ARRAY JOIN [{2}] AS sample
        WHERE timestamp >= {{since:DateTime64(6, 'UTC')}} - INTERVAL 10 MINUTE
            AND timestamp < {{until:DateTime64(6, 'UTC')}}
            AND sample.2 IS NOT NULL
        WINDOW series AS (
            PARTITION BY node_name, namespace, interface_name, subinterface_index, counter
            ORDER BY timestamp, value ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    )
    WHERE previous_time < timestamp
)
WHERE minute >= toStartOfMinute({{since:DateTime64(6, 'UTC')}})
GROUP BY node_name, namespace, interface_name, subinterface_index, minute)";

}  // namespace

std::string ClickHouseRateView(const std::string& database) {
  return fmt::format(kView, database, RateColumns(), Samples());
}

}  // namespace ntsp::app
