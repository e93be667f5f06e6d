#include "app/export.h"

#include <unistd.h>

#include "app/certificates.h"
#include "app/version.h"
#include "observe/otlp_env.h"
#include "observe/otlp_signal.h"

namespace ntsp::app {
namespace {

using observe::Signal;

observe::Attributes Resource(const Config& config) {
  observe::Attributes resource = {{"service.name", config.service_name},
                                  {"service.version", config.service_version},
                                  {"service.instance.id", config.instance_id},
                                  {"host.name", config.host_name},
                                  {"process.pid", getpid()}};
  const auto set = [&](const std::string& name, const std::string& value) {
    std::erase_if(resource, [&](const observe::Attribute& a) { return a.name == name; });
    resource.emplace_back(name, value);
  };
  // The settings have been checked: they can be read.
  const auto more = observe::ParseKeyValues(config.otel_resource_attributes).value();
  for (const auto& [name, value] : more) {
    set(name, value);
  }
  if (!config.otel_service_name.empty()) set("service.name", config.otel_service_name);
  return resource;
}

std::string Below(std::string_view endpoint, Signal signal) {
  if (endpoint.empty()) return {};
  while (endpoint.ends_with('/')) endpoint.remove_suffix(1);
  return std::string(endpoint) + std::string(observe::NamesOf(signal).path);
}

void SendToLogfire(const Config& config, observe::OtlpOptions& options) {
  const std::string_view endpoint = config.logfire_base_url.empty()
                                        ? observe::LogfireUrl(config.logfire_token)
                                        : std::string_view(config.logfire_base_url);
  options.logs_url = Below(endpoint, Signal::kLogs);
  options.traces_url = Below(endpoint, Signal::kTraces);
  options.metrics_url = Below(endpoint, Signal::kMetrics);
  options.headers = {{"Authorization", config.logfire_token}};
}

void SendToReceiver(const Config& config, observe::OtlpOptions& options) {
  const auto url = [&](const std::string& own, Signal signal) {
    return own.empty() ? Below(config.otlp_endpoint, signal) : own;
  };
  options.logs_url = url(config.otlp_logs_endpoint, Signal::kLogs);
  options.traces_url = url(config.otlp_traces_endpoint, Signal::kTraces);
  options.metrics_url = url(config.otlp_metrics_endpoint, Signal::kMetrics);
  options.headers = observe::ParseKeyValues(config.otlp_headers).value();
}

}  // namespace

observe::OtlpOptions ExportOptions(const Config& config) {
  observe::OtlpOptions options;
  if (config.otel_disabled) return options;
  config.logfire_token.empty() ? SendToReceiver(config, options) : SendToLogfire(config, options);
  if (!config.otel_logs) options.logs_url.clear();
  if (!config.otel_traces) options.traces_url.clear();
  if (!config.otel_metrics) options.metrics_url.clear();
  options.timeout = std::chrono::milliseconds(config.otlp_timeout_ms);
  options.ca_file = config.otlp_certificate;
  options.gzip = config.otlp_gzip;
  options.resource = Resource(config);
  options.version = Version();
  options.metric_interval = std::chrono::milliseconds(config.otel_metric_interval_ms);
  return options;
}

Result<std::unique_ptr<observe::OtlpExporter>> OpenExporter(const Config& config, observe::Metrics& metrics) {
  const observe::OtlpOptions options = ExportOptions(config);
  if (options.logs_url.empty() && options.traces_url.empty() && options.metrics_url.empty()) {
    return std::unique_ptr<observe::OtlpExporter>();
  }
  NTSP_TRY(CheckCertificates("OTEL_EXPORTER_OTLP_CERTIFICATE", options.ca_file));
  return observe::OtlpExporter::Start(options, metrics);
}

}  // namespace ntsp::app
