#include "publish/processor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/worker_fake.h"

namespace ntsp::publish {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// Through the worker, whose commits make outcomes visible.
using ProcessorTest = WorkerTest;

TEST_F(ProcessorTest, unreadable_input_is_a_dead_letter_and_its_neighbours_are_published) {
  Add(0, Statistics("leaf-1", 1));
  kafka_.raw[0].push_back({"{\"path\":", "the-key", {{"trace", "t-1"}}});
  Add(0, Statistics("leaf-1", 2));
  StepAndCommit();
  EXPECT_THAT(kafka_.In("interfaces"), SizeIs(2));
  ASSERT_THAT(kafka_.In("dead"), SizeIs(1));
  const Produced dead = kafka_.In("dead")[0];
  EXPECT_EQ(dead.value, "{\"path\":");
  EXPECT_EQ(dead.key, "the-key");
  EXPECT_EQ(dead.headers.at("trace"), "t-1");
  EXPECT_EQ(dead.headers.at("ntsp.error.kind"), "invalid-json");
  EXPECT_EQ(dead.headers.at("ntsp.source.offset"), "1");
}

TEST_F(ProcessorTest, of_a_message_with_a_failed_element_the_others_are_published) {
  Add(0, R"({"path":".node.srl.interface","timestamp":1700000000,"entries":[)"
         R"({"keys":{"node_name":"leaf-1","interface_name":"e1"},"fields":{"mtu":1500}},)"
         R"({"keys":{"node_name":"leaf-1"},"fields":{"mtu":9000}},)"
         R"({"keys":{"node_name":"leaf-1","interface_name":"e3"},"fields":{"mtu":1500}}]})");
  StepAndCommit();
  ASSERT_THAT(kafka_.In("interfaces"), SizeIs(1));
  ASSERT_THAT(kafka_.In("dead"), SizeIs(1));
  EXPECT_EQ(kafka_.In("dead")[0].value, R"([{"path":".node.srl.interface","timestamp":1700000000,"entries":[)"
                                        R"({"keys":{"node_name":"leaf-1"},"fields":{"mtu":9000}}]}])");
  EXPECT_EQ(kafka_.In("dead")[0].headers.at("ntsp.error.kind"), "missing-interface");
}

TEST_F(ProcessorTest, a_message_whose_only_element_failed_is_given_back_byte_for_byte) {
  const std::string value =
      R"( {"path":".node.srl.interface","entries":[{"keys":{"node_name":"l1"},"fields":{"mtu":9}}]} )";
  Add(0, value);
  StepAndCommit();
  ASSERT_THAT(kafka_.In("dead"), SizeIs(1));
  EXPECT_EQ(kafka_.In("dead")[0].value, value);
}

TEST_F(ProcessorTest, a_message_with_a_record_that_is_too_large_is_a_dead_letter_as_a_whole) {
  options_.max_message_bytes = 900;
  const std::string value = R"({"path":".node.srl.interface","entries":[)"
                            R"({"keys":{"node_name":"l1","interface_name":"e1"},"fields":{"mtu":1}},)"
                            R"({"keys":{"node_name":"l1","interface_name":"e2"},"fields":{"description":")" +
                            std::string(900, 'x') + R"("}}]})";
  Add(0, value);
  StepAndCommit();
  ASSERT_THAT(kafka_.visible, SizeIs(1));
  EXPECT_EQ(kafka_.visible[0].topic, "dead");
  EXPECT_EQ(kafka_.visible[0].value, value);
  EXPECT_EQ(kafka_.visible[0].headers.at("ntsp.error.kind"), "too-large");
}

TEST_F(ProcessorTest, a_tombstone_is_counted_and_no_dead_letter) {
  kafka_.raw[0].push_back({std::nullopt});
  StepAndCommit();
  EXPECT_THAT(kafka_.visible, IsEmpty());
  EXPECT_EQ(kafka_.committed[0], 1);
  EXPECT_EQ(metrics_.Sum("ntsp_publish_drops_total", {{"kind", "tombstone"}}), 1);
}

TEST_F(ProcessorTest, counters_tell_of_committed_work_only) {
  Add(0, Statistics("leaf-1", 1));
  Add(0, "junk");
  kafka_.raw[0].push_back({std::nullopt});
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "the broker was away"});
  StepAndCommit();
  EXPECT_EQ(metrics_.Sum("ntsp_publish_messages_total"), 0);
  EXPECT_EQ(metrics_.Sum("ntsp_publish_batches_aborted_total"), 1);
  StepAndCommit();
  EXPECT_EQ(metrics_.Sum("ntsp_publish_messages_total"), 3);
  EXPECT_EQ(metrics_.Sum("ntsp_publish_messages_total", {{"dialect", "eda"}}), 1);
  EXPECT_EQ(metrics_.Sum("ntsp_publish_records_total", {{"table", "interface"}}), 1);
  EXPECT_EQ(metrics_.Sum("ntsp_publish_dead_letters_total", {{"kind", "invalid-json"}}), 1);
  EXPECT_EQ(metrics_.Sum("ntsp_publish_drops_total"), 1);
}

TEST_F(ProcessorTest, dead_letters_are_alerted_after_their_commit_only_and_once) {
  Add(0, "junk");
  Add(0, "more junk");
  kafka_.commit_answers.push_back({kafka::CommitResult::kAborted, false, "the broker was away"});
  StepAndCommit();
  EXPECT_THAT(alerts_.alerts, IsEmpty());
  StepAndCommit();
  ASSERT_THAT(alerts_.alerts, SizeIs(1));
  EXPECT_EQ(alerts_.alerts[0].kind, "dead-letter");
  EXPECT_EQ(alerts_.alerts[0].sample, "junk");
  EXPECT_EQ(alerts_.alerts[0].where, "raw/0@0");
  EXPECT_EQ(alerts_.alerts[0].count, 2u);
}

TEST_F(ProcessorTest, the_alert_names_the_node_of_what_failed) {
  Add(0, R"({"path":".node.srl.interface","entries":[{"keys":{"node_name":"leaf-7"},"fields":{"mtu":9}}]})");
  StepAndCommit();
  ASSERT_THAT(alerts_.alerts, SizeIs(1));
  EXPECT_EQ(alerts_.alerts[0].node, "leaf-7");
}

TEST_F(ProcessorTest, lag_is_what_lies_behind_the_position) {
  kafka_.most_a_poll = 1;
  for (int i = 0; i < 3; ++i) Add(0, Statistics("leaf-1", i));
  clock_.Advance(std::chrono::seconds(10));
  ASSERT_TRUE(Step());
  EXPECT_EQ(metrics_.Sum("ntsp_publish_lag_messages", {{"topic", "raw"}, {"partition", "0"}}), 2);
}

}  // namespace
}  // namespace ntsp::publish
