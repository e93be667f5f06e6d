#include "observe/metrics.h"

#include <gmock/gmock.h>

#include <thread>

namespace ntsp::observe {
namespace {

using testing::HasSubstr;

TEST(Metrics, the_same_name_and_labels_give_the_same_series) {
  Metrics metrics;
  Counter& one = metrics.GetCounter("ntsp_x_total", "X.", {{"a", "1"}});
  EXPECT_EQ(&one, &metrics.GetCounter("ntsp_x_total", "X.", {{"a", "1"}}));
  EXPECT_NE(&one, &metrics.GetCounter("ntsp_x_total", "X.", {{"a", "2"}}));
  Gauge& gauge = metrics.GetGauge("ntsp_g", "G.");
  EXPECT_EQ(&gauge, &metrics.GetGauge("ntsp_g", "G."));
}

TEST(Metrics, sum_takes_the_series_that_carry_the_labels) {
  Metrics metrics;
  metrics.GetCounter("ntsp_x_total", "X.", {{"a", "1"}, {"b", "1"}}).Add(1);
  metrics.GetCounter("ntsp_x_total", "X.", {{"a", "1"}, {"b", "2"}}).Add(10);
  metrics.GetCounter("ntsp_x_total", "X.", {{"a", "2"}, {"b", "1"}}).Add(100);
  metrics.GetCounter("ntsp_y_total", "Y.", {{"a", "1"}}).Add(1000);
  EXPECT_EQ(metrics.Sum("ntsp_x_total"), 111);
  EXPECT_EQ(metrics.Sum("ntsp_x_total", {{"a", "1"}}), 11);
  EXPECT_EQ(metrics.Sum("ntsp_x_total", {{"a", "1"}, {"b", "2"}}), 10);
  EXPECT_EQ(metrics.Sum("ntsp_x_total", {{"c", "1"}}), 0);
  EXPECT_EQ(metrics.Sum("ntsp_none"), 0);
}

TEST(Metrics, sum_adds_gauges_too) {
  Metrics metrics;
  metrics.GetGauge("ntsp_lag", "Lag.", {{"partition", "0"}}).Set(5);
  metrics.GetGauge("ntsp_lag", "Lag.", {{"partition", "1"}}).Add(-2);
  EXPECT_EQ(metrics.Sum("ntsp_lag"), 3);
}

TEST(Metrics, values_are_all_series_of_a_name) {
  Metrics metrics;
  metrics.GetGauge("ntsp_lag", "Lag.", {{"partition", "0"}}).Set(5);
  metrics.GetGauge("ntsp_lag", "Lag.", {{"partition", "1"}}).Set(7);
  metrics.GetGauge("ntsp_other", "Other.").Set(9);
  using Series = std::pair<Labels, double>;
  EXPECT_THAT(metrics.Values("ntsp_lag"),
              testing::ElementsAre(Series{{{"partition", "0"}}, 5}, Series{{{"partition", "1"}}, 7}));
  EXPECT_THAT(metrics.Values("ntsp_none"), testing::IsEmpty());
}

TEST(Metrics, additions_of_several_threads_all_count) {
  Metrics metrics;
  Counter& counter = metrics.GetCounter("ntsp_x_total", "X.");
  const auto add = [&] {
    for (int i = 0; i < 1000; ++i) counter.Add();
  };
  std::thread other(add);
  add();
  other.join();
  EXPECT_EQ(counter.Value(), 2000);
}

TEST(Metrics, text_is_the_prometheus_format_with_label_values_escaped) {
  Metrics metrics;
  metrics.GetCounter("ntsp_x_total", "What it counts.", {{"why", "a\"b\\c\nd"}}).Add(3);
  metrics.GetHistogram("ntsp_h_seconds", "How long.", {0.1, 1}).Observe(0.5);
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("# HELP ntsp_x_total What it counts.\n# TYPE ntsp_x_total counter\n"));
  EXPECT_THAT(text, HasSubstr(R"(ntsp_x_total{why="a\"b\\c\nd"} 3)"));
  EXPECT_THAT(text, HasSubstr("ntsp_h_seconds_bucket{le=\"0.1\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("ntsp_h_seconds_bucket{le=\"1\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("ntsp_h_seconds_count 1\n"));
}

}  // namespace
}  // namespace ntsp::observe
