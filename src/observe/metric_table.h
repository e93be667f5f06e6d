// The metrics of the process, of the Kafka clients and of the export.
#pragma once

#include "observe/metric.h"

namespace ntsp::observe::metric {

inline constexpr Metric kBuild{MetricKind::kGauge, "ntsp_build_info", "version, revision",
                               "always 1; the labels say which build runs", ""};
inline constexpr Metric kStarted{
    MetricKind::kGauge, "process_start_time_seconds", "", "start of the process",
    "it changes again and again: [NtspRestarting](prometheus.md#ntsprestarting)"};
inline constexpr Metric kCpu{MetricKind::kCounter, "process_cpu_seconds_total", "",
                             "CPU time, user and system", ""};
inline constexpr Metric kFiles{MetricKind::kGauge, "process_open_fds", "", "open file descriptors", ""};
inline constexpr Metric kResident{MetricKind::kGauge, "process_resident_memory_bytes", "", "resident memory",
                                  "near the limit below: [memory](operations.md#memory)"};
inline constexpr Metric kMemory{MetricKind::kGauge, "ntsp_memory_bytes", "holder",
                                "memory, by who holds it; all together it is what is resident",
                                "see what each holder is: [memory](operations.md#memory)"};
inline constexpr Metric kMemoryLimit{MetricKind::kGauge, "ntsp_memory_limit_bytes", "", "MEMORY_LIMIT_MB",
                                     ""};

inline constexpr Metric kQueueBytes{
    MetricKind::kGauge, "ntsp_kafka_queue_bytes", "stage, client, worker",
    "bytes in librdkafka's queues: fetched ahead (client=consumer), not acknowledged (client=producer)", ""};
inline constexpr Metric kQueueMessages{MetricKind::kGauge, "ntsp_kafka_queue_messages",
                                       "stage, client, worker", "messages there", ""};
inline constexpr Metric kRoundTrip{
    MetricKind::kGauge, "ntsp_kafka_round_trip_seconds", "stage, client, worker",
    "average time between request and answer in the last seconds, of the slowest broker",
    "much longer than usual: look at that broker and the network; a consumer's waits for messages count, "
    "too"};
inline constexpr Metric kThrottle{MetricKind::kGauge, "ntsp_kafka_throttle_seconds", "stage, client, worker",
                                  "average time that brokers held answers back because of a quota",
                                  "any: raise the quota of the client"};
inline constexpr Metric kWireBytes{MetricKind::kCounter, "ntsp_kafka_wire_bytes_total",
                                   "stage, client, worker, direction",
                                   "bytes sent (direction=out) and received (direction=in)", ""};
inline constexpr Metric kRequestErrors{
    MetricKind::kCounter, "ntsp_kafka_request_errors_total", "stage, client, worker, error",
    "requests that failed: tx (not sent), rx (answer not readable), timeout (no answer in time), retry "
    "(sent again)",
    "it goes on rising: brokers or network"};

inline constexpr Metric kOtlpSent{MetricKind::kCounter, "ntsp_otlp_sent_total", "signal",
                                  "log records, spans and data points that the OTLP receiver took", ""};
inline constexpr Metric kOtlpDropped{
    MetricKind::kCounter, "ntsp_otlp_dropped_total", "signal, reason",
    "those that were dropped: queue-full, undelivered, rejected, refused, shutdown",
    "it rises: [logfire.md](logfire.md#when-the-receiver-is-away)"};
inline constexpr Metric kOtlpFailures{MetricKind::kCounter, "ntsp_otlp_failures_total", "signal",
                                      "OTLP requests that were not taken", ""};
inline constexpr Metric kOtlpRetries{MetricKind::kCounter, "ntsp_otlp_retries_total", "signal",
                                     "OTLP requests that repeat a failed one", ""};
inline constexpr Metric kOtlpSeconds{MetricKind::kHistogram, "ntsp_otlp_request_seconds", "signal",
                                     "time that an OTLP request took", ""};
inline constexpr Metric kOtlpQueue{MetricKind::kGauge, "ntsp_otlp_queue_bytes", "signal",
                                   "bytes of logs and spans that wait to be sent, at most 4 MiB each", ""};

inline constexpr const Metric* kProcess[] = {&kBuild,    &kStarted, &kCpu,        &kFiles,
                                             &kResident, &kMemory,  &kMemoryLimit};
inline constexpr const Metric* kKafka[] = {&kQueueBytes, &kQueueMessages, &kRoundTrip,
                                           &kThrottle,   &kWireBytes,     &kRequestErrors};
inline constexpr const Metric* kOtlp[] = {&kOtlpSent,    &kOtlpDropped, &kOtlpFailures,
                                          &kOtlpRetries, &kOtlpSeconds, &kOtlpQueue};

}  // namespace ntsp::observe::metric
