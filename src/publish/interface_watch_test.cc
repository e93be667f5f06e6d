#include "publish/interface_watch.h"

#include <gmock/gmock.h>

#include "publish/worker_fake.h"

namespace ntsp::publish {
namespace {

using alert::Phase;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Partition kPartition{3};

class InterfaceWatchTest : public testing::Test {
 protected:
  Record Interface(std::string_view node, std::string_view name, std::string_view oper,
                   std::string_view admin = {}) const {
    Record record;
    record.Reset(Table::kInterface);
    record.Set(column::kTimestamp, clock_.WallTime());
    record.Set(column::kNodeName, node);
    record.Set(ColumnOf(Table::kInterface, "interface_name"), name);
    if (!oper.empty()) record.Set(ColumnOf(Table::kInterface, "oper_status"), oper);
    if (!admin.empty()) record.Set(ColumnOf(Table::kInterface, "admin_status"), admin);
    return record;
  }
  void See(const Record& record, Partition partition = kPartition) {
    watch_.See(partition, {&record, 1}, clock_.Now());
  }
  void See(std::string_view oper, std::string_view admin = {}) { See(Interface("r1", "e1", oper, admin)); }
  // Lets time pass, a second at a time as the worker does.
  void Pass(int count) {
    for (int i = 0; i < count; ++i) {
      clock_.Advance(seconds(1));
      watch_.Tick(clock_.Now());
    }
  }
  std::vector<Phase> Phases() const {
    std::vector<Phase> phases;
    for (const alert::Alert& alert : reported_.alerts) phases.push_back(alert.phase);
    return phases;
  }

  FakeClock clock_;
  AlertsFake reported_;
  InterfaceWatch watch_{seconds(30), reported_};
};

TEST_F(InterfaceWatchTest, one_that_was_up_and_stays_down_is_told_once_and_ends_when_it_stays_up) {
  See("up");
  See("down");
  Pass(29);
  EXPECT_THAT(Phases(), ElementsAre());
  Pass(100);
  ASSERT_THAT(Phases(), ElementsAre(Phase::kBegins));
  EXPECT_EQ(reported_.alerts[0].kind, "interface-down");
  EXPECT_THAT(reported_.alerts[0].summary, HasSubstr("An interface is down for at least 30 s: r1 e1"));
  EXPECT_THAT(reported_.alerts[0].more_nodes, ElementsAre("r1"));
  See("up");
  Pass(29);
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins));
  Pass(1);
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins, Phase::kEnds));
}

TEST_F(InterfaceWatchTest, flapping_within_the_time_is_nothing) {
  See("up");
  for (int i = 0; i < 20; ++i) {
    See("down");
    Pass(20);
    See("up");
    Pass(5);
  }
  EXPECT_THAT(Phases(), ElementsAre());
}

TEST_F(InterfaceWatchTest, a_short_up_does_not_end_it) {
  See("up");
  See("down");
  Pass(30);
  for (int i = 0; i < 20; ++i) {
    See("up");
    Pass(20);
    See("down");
    Pass(5);
  }
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins));
}

TEST_F(InterfaceWatchTest, repeated_reports_do_not_put_it_off) {
  See("up");
  for (int i = 0; i < 30; ++i) {
    See("down");
    Pass(1);
  }
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins));
}

TEST_F(InterfaceWatchTest, old_news_from_a_partition_that_is_behind_change_nothing) {
  const Record old = Interface("r1", "e1", "down");
  clock_.Advance(seconds(1));
  See("up");
  See(old, {4});
  Pass(100);
  EXPECT_THAT(Phases(), ElementsAre());
}

TEST_F(InterfaceWatchTest, one_that_was_never_up_is_not_told) {
  See("down");
  See("lower-layer-down");
  Pass(100);
  EXPECT_THAT(Phases(), ElementsAre());
}

TEST_F(InterfaceWatchTest, one_that_is_switched_off_is_not_told) {
  See("up", "up");
  See("down", "down");
  Pass(100);
  EXPECT_THAT(Phases(), ElementsAre());
}

TEST_F(InterfaceWatchTest, switching_it_off_ends_what_was_told) {
  See("up", "up");
  See("down");
  Pass(30);
  See("", "down");
  Pass(30);
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins, Phase::kEnds));
}

TEST_F(InterfaceWatchTest, many_at_once_are_one_alert_with_all_their_nodes) {
  for (const char* node : {"r1", "r2", "r3", "r4", "r5", "r6", "r7"}) See(Interface(node, "e1", "up"));
  for (const char* node : {"r1", "r2", "r3", "r4", "r5", "r6", "r7"})
    See(Interface(node, "e1", "not-present"));
  Pass(30);
  ASSERT_THAT(Phases(), ElementsAre(Phase::kBegins));
  EXPECT_EQ(reported_.alerts[0].count, 7u);
  EXPECT_EQ(reported_.alerts[0].more_nodes.size(), 7u);
  EXPECT_THAT(reported_.alerts[0].summary, HasSubstr(" and 2 more"));
}

TEST_F(InterfaceWatchTest, other_columns_other_tables_and_subinterfaces_change_nothing) {
  See("up");
  Record sub = Interface("r1", "e1", "down");
  sub.Set(ColumnOf(Table::kInterface, "subinterface_index"), uint64_t{0});
  See(sub);
  See("");
  See("dormant");
  Record node;
  node.Reset(Table::kNode);
  See(node);
  Pass(100);
  EXPECT_THAT(Phases(), ElementsAre());
}

TEST_F(InterfaceWatchTest, what_is_deleted_or_goes_to_another_worker_ends) {
  See("up");
  See(Interface("r2", "e1", "up"), {4});
  See("down");
  See(Interface("r2", "e1", "down"), {4});
  Pass(30);
  Record deleted = Interface("r1", "e1", "");
  deleted.Set(column::kDeleted, uint64_t{1});
  See(deleted);
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins, Phase::kEnds));
  watch_.Forget({4});
  EXPECT_THAT(Phases(), ElementsAre(Phase::kBegins, Phase::kEnds, Phase::kEnds));
  Pass(100);
  EXPECT_EQ(reported_.alerts.size(), 3u);
}

TEST_F(InterfaceWatchTest, interfaces_without_end_do_not_fill_the_memory) {
  for (size_t i = 0; i < InterfaceWatch::kMaxInterfaces; ++i) See(Interface("r", std::to_string(i), "up"));
  See("up");
  See("down");
  Pass(30);
  EXPECT_THAT(Phases(), ElementsAre());
}

}  // namespace
}  // namespace ntsp::publish
