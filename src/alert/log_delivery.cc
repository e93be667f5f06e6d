#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alert/delivery.h"
#include "base/log.h"

namespace ntsp::alert {
namespace {

log::Level LevelOf(const Notification& notification) {
  if (notification.state == State::kRecovered) return log::Level::kInfo;
  switch (notification.severity) {
    case Severity::kWarning:
      return log::Level::kWarn;
    case Severity::kCritical:
      return log::Level::kError;
  }
  return log::Level::kError;
}

}  // namespace

Result<void> LogDelivery::Send(const Notification& n) {
  log::Write(LevelOf(n), "alert", Sentence(n),
             {{"kind", n.kind},
              {"fingerprint", n.fingerprint},
              {"severity", Name(n.severity)},
              {"state", Name(n.state)},
              {"count", n.count},
              {"first_time", ToText(n.first_time)},
              {"last_time", ToText(n.last_time)},
              {"nodes", fmt::format("{}", fmt::join(n.nodes, ","))},
              {"where", n.where},
              {"sample", n.sample},
              {"docs", DocsLink(docs_, n.kind)}});
  return {};
}

}  // namespace ntsp::alert
