#include "archive/crash_point.h"

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "base/log.h"

namespace ntsp::archive {
namespace {

constexpr int kKilled = 137;  // what a shell reports of a process that kill -9 ended

std::string_view Name(CrashPoint point) {
  switch (point) {
    case CrashPoint::kBeforePlan:
      return "before_plan";
    case CrashPoint::kAfterPlan:
      return "after_plan";
    case CrashPoint::kAfterUpload:
      return "after_upload";
    case CrashPoint::kAfterDone:
      return "after_done";
  }
  return "";
}

struct Order {
  std::string_view point;
  std::atomic<int> left{0};

  Order() {
    const char* const text = std::getenv("NTSP_CRASH_AT");
    if (text == nullptr) return;
    const std::string_view order = text;
    const size_t colon = order.find(':');
    point = order.substr(0, colon);
    int count = 1;
    if (colon != std::string_view::npos) std::from_chars(text + colon + 1, text + order.size(), count);
    left = count;
    log::Warn(
        "crash-point",
        "NTSP_CRASH_AT is set: this process will end itself in the middle of its work, as tests want it",
        {{"at", order}});
  }
};

}  // namespace

void MaybeCrash(CrashPoint point) {
  static Order order;
  if (order.point == Name(point) && order.left.fetch_sub(1) == 1) _exit(kKilled);
}

}  // namespace ntsp::archive
