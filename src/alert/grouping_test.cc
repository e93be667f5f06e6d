#include "alert/grouping.h"

#include <gmock/gmock.h>

#include <iterator>

namespace ntsp::alert {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Duration kWindow = seconds(60);

class GroupingTest : public testing::Test {
 protected:
  // What is sent because of this alert.
  std::optional<Notification> Add(const std::string& kind, const std::string& node = "",
                                  Severity severity = Severity::kWarning) {
    bool taken = false;
    auto first = grouping_.Add({kind, severity, "About " + kind, "sample " + node, node, "where " + node},
                               {clock_.Now(), clock_.WallTime()}, &taken);
    EXPECT_TRUE(taken);
    return first;
  }

  // Lets time pass to the end of a window; what is sent then.
  std::vector<Notification> EndWindow() {
    clock_.Advance(kWindow);
    return grouping_.Tick(clock_.Now());
  }

  FakeClock clock_;
  Grouping grouping_{kWindow};
};

TEST_F(GroupingTest, what_is_open_is_told_with_the_count_of_the_whole) {
  EXPECT_THAT(grouping_.Open(), IsEmpty());
  const Timestamp first = clock_.WallTime();
  Add("dead-letter");
  Add("dead-letter");
  EndWindow();
  Add("dead-letter");
  ASSERT_THAT(grouping_.Open(), SizeIs(1));
  EXPECT_EQ(grouping_.Open()[0].state, State::kFiring);
  EXPECT_EQ(grouping_.Open()[0].count, 3u);
  EXPECT_EQ(grouping_.Open()[0].first_time, first);
  EndWindow();
  EndWindow();
  EXPECT_THAT(grouping_.Open(), IsEmpty());
}

TEST_F(GroupingTest, the_first_of_a_kind_is_sent_at_once_and_whole) {
  const Timestamp now = clock_.WallTime();
  const auto first = Add("dead-letter", "r1", Severity::kCritical);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->kind, "dead-letter");
  EXPECT_EQ(first->severity, Severity::kCritical);
  EXPECT_EQ(first->state, State::kFiring);
  EXPECT_EQ(first->summary, "About dead-letter");
  EXPECT_EQ(first->count, 1u);
  EXPECT_EQ(first->first_time, now);
  EXPECT_EQ(first->last_time, now);
  EXPECT_THAT(first->nodes, ElementsAre("r1"));
  EXPECT_EQ(first->sample, "sample r1");
  EXPECT_EQ(first->where, "where r1");
}

TEST_F(GroupingTest, a_storm_is_one_firing_one_summary_each_window_and_one_recovered) {
  std::vector<Notification> sent;
  const auto take = [&](std::vector<Notification> more) {
    std::move(more.begin(), more.end(), std::back_inserter(sent));
  };
  for (int i = 0; i < 10'000; ++i) {  // 100 a second for 100 seconds
    if (i % 100 == 0) clock_.Advance(seconds(1));
    take(grouping_.Tick(clock_.Now()));
    if (auto first = Add("dead-letter")) sent.push_back(*std::move(first));
  }
  for (int s = 0; s < 600; ++s) {
    clock_.Advance(seconds(1));
    take(grouping_.Tick(clock_.Now()));
  }
  ASSERT_THAT(sent, SizeIs(4));
  EXPECT_EQ(sent[0].state, State::kFiring);
  EXPECT_EQ(sent[1].state, State::kSummary);
  EXPECT_EQ(sent[2].state, State::kSummary);
  EXPECT_EQ(sent[1].count + sent[2].count, 10'000u);
  EXPECT_EQ(sent[3].state, State::kRecovered);
  EXPECT_EQ(sent[3].count, 10'000u);
  EXPECT_EQ(grouping_.NextDue(), std::nullopt);
}

TEST_F(GroupingTest, a_single_alert_has_no_summary_but_is_recovered) {
  Add("dead-letter", "r1");
  const auto sent = EndWindow();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].state, State::kRecovered);
  EXPECT_EQ(sent[0].summary, "About dead-letter");
  EXPECT_THAT(EndWindow(), IsEmpty());
}

TEST_F(GroupingTest, nothing_is_sent_before_the_window_ends) {
  Add("dead-letter");
  Add("dead-letter");
  clock_.Advance(kWindow - Duration(1));
  EXPECT_THAT(grouping_.Tick(clock_.Now()), IsEmpty());
}

TEST_F(GroupingTest, after_recovery_the_next_one_is_a_first_again) {
  Add("dead-letter");
  EndWindow();
  EXPECT_TRUE(Add("dead-letter"));
}

TEST_F(GroupingTest, a_summary_tells_of_its_window_and_the_end_of_the_whole) {
  const Timestamp begin = clock_.WallTime();
  Add("dead-letter", "r1");
  clock_.Advance(seconds(10));
  Add("dead-letter", "r2", Severity::kCritical);
  auto sent = EndWindow();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].count, 2u);
  EXPECT_EQ(sent[0].severity, Severity::kCritical);
  EXPECT_EQ(sent[0].first_time, begin);
  EXPECT_EQ(sent[0].last_time.Millis(), begin.Millis() + 10'000);
  EXPECT_THAT(sent[0].nodes, ElementsAre("r1", "r2"));
  EXPECT_EQ(sent[0].sample, "sample r2");

  Add("dead-letter", "r3");
  sent = EndWindow();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].state, State::kSummary);
  EXPECT_EQ(sent[0].count, 1u);
  EXPECT_THAT(sent[0].nodes, ElementsAre("r3"));

  sent = EndWindow();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].state, State::kRecovered);
  EXPECT_EQ(sent[0].count, 3u);
  EXPECT_EQ(sent[0].first_time, begin);
  EXPECT_GT(sent[0].last_time, begin);
}

TEST_F(GroupingTest, kinds_do_not_mix) {
  EXPECT_TRUE(Add("dead-letter"));
  EXPECT_TRUE(Add("archive-failing"));
  Add("dead-letter");
  const auto sent = EndWindow();
  ASSERT_THAT(sent, SizeIs(2));
  EXPECT_EQ(sent[0].kind, "archive-failing");
  EXPECT_EQ(sent[0].state, State::kRecovered);
  EXPECT_EQ(sent[1].kind, "dead-letter");
  EXPECT_EQ(sent[1].state, State::kSummary);
}

TEST_F(GroupingTest, scopes_of_a_kind_do_not_mix) {
  bool taken = false;
  Alert alert{"dead-letter", Severity::kWarning, "s", "", "", ""};
  const auto plain = grouping_.Add(alert, {}, &taken);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->fingerprint, "dead-letter");
  alert.scope = "empty";
  const auto scoped = grouping_.Add(alert, {}, &taken);
  ASSERT_TRUE(scoped);
  EXPECT_EQ(scoped->kind, "dead-letter");
  EXPECT_EQ(scoped->fingerprint, "dead-letter:empty");
  EXPECT_FALSE(grouping_.Add(alert, {}, &taken));
}

TEST_F(GroupingTest, a_summary_counts_each_reason_of_its_window) {
  const auto add = [&](const char* reason, uint64_t count) {
    bool taken = false;
    Alert alert{"dead-letter", Severity::kWarning, "s", "", "", "", count};
    alert.reason = reason;
    return grouping_.Add(alert, {clock_.Now(), clock_.WallTime()}, &taken);
  };
  EXPECT_TRUE(add("empty", 1));
  EXPECT_FALSE(add("invalid-json", 5));
  EXPECT_FALSE(add("invalid-json", 2));
  using Reasons = std::map<std::string, uint64_t>;
  EXPECT_EQ(EndWindow().at(0).reasons, (Reasons{{"empty", 1}, {"invalid-json", 7}}));
  add("too-deep", 1);
  EXPECT_EQ(EndWindow().at(0).reasons, (Reasons{{"too-deep", 1}}));
}

TEST_F(GroupingTest, what_lasts_is_silent_while_it_lasts_and_recovered_a_window_after_all_of_it_ended) {
  const auto add = [&](Phase phase, uint64_t count) {
    bool taken = false;
    Alert alert{"interface-down", Severity::kWarning, "s", "", "", "", count};
    alert.phase = phase;
    auto first = grouping_.Add(alert, {clock_.Now(), clock_.WallTime()}, &taken);
    EXPECT_TRUE(taken);
    return first;
  };
  EXPECT_TRUE(add(Phase::kBegins, 3));
  EXPECT_THAT(EndWindow(), IsEmpty());
  EXPECT_THAT(EndWindow(), IsEmpty());
  EXPECT_FALSE(add(Phase::kEnds, 2));
  EXPECT_THAT(EndWindow(), IsEmpty());
  EXPECT_FALSE(add(Phase::kEnds, 1));
  const auto sent = EndWindow();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].state, State::kRecovered);
  EXPECT_EQ(sent[0].count, 3u);
  EXPECT_EQ(grouping_.NextDue(), std::nullopt);
}

TEST_F(GroupingTest, an_end_without_a_beginning_is_nothing) {
  bool taken = false;
  Alert alert{"interface-down", Severity::kWarning, "s", "", "", ""};
  alert.phase = Phase::kEnds;
  EXPECT_FALSE(grouping_.Add(alert, {}, &taken));
  EXPECT_TRUE(taken);
  EXPECT_EQ(grouping_.NextDue(), std::nullopt);
}

TEST_F(GroupingTest, all_nodes_of_one_alert_are_named) {
  bool taken = false;
  Alert alert{"interface-down", Severity::kWarning, "s", "", "r1", ""};
  alert.more_nodes = {"r2", "r1"};
  const auto first = grouping_.Add(alert, {}, &taken);
  ASSERT_TRUE(first);
  EXPECT_THAT(first->nodes, ElementsAre("r1", "r2"));
}

TEST_F(GroupingTest, nodes_are_distinct_and_bounded) {
  for (int i = 0; i < 100; ++i) Add("dead-letter", "r" + std::to_string(i % 30));
  const auto sent = EndWindow();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_THAT(sent[0].nodes, SizeIs(kMaxNodes));
  EXPECT_TRUE(sent[0].more_nodes);
}

TEST_F(GroupingTest, huge_texts_are_cut) {
  bool taken = false;
  const std::string huge(1'000'000, 'x');
  const auto first = grouping_.Add({"k", Severity::kWarning, huge, huge, huge, huge}, {}, &taken);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->summary.size(), 1024u);
  EXPECT_EQ(first->sample.size(), 1024u);
  EXPECT_EQ(first->where.size(), 1024u);
  EXPECT_EQ(first->nodes.at(0).size(), 255u);
}

TEST_F(GroupingTest, kinds_without_end_do_not_fill_the_memory) {
  bool taken = false;
  for (size_t i = 0; i < Grouping::kMaxKinds; ++i) Add("kind-" + std::to_string(i));
  Alert alert;
  alert.kind = "one-too-many";
  EXPECT_FALSE(grouping_.Add(alert, {}, &taken));
  EXPECT_FALSE(taken);
  alert.kind = "kind-0";
  grouping_.Add(alert, {}, &taken);
  EXPECT_TRUE(taken);
}

TEST_F(GroupingTest, next_due_is_the_earliest_end_of_a_window) {
  EXPECT_EQ(grouping_.NextDue(), std::nullopt);
  Add("a");
  const Instant end = clock_.Now() + kWindow;
  clock_.Advance(seconds(1));
  Add("b");
  EXPECT_EQ(grouping_.NextDue(), end);
}

TEST_F(GroupingTest, flush_tells_only_what_was_not_told) {
  Add("told");
  Add("more");
  Add("more");
  const auto pending = grouping_.Flush();
  ASSERT_THAT(pending, SizeIs(1));
  EXPECT_EQ(pending[0].kind, "more");
  EXPECT_EQ(pending[0].state, State::kSummary);
  EXPECT_EQ(pending[0].count, 2u);
  EXPECT_EQ(grouping_.NextDue(), std::nullopt);
}

}  // namespace
}  // namespace ntsp::alert
