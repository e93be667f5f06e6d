#include "publish/lasting_alert.h"

#include <fmt/format.h>

#include <utility>

namespace ntsp::publish {
namespace {

constexpr size_t kNamed = 5;

}  // namespace

void ReportBegin(alert::Reporter& alerts, const char* kind, std::string_view what,
                 const std::vector<Concerned>& objects) {
  alert::Alert alert;
  alert.kind = kind;
  alert.phase = alert::Phase::kBegins;
  alert.count = objects.size();
  std::string names;
  for (size_t i = 0; i < objects.size(); ++i) {
    alert.more_nodes.push_back(objects[i].node);
    if (i < kNamed) names += (i == 0 ? "" : ", ") + objects[i].name;
  }
  if (objects.size() > kNamed) names += fmt::format(" and {} more", objects.size() - kNamed);
  alert.summary = fmt::format("{}: {}", what, names);
  alert.where = objects.front().name;
  alerts.Report(std::move(alert));
}

void ReportEnd(alert::Reporter& alerts, const char* kind, size_t count) {
  if (count == 0) return;
  alert::Alert alert;
  alert.kind = kind;
  alert.phase = alert::Phase::kEnds;
  alert.count = count;
  alerts.Report(std::move(alert));
}

}  // namespace ntsp::publish
