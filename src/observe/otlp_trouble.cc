#include "observe/otlp_trouble.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace ntsp::observe {

void OtlpTrouble::Failing(Signal signal, const std::string& where, const std::string& why) {
  if (!Worsens(signal, Grade::kFailing, "no data arrives at " + where + ": " + why)) return;
  log::Warn("otlp-failing",
            "logs, spans and metrics cannot be delivered; they are tried again, and counted in "
            "ntsp_otlp_dropped_total when the queue is full. Records flow on",
            {{"where", where}, {"why", why}, {"signal", NamesOf(signal).name}});
}

void OtlpTrouble::Refused(Signal signal, const std::string& where, const std::string& why) {
  if (!Worsens(signal, Grade::kRefused, where + " refuses the data: " + why)) return;
  log::Error("otlp-refused",
             "the receiver refuses logs, spans and metrics: check LOGFIRE_TOKEN, or "
             "OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS, and start again. Records flow on",
             {{"where", where}, {"why", why}, {"signal", NamesOf(signal).name}});
}

void OtlpTrouble::Rejected(Signal signal, const std::string& where, const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(rejection_told_, true)) return;
  }
  log::Warn(
      "otlp-rejected",
      "the receiver did not take some logs, spans or metrics; they are dropped. This is told once, then "
      "only counted in ntsp_otlp_dropped_total",
      {{"where", where}, {"why", why}, {"signal", NamesOf(signal).name}});
}

void OtlpTrouble::Delivered(Signal signal) {
  {
    const std::lock_guard lock(mutex_);
    Grade& grade = grades_[static_cast<size_t>(signal)];
    if (grade == Grade::kNone) return;
    grade = Grade::kNone;
    if (Worst() != Grade::kNone) return;
    text_.clear();
  }
  log::Info("otlp-recovered", "logs, spans and metrics are delivered again");
}

std::string OtlpTrouble::Text() const {
  const std::lock_guard lock(mutex_);
  return text_;
}

bool OtlpTrouble::Worsens(Signal signal, Grade grade, const std::string& text) {
  const std::lock_guard lock(mutex_);
  const bool told = Worst() >= grade;
  grades_[static_cast<size_t>(signal)] = grade;
  if (!told) text_ = text;
  return !told;
}

OtlpTrouble::Grade OtlpTrouble::Worst() const {
  return *std::max_element(grades_.begin(), grades_.end());
}

}  // namespace ntsp::observe
