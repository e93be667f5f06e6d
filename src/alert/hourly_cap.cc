#include "alert/hourly_cap.h"

#include <fmt/format.h>

namespace ntsp::alert {
namespace {

constexpr const char* kKind = "alerts-capped";

}  // namespace

bool HourlyCap::Admit(const Notification& notification, Instant now) {
  if (most_ == 0) return true;
  // An hour in which something was withheld is ended by Notice, which tells of it.
  if (now >= hour_end_ && withheld_ == 0) {
    hour_end_ = now + kHour;
    admitted_ = 0;
  }
  const uint64_t kept = notification.severity == Severity::kCritical ? 0 : most_ / 4;
  const bool admitted = admitted_ < most_ - kept;
  ++(admitted ? admitted_ : withheld_);
  return admitted;
}

std::optional<Notification> HourlyCap::Notice(Instant now, Timestamp wall) {
  if (withheld_ == 0) return std::nullopt;
  if (told_) return EndHour(now, wall);
  told_ = true;
  notice_ = {};
  notice_.kind = notice_.fingerprint = kKind;
  notice_.count = 1;
  notice_.first_time = notice_.last_time = wall;
  notice_.summary = fmt::format(
      "The limit of {} notifications an hour (ALERT_MAX_PER_HOUR) is reached: for the rest of this hour "
      "further ones are in the log only; a quarter of the limit is kept for critical ones",
      most_);
  return notice_;
}

std::optional<Notification> HourlyCap::EndHour(Instant now, Timestamp wall) {
  if (now < hour_end_) return std::nullopt;
  Notification over = notice_;
  over.state = State::kRecovered;
  over.count = withheld_;
  over.last_time = wall;
  over.summary = fmt::format("{} notifications were withheld; they are in the log as event alert", withheld_);
  withheld_ = 0;
  told_ = false;
  return over;
}

std::optional<Instant> HourlyCap::NextDue() const {
  if (withheld_ == 0) return std::nullopt;
  return told_ ? hour_end_ : Instant();
}

}  // namespace ntsp::alert
