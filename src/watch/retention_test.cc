#include "watch/retention.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "watch/topic_retention.h"

namespace ntsp::watch {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow{1'700'000'000'000'000};

Timestamp Ago(std::chrono::microseconds time) {
  return {kNow.micros - time.count()};
}

Standing At(int64_t low, int64_t read_to, int64_t high) {
  return {.partition = {"raw", {0}}, .read_to = Offset{read_to}, .low = Offset{low}, .high = Offset{high}};
}

TEST(Retention, is_used_up_by_the_age_of_what_waits) {
  const Retention day{.time = 24h, .bytes = {}};
  EXPECT_DOUBLE_EQ(RetentionUsed(day, At(0, 5, 10), Ago(6h), kNow), 0.25);
  EXPECT_DOUBLE_EQ(RetentionUsed(day, At(0, 5, 10), Ago(48h), kNow), 2);
  EXPECT_EQ(RetentionUsed(day, At(0, 5, 10), Ago(-1h), kNow), 0) << "a sender's clock is ahead";
  EXPECT_EQ(RetentionUsed(day, At(0, 5, 10), {}, kNow), 0) << "nothing is known of its age";
}

TEST(Retention, without_a_limit_is_never_used_up) {
  EXPECT_EQ(RetentionUsed({}, At(90, 90, 100), Ago(10'000h), kNow), 0);
}

TEST(Retention, of_bytes_is_judged_by_the_place_in_a_log_that_loses_its_beginning) {
  const Retention room{.time = {}, .bytes = 1'000'000};
  EXPECT_DOUBLE_EQ(RetentionUsed(room, At(100, 175, 200), {}, kNow), 0.25);
  EXPECT_DOUBLE_EQ(RetentionUsed(room, At(100, 100, 200), {}, kNow), 1);
  EXPECT_EQ(RetentionUsed(room, At(0, 0, 200), {}, kNow), 0) << "nothing has been deleted yet";
}

TEST(Retention, is_read_from_the_topics_configuration) {
  const Retention both = ParseRetention({{"retention.ms", "3600000"}, {"retention.bytes", "1024"}});
  EXPECT_EQ(both.time, 1h);
  EXPECT_EQ(both.bytes, 1024);
  const Retention none = ParseRetention({{"retention.ms", "-1"}, {"retention.bytes", "-1"}});
  EXPECT_FALSE(none.time || none.bytes);
  EXPECT_FALSE(ParseRetention({{"retention.ms", "1"}, {"cleanup.policy", "compact"}}).time);
  EXPECT_TRUE(ParseRetention({{"retention.ms", "1"}, {"cleanup.policy", "compact,delete"}}).time);
}

TEST(TopicRetention, is_tried_again_until_it_can_be_read) {
  std::atomic<int> calls = 0;
  const auto read = [&](const std::string&) -> Result<TopicConfig> {
    if (++calls < 3) return Retry("no broker answers");
    return TopicConfig{{"retention.ms", "60000"}};
  };
  TopicRetention topics({"raw"}, read, 1h, 1ms);
  while (!topics.Of("raw")) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(topics.Of("raw")->time, 1min);
  EXPECT_FALSE(topics.Of("other"));
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace ntsp::watch
