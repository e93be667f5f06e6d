// Counters, gauges and histograms of the process, and their Prometheus text. Names:
// ntsp_<part>_<noun>_<unit>. Everything here is thread-safe. References stay valid as long as the Metrics.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "observe/metric.h"

namespace prometheus {
struct MetricFamily;
}

namespace ntsp::observe {

using Labels = std::map<std::string, std::string>;

class Counter {
 public:
  virtual ~Counter() = default;
  virtual void Add(double count = 1) = 0;
  virtual double Value() const = 0;
};

class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void Set(double value) = 0;
  virtual void Add(double delta) = 0;
  virtual double Value() const = 0;
};

class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void Observe(double value) = 0;
};

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Makes the series at the first call and returns the same one at every later call with the same name and
  // labels. Takes a lock: workers look their series up once, or per batch, never per record.
  Counter& GetCounter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge& GetGauge(const std::string& name, const std::string& help, const Labels& labels = {});
  Histogram& GetHistogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                          const Labels& labels = {});
  // The same for what is declared in a table.
  Counter& GetCounter(const Metric& metric, const Labels& labels = {}) {
    return GetCounter(metric.name, metric.meaning, labels);
  }
  Gauge& GetGauge(const Metric& metric, const Labels& labels = {}) {
    return GetGauge(metric.name, metric.meaning, labels);
  }
  Histogram& GetHistogram(const Metric& metric, const std::vector<double>& bounds,
                          const Labels& labels = {}) {
    return GetHistogram(metric.name, metric.meaning, bounds, labels);
  }

  // The sum of all series of that name that carry these labels; 0 if there is none.
  double Sum(const std::string& name, const Labels& labels = {}) const;
  // All series of that name, counters or gauges, and their present values.
  std::vector<std::pair<Labels, double>> Values(const std::string& name) const;
  // Prometheus text exposition format.
  std::string Text() const;
  // All series and their present values. For observe/ only.
  std::vector<prometheus::MetricFamily> Collect() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ntsp::observe
