#include "observe/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <mutex>

namespace ntsp::observe {
namespace {

class PrometheusCounter : public Counter {
 public:
  explicit PrometheusCounter(prometheus::Counter& counter) : counter_(counter) {}
  void Add(double count) override { counter_.Increment(count); }
  double Value() const override { return counter_.Value(); }

 private:
  prometheus::Counter& counter_;
};

class PrometheusGauge : public Gauge {
 public:
  explicit PrometheusGauge(prometheus::Gauge& gauge) : gauge_(gauge) {}
  void Set(double value) override { gauge_.Set(value); }
  void Add(double delta) override { gauge_.Increment(delta); }
  double Value() const override { return gauge_.Value(); }

 private:
  prometheus::Gauge& gauge_;
};

class PrometheusHistogram : public Histogram {
 public:
  explicit PrometheusHistogram(prometheus::Histogram& histogram) : histogram_(histogram) {}
  void Observe(double value) override { histogram_.Observe(value); }

 private:
  prometheus::Histogram& histogram_;
};

template <typename Series>
using ByLabels = std::map<Labels, std::unique_ptr<Series>>;
template <typename Series>
using ByName = std::map<std::string, ByLabels<Series>>;

bool Carries(const Labels& series, const Labels& wanted) {
  return std::includes(series.begin(), series.end(), wanted.begin(), wanted.end());
}

template <typename Series>
double SumOf(const ByName<Series>& all, const std::string& name, const Labels& wanted) {
  double sum = 0;
  const auto family = all.find(name);
  if (family == all.end()) return sum;
  for (const auto& [labels, series] : family->second) {
    if (Carries(labels, wanted)) sum += series->Value();
  }
  return sum;
}

template <typename Series>
void AppendValues(const ByName<Series>& all, const std::string& name,
                  std::vector<std::pair<Labels, double>>& out) {
  const auto family = all.find(name);
  if (family == all.end()) return;
  for (const auto& [labels, series] : family->second) out.emplace_back(labels, series->Value());
}

}  // namespace

struct Metrics::Impl {
  mutable std::mutex mutex;  // guards the maps; the registry and the series guard themselves
  prometheus::Registry registry;
  ByName<Counter> counters;
  ByName<Gauge> gauges;
  ByName<Histogram> histograms;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::GetCounter(const std::string& name, const std::string& help, const Labels& labels) {
  const std::lock_guard lock(impl_->mutex);
  auto& series = impl_->counters[name][labels];
  if (!series) {
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry);
    series = std::make_unique<PrometheusCounter>(family.Add(labels));
  }
  return *series;
}

Gauge& Metrics::GetGauge(const std::string& name, const std::string& help, const Labels& labels) {
  const std::lock_guard lock(impl_->mutex);
  auto& series = impl_->gauges[name][labels];
  if (!series) {
    auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry);
    series = std::make_unique<PrometheusGauge>(family.Add(labels));
  }
  return *series;
}

Histogram& Metrics::GetHistogram(const std::string& name, const std::string& help,
                                 const std::vector<double>& bounds, const Labels& labels) {
  const std::lock_guard lock(impl_->mutex);
  auto& series = impl_->histograms[name][labels];
  if (!series) {
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry);
    series = std::make_unique<PrometheusHistogram>(family.Add(labels, bounds));
  }
  return *series;
}

double Metrics::Sum(const std::string& name, const Labels& labels) const {
  const std::lock_guard lock(impl_->mutex);
  return SumOf(impl_->counters, name, labels) + SumOf(impl_->gauges, name, labels);
}

std::vector<std::pair<Labels, double>> Metrics::Values(const std::string& name) const {
  std::vector<std::pair<Labels, double>> values;
  const std::lock_guard lock(impl_->mutex);
  AppendValues(impl_->counters, name, values);
  AppendValues(impl_->gauges, name, values);
  return values;
}

std::string Metrics::Text() const {
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

std::vector<prometheus::MetricFamily> Metrics::Collect() const {
  return impl_->registry.Collect();
}

}  // namespace ntsp::observe
