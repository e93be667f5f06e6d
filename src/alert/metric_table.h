// The metrics of the alerts.
#pragma once

#include "observe/metric.h"

namespace ntsp::alert::metric {

using observe::Metric;
using observe::MetricKind;

inline constexpr Metric kNotifications{
    MetricKind::kCounter, "ntsp_alert_notifications_total", "kind, state",
    "notifications made from alerts, all of them logged; state: firing, summary, recovered", ""};
inline constexpr Metric kDeliverySeconds{MetricKind::kHistogram, "ntsp_alert_delivery_seconds", "",
                                         "time that SNS took for a notification, or to fail", ""};
inline constexpr Metric kFailures{MetricKind::kCounter, "ntsp_alert_delivery_failures_total", "",
                                  "attempts to deliver a notification that failed",
                                  "it rises: [NtspAlertsNotDelivered](prometheus.md#ntspalertsnotdelivered)"};
inline constexpr Metric kRetries{MetricKind::kCounter, "ntsp_alert_delivery_retries_total", "",
                                 "attempts that repeat a failed one", ""};
inline constexpr Metric kWaiting{MetricKind::kGauge, "ntsp_alert_waiting", "",
                                 "notifications that wait for their delivery, at most 100", ""};
inline constexpr Metric kDropped{
    MetricKind::kCounter, "ntsp_alert_dropped_total", "reason",
    "alerts and notifications that were not delivered: outbox-full, refused, cap, shutdown, too-many-kinds",
    "any: they are only in the log, as event `alert`"};

inline constexpr const Metric* kTable[] = {&kNotifications, &kDeliverySeconds, &kFailures,
                                           &kRetries,       &kWaiting,         &kDropped};

}  // namespace ntsp::alert::metric
