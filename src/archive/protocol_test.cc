#include "archive/protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/plan.h"
#include "archive/protocol_actions_fake.h"

namespace ntsp::archive {
namespace {

using kafka::CommitOutcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

// Turns events into words. A window is full at 100 bytes and old at 300 s; message n has the timestamp 1000 +
// n.
class ProtocolTest : public testing::Test {
 protected:
  using Words = std::vector<std::string>;

  ProtocolTest() : layout_{"s3://bucket", "processed", Table::kNode}, protocol_(MakeOptions()) {}

  Protocol::Options MakeOptions() const {
    return {.max_bytes = 100, .max_age = 300s, .retry_after = 1s, .layout = layout_};
  }
  std::string PlanTo(int64_t end) const { return FormatPlan({{end}, layout_.Text()}); }

  template <typename Event>
  Words After(Event event) {
    Actions actions;
    event(actions);
    Words words;
    for (const Action& a : actions)
      words.push_back(std::visit([](const auto& what) { return Text(what); }, a));
    return words;
  }

  Words Assign(int64_t offset, const std::string& metadata = "") {
    return After([&](Actions& out) { protocol_.Assigned({Offset{offset}, metadata}, out); });
  }
  Words AssignNothing() {
    return After([&](Actions& out) { protocol_.Assigned({}, out); });
  }
  // The message at `offset` comes; with it the window has `bytes`.
  Words Read(int64_t offset, uint64_t bytes = 1) { return ReadAt(offset, 1000 + offset, bytes); }
  Words ReadAt(int64_t offset, int64_t millis, uint64_t bytes = 1) {
    return After([&](Actions& out) {
      taken_ = protocol_.Offer({offset}, Timestamp::FromMillis(millis), now_, out);
      if (taken_) protocol_.Appended(bytes, now_, out);
    });
  }
  Words Tick(Duration later = 0s) {
    now_ += later;
    return After([&](Actions& out) { protocol_.Tick(now_, out); });
  }
  Words Uploaded() {
    return After([&](Actions& out) { protocol_.Uploaded(now_, out); });
  }
  Words Commit(CommitOutcome outcome) {
    return After([&](Actions& out) { protocol_.CommitEnded(outcome, now_, out); });
  }
  Words Committed_() { return Commit(CommitOutcome::kCommitted); }
  Words CommittedIs(int64_t offset, const std::string& metadata = "") {
    return After([&](Actions& out) { protocol_.CommittedRead({Offset{offset}, metadata}, now_, out); });
  }
  Words OutOfRange(int64_t low, int64_t high) {
    return After([&](Actions& out) { protocol_.OutOfRange({low}, {high}, now_, out); });
  }
  Words Found(std::vector<ObjectName> objects, int64_t high = 1'000'000) {
    return After([&](Actions& out) { protocol_.ObjectsFound(std::move(objects), {high}, now_, out); });
  }
  ObjectName Object(int64_t start, int64_t end, int64_t millis) const {
    return {{"t", {0}}, {start}, {end}, Timestamp::FromMillis(millis)};
  }

  Layout layout_;
  Protocol protocol_;
  Instant now_{1h};
  bool taken_ = false;
};

TEST_F(ProtocolTest, a_full_window_is_planned_then_uploaded_then_done) {
  EXPECT_THAT(Assign(10), IsEmpty());
  EXPECT_THAT(Read(10), ElementsAre("resume"));
  EXPECT_THAT(Read(11, 100), ElementsAre("commit 10 plan 12", "pause"));
  EXPECT_THAT(Committed_(), ElementsAre("upload 10-12 at 1010", "resume"));
  EXPECT_THAT(Uploaded(), ElementsAre("commit 12"));
  EXPECT_THAT(Committed_(), ElementsAre("done 10-12"));
}

TEST_F(ProtocolTest, a_window_grows_old_also_when_nothing_more_comes) {
  Assign(10);
  Tick(1000s);
  Read(10);
  EXPECT_THAT(Tick(299s), IsEmpty()) << "its age begins with its first message";
  EXPECT_THAT(Tick(1s), ElementsAre("commit 10 plan 11"));
}

TEST_F(ProtocolTest, an_empty_window_is_never_closed) {
  Assign(10);
  Tick();
  EXPECT_THAT(Tick(10'000s), IsEmpty());
}

TEST_F(ProtocolTest, I1_the_next_window_starts_where_the_last_one_ended_even_over_a_gap_of_offsets) {
  Assign(10);
  Read(10, 100);
  Committed_();
  EXPECT_THAT(Read(15), IsEmpty());
  Uploaded();
  Committed_();
  EXPECT_THAT(Tick(300s), ElementsAre("commit 11 plan 16"));
  EXPECT_THAT(Committed_(), ElementsAre("upload 11-16 at 1015"));
}

TEST_F(ProtocolTest, I2_nothing_is_uploaded_before_its_plan_is_committed) {
  Assign(10);
  Tick();
  EXPECT_THAT(Read(10, 100), ElementsAre("commit 10 plan 11", "pause"));
  EXPECT_THAT(Commit(CommitOutcome::kRefused), IsEmpty());
  EXPECT_THAT(Tick(1s), ElementsAre("ask"));
  EXPECT_THAT(CommittedIs(10), ElementsAre("commit 10 plan 11"));
  EXPECT_THAT(Committed_(), ElementsAre("upload 10-11 at 1010", "resume"));
}

TEST_F(ProtocolTest, I3_a_plan_is_carried_out_by_the_next_owner_to_the_letter) {
  Assign(10, PlanTo(13));
  Tick();
  EXPECT_THAT(Read(10, 500), IsEmpty()) << "full, but the plan goes on";
  EXPECT_THAT(Tick(1000s), IsEmpty()) << "old, but the plan goes on";
  Read(11);
  EXPECT_THAT(Read(12), ElementsAre("upload 10-13 at 1010 redo"));
  EXPECT_THAT(Uploaded(), ElementsAre("commit 13"));
}

TEST_F(ProtocolTest, I3_the_end_of_a_plan_is_the_end_of_what_the_window_held) {
  Assign(10);
  Read(10, 100);
  Committed_();
  Read(11);
  EXPECT_THAT(Uploaded(), ElementsAre("commit 11")) << "message 11 belongs to the next window";
}

TEST_F(ProtocolTest, I4_done_is_committed_only_after_the_upload) {
  Assign(10);
  Tick();
  Read(10, 100);
  Committed_();
  EXPECT_THAT(Tick(10'000s), IsEmpty());
  EXPECT_THAT(Uploaded(), ElementsAre("commit 11"));
}

TEST_F(ProtocolTest, I6_a_revoked_partition_asks_for_nothing_but_to_be_forgotten) {
  Assign(10);
  Read(10, 100);
  Committed_();
  EXPECT_THAT(After([&](Actions& out) { protocol_.Revoked(out); }), ElementsAre("drop"));
  EXPECT_THAT(Uploaded(), IsEmpty());
  EXPECT_THAT(Tick(1000s), IsEmpty());
  EXPECT_THAT(Read(11, 1000), IsEmpty());
  EXPECT_FALSE(taken_);
}

TEST_F(ProtocolTest, I7_after_a_commit_of_unknown_outcome_there_is_no_other_one) {
  Assign(10);
  Read(10, 100);
  EXPECT_THAT(Commit(CommitOutcome::kUnknown), ElementsAre("rejoin"));
  EXPECT_THAT(Tick(1000s), IsEmpty());
  EXPECT_THAT(Read(11, 1000), IsEmpty());
  EXPECT_FALSE(taken_);
}

TEST_F(ProtocolTest, the_next_window_fills_during_an_upload_and_is_planned_with_the_commit_of_the_last) {
  Assign(10);
  Read(10, 100);
  Committed_();
  Read(11, 50);
  EXPECT_THAT(Read(12, 100), ElementsAre("pause"));
  EXPECT_THAT(Uploaded(), ElementsAre("commit 11 plan 13"));
  EXPECT_THAT(Committed_(), ElementsAre("done 10-11", "upload 11-13 at 1011", "resume"));
}

TEST_F(ProtocolTest, a_refused_commit_of_done_and_plan_leaves_both_windows_as_they_are) {
  Assign(10);
  Read(10, 100);
  Committed_();
  Read(11, 100);
  Uploaded();
  EXPECT_THAT(Commit(CommitOutcome::kRefused), IsEmpty());
  EXPECT_THAT(Tick(1s), ElementsAre("ask"));
  EXPECT_THAT(CommittedIs(10, PlanTo(11)), ElementsAre("commit 11 plan 12"));
}

TEST_F(ProtocolTest, after_a_refusal_the_question_is_repeated_until_it_is_answered) {
  Assign(10);
  Read(10, 100);
  Commit(CommitOutcome::kRefused);
  EXPECT_THAT(Tick(1s), ElementsAre("ask"));
  EXPECT_THAT(Tick(500ms), IsEmpty());
  EXPECT_THAT(Tick(500ms), ElementsAre("ask"));
}

TEST_F(ProtocolTest, a_refused_window_is_dropped_if_somebody_else_went_on) {
  Assign(10);
  Tick();
  Read(10, 100);
  Commit(CommitOutcome::kRefused);
  Tick(1s);
  EXPECT_THAT(CommittedIs(20, PlanTo(25)), ElementsAre("drop", "seek 20", "resume"));
  EXPECT_THAT(Read(11), IsEmpty());
  EXPECT_FALSE(taken_);
  for (int64_t offset = 20; offset < 24; ++offset) Read(offset);
  EXPECT_THAT(Read(24), ElementsAre("upload 20-25 at 1020 redo"));
}

TEST_F(ProtocolTest, memory_closes_a_window_early) {
  Assign(10);
  EXPECT_FALSE(protocol_.CanFlush());
  Read(10);
  ASSERT_TRUE(protocol_.CanFlush());
  EXPECT_THAT(After([&](Actions& out) { protocol_.Flush(now_, out); }), ElementsAre("commit 10 plan 11"));
}

TEST_F(ProtocolTest, pressure_pauses) {
  for (const std::string& plan : {std::string(), PlanTo(13)}) {
    Assign(10, plan);
    EXPECT_THAT(After([&](Actions& out) { protocol_.Pressure(true, now_, out); }), ElementsAre("pause"));
    EXPECT_THAT(After([&](Actions& out) { protocol_.Pressure(false, now_, out); }), ElementsAre("resume"));
  }
}

TEST_F(ProtocolTest, I3_a_redo_that_gave_its_rows_back_is_read_again_to_the_same_end) {
  Assign(10, PlanTo(13));
  EXPECT_FALSE(protocol_.CanGiveBack());
  Read(10);
  Read(11);
  ASSERT_TRUE(protocol_.CanGiveBack());
  EXPECT_THAT(After([&](Actions& out) { protocol_.GiveBack(out); }), ElementsAre("drop", "seek 10"));
  EXPECT_FALSE(protocol_.CanGiveBack());
  Read(10);
  Read(11);
  EXPECT_THAT(Read(12), ElementsAre("upload 10-13 at 1010 redo"));
}

TEST_F(ProtocolTest, shutdown_closes_one_window_after_the_other_and_then_is_settled) {
  Assign(10);
  Read(10, 100);
  Committed_();
  Read(11);
  EXPECT_THAT(After([&](Actions& out) { protocol_.Shutdown(now_, out); }), ElementsAre("pause"));
  EXPECT_FALSE(protocol_.Settled());
  EXPECT_THAT(Uploaded(), ElementsAre("commit 11 plan 12"));
  Committed_();
  EXPECT_THAT(Uploaded(), ElementsAre("commit 12"));
  EXPECT_FALSE(protocol_.Settled());
  Committed_();
  EXPECT_TRUE(protocol_.Settled());
}

TEST_F(ProtocolTest, shutdown_does_not_wait_for_a_redo_that_has_not_been_read) {
  Assign(10, PlanTo(13));
  Read(10);
  After([&](Actions& out) { protocol_.Shutdown(now_, out); });
  EXPECT_TRUE(protocol_.Settled());
}

TEST_F(ProtocolTest, a_plan_of_another_layout_is_refused) {
  const Layout other{"s3://other", "processed", Table::kNode};
  EXPECT_THAT(Assign(10, FormatPlan({{13}, other.Text()})), ElementsAre(HasSubstr("AWS_S3_BUCKET")));
  Read(10);
  EXPECT_FALSE(taken_);
}

TEST_F(ProtocolTest, a_note_of_another_version_or_a_broken_plan_is_refused) {
  EXPECT_THAT(Assign(10, "ntsp2;e=13"), ElementsAre(HasSubstr("fail: ")));
  EXPECT_THAT(Assign(10, PlanTo(10)), ElementsAre(HasSubstr("ends before it begins")));
}

TEST_F(ProtocolTest, messages_that_retention_deleted_are_reported_and_left_out) {
  Assign(10);
  EXPECT_THAT(OutOfRange(20, 30), ElementsAre("lost 10-20", "resume", "seek 20"));
  Read(20);
  EXPECT_THAT(Read(21, 100), ElementsAre("commit 20 plan 22", "pause")) << "I1: from the low watermark";
}

TEST_F(ProtocolTest, a_window_that_holds_messages_goes_on_over_what_retention_deleted) {
  Assign(10);
  Read(10);
  EXPECT_THAT(OutOfRange(20, 30), ElementsAre("lost 11-20", "seek 20"));
  EXPECT_THAT(Read(20, 100), ElementsAre("commit 10 plan 21", "pause"));
}

TEST_F(ProtocolTest, a_planned_window_without_its_messages_is_done_with_the_objects_that_exist) {
  Assign(10, PlanTo(15));
  EXPECT_THAT(OutOfRange(20, 30), ElementsAre("lost 10-20", "find", "pause", "seek 20"));
  EXPECT_THAT(Found({Object(10, 15, 1010)}),
              ElementsAre("seek 20", "upload 10-15 at 1010 redo keep", "resume"));
  EXPECT_THAT(Uploaded(), ElementsAre("commit 15"));
}

TEST_F(ProtocolTest, what_is_left_of_a_planned_window_is_written_under_its_name) {
  Assign(10, PlanTo(15));
  OutOfRange(13, 30);
  EXPECT_THAT(Found({Object(5, 10, 1005), Object(10, 15, 1010)}), ElementsAre("seek 13", "resume"));
  Read(13);
  EXPECT_THAT(Read(14), ElementsAre("upload 10-15 at 1010 redo keep"));
}

TEST_F(ProtocolTest, a_planned_window_whose_last_message_is_gone_ends_with_the_next_one) {
  Assign(10, PlanTo(15));
  Read(10);
  EXPECT_THAT(Read(17), ElementsAre("lost 11-15", "seek 15", "upload 10-15 at 1010 redo"));
  EXPECT_FALSE(taken_) << "it is read again into the next window";
  Read(17);
  EXPECT_TRUE(taken_);
}

TEST_F(ProtocolTest, without_a_committed_offset_and_objects_it_starts_at_the_beginning) {
  EXPECT_THAT(AssignNothing(), IsEmpty());
  EXPECT_THAT(Read(3), ElementsAre("pause", "find since 1003"));
  EXPECT_FALSE(taken_);
  EXPECT_THAT(Read(4), IsEmpty());
  EXPECT_THAT(Found({}), ElementsAre("seek 3", "resume"));
  Read(3);
  EXPECT_TRUE(taken_);
  EXPECT_THAT(Tick(300s), ElementsAre("commit 3 plan 4"));
}

TEST_F(ProtocolTest, a_forgotten_offset_is_found_again_in_the_names_of_the_objects) {
  AssignNothing();
  Read(3);
  EXPECT_THAT(Found({Object(3, 5, 1003), Object(5, 9, 1005)}), ElementsAre("seek 5", "resume"));
  EXPECT_THAT(Read(5), ElementsAre("found 9", "seek 5"));
  for (const int64_t offset : {5, 6, 7}) EXPECT_THAT(Read(offset), IsEmpty());
  EXPECT_THAT(Read(8), ElementsAre("commit 5 plan 9"))
      << "perhaps not all objects of the last one were stored";
  EXPECT_THAT(Committed_(), ElementsAre("upload 5-9 at 1005 redo"));
  EXPECT_THAT(Uploaded(), ElementsAre("commit 9"));
}

TEST_F(ProtocolTest, objects_of_an_earlier_topic_of_the_same_name_do_not_count) {
  AssignNothing();
  Read(0);
  EXPECT_THAT(Found({Object(0, 50, 77), Object(50, 60, 1049)}), ElementsAre("seek 50", "resume"))
      << "one is older than the topic, the other may be of it";
  EXPECT_THAT(Read(50), ElementsAre("seek 0")) << "it is not: message 50 has another timestamp";
}

TEST_F(ProtocolTest, objects_beyond_the_end_of_the_log_do_not_count) {
  AssignNothing();
  Read(0);
  EXPECT_THAT(Found({Object(50, 60, 1050)}, 55), ElementsAre("seek 0", "resume"));
}

TEST_F(ProtocolTest, a_log_that_ends_before_the_committed_offset_is_searched_anew) {
  Assign(100);
  EXPECT_THAT(OutOfRange(0, 50), ElementsAre("replaced 100 by 50", "drop", "seek 0", "resume"));
  EXPECT_THAT(Read(0), ElementsAre("pause", "find since 1000"));
}

}  // namespace
}  // namespace ntsp::archive
