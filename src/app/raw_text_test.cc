#include "app/raw_text.h"

#include <gmock/gmock.h>

#include <sstream>
#include <string>

#include "app/simulation.h"
#include "base/uuid.h"

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;

constexpr Timestamp kReceived{1'764'000'000'123'456};

struct Output {
  std::string records, failures;
  uint64_t failed;
};

Output Normalized(std::string_view text, const normalize::Options& options = {}) {
  std::ostringstream out, failures;
  RawText raw(options, out, failures);
  raw.Process("lab.json", text, kReceived);
  return {out.str(), failures.str(), raw.failed()};
}

// The golden run: every byte of the output of one message.
TEST(RawText, gives_each_record_as_a_line) {
  const auto [records, failures, failed] = Normalized(
      R"({"path":".namespace.node.srl.interface","entries":[{"keys":{"namespace_name":"lab","node_name":"leaf1",)"
      R"("interface_name":"ethernet-1/1"},"fields":{"admin-state":"enable","oper-state":"down","mtu":9232}}]})");
  EXPECT_EQ(failures, "");
  EXPECT_EQ(failed, 0u);
  const UuidText uuid = UrlUuid("kafka:lab.json/0/0@1764000000123");
  const std::string batch(View(uuid));
  const std::string common =
      R"("timestamp":"2025-11-24T16:00:00.123456Z","received_at":"2025-11-24T16:00:00.123456Z",)"
      R"("node_name":"leaf1","namespace":"lab","source_format":"eda")";
  EXPECT_EQ(records,
            R"({"table":"node","record":{"batch_id":")" + batch + R"(","record_index":0,)" + common + "}}\n" +
                R"({"table":"interface","record":{"batch_id":")" + batch + R"(","record_index":1,)" + common +
                R"(,"interface_name":"ethernet-1/1","admin_status":"up","oper_status":"down","mtu":9232}})" +
                "\n");
}

TEST(RawText, gives_each_failure_as_a_line_and_goes_on) {
  const auto [records, failures, failed] = Normalized(
      "not json\n"
      R"({"path":".node.srl.interface","entries":[{"keys":{"interface_name":"e1"},"fields":{"oper-state":"up"}},)"
      R"({"keys":{"node_name":"n1","interface_name":"e2"},"fields":{"oper-state":"up"}}]})");
  EXPECT_EQ(failed, 2u);
  EXPECT_THAT(failures, HasSubstr(R"({"source":"lab.json","offset":0,"kind":"invalid-json","message":")"));
  EXPECT_THAT(failures, HasSubstr(R"("value":"not json"})"));
  EXPECT_THAT(failures, HasSubstr(R"({"source":"lab.json","offset":1,"kind":"missing-node","message":")"));
  EXPECT_THAT(records, HasSubstr("\"interface_name\":\"e2\""));
  EXPECT_THAT(records, ::testing::Not(HasSubstr("\"interface_name\":\"e1\"")));
}

TEST(RawText, an_array_is_one_message) {
  const std::string entry =
      R"({"path":".node.srl.interface","entries":[{"keys":{"node_name":"n1","interface_name":"e1"},"fields":{"mtu":1500}}]})";
  const auto apart = Normalized(entry + "\n" + entry).records;
  const auto together = Normalized("[" + entry + "," + entry + "]").records;
  EXPECT_THAT(apart, ::testing::Not(HasSubstr("\"record_index\":2")));
  EXPECT_THAT(together, HasSubstr("\"record_index\":2"));
}

TEST(RawText, the_same_text_gives_the_same_bytes) {
  Simulation simulation({{}, std::nullopt, 20});
  std::string text;
  SimulatedMessage message;
  for (int i = 0; i < 50; ++i) {
    simulation.Next(kReceived, message);
    text += message.value + "\n";
  }
  EXPECT_EQ(Normalized(text).records, Normalized(text).records);
  EXPECT_EQ(Normalized(text).failures, Normalized(text).failures);
}

TEST(RawText, every_good_simulated_message_fills_all_three_tables) {
  for (const Dialect dialect : {Dialect::kEda, Dialect::kGnmicEvent}) {
    Simulation simulation({{}, dialect, 0});
    SimulatedMessage message;
    simulation.Next(kReceived, message);
    const auto [records, failures, failed] = Normalized(message.value, {.keep_extra = true});
    EXPECT_EQ(failed, 0u) << failures;
    EXPECT_THAT(records, HasSubstr("\"serial_number\":"));
    EXPECT_THAT(records, HasSubstr("\"in_octets\":"));
    EXPECT_THAT(records, HasSubstr("\"family\":4"));
    EXPECT_THAT(records, HasSubstr("\"family\":6"));
  }
}

TEST(RawText, extra_leaves_can_be_dropped) {
  constexpr std::string_view kText =
      R"({"path":".node.srl.interface","entries":[{"keys":{"node_name":"n1","interface_name":"e1"},"fields":{"mtu":1,"colour":"red"}}]})";
  EXPECT_THAT(Normalized(kText).records, HasSubstr("\"extra\":{\"colour\":\"red\"}"));
  EXPECT_THAT(Normalized(kText, {.keep_extra = false}).records, ::testing::Not(HasSubstr("colour")));
}

}  // namespace
}  // namespace ntsp::app
