#include "decode/cisco_pipeline.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

constexpr std::string_view kHeader =
    R"("Source":"192.0.2.7:57500","Telemetry":{"node_id_str":"pe3","encoding_path":"m:a/b","msg_timestamp":1700000000123})";

std::string Message(std::string_view rows) {
  return fmt::format(R"({{{},"Rows":{}}})", kHeader, rows);
}

Lines SamplesOf(std::string_view value) {
  const Decoded decoded(value);
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  return decoded.Samples();
}

TEST(CiscoPipeline, a_row_is_an_element_with_keys_and_content) {
  const Decoded decoded(Message(
      R"([{"Timestamp":1700000000456,"Keys":{"interface-name":"Hu0/0/0/1"},"Content":{"bytes-sent":7,"x":{"y":[1]}}},
          {"Keys":{"interface_name":"Hu0/0/0/2"},"Content":{"bytes_sent":"8"}}])"));
  EXPECT_THAT(
      decoded.Samples(),
      ElementsAre("a/b node=pe3 time=1700000000456000 [interface-name='Hu0/0/0/1'] .:bytes-sent=7 "
                  "a/b/x:y=[1]",
                  "a/b node=pe3 time=1700000000123000 [interface_name='Hu0/0/0/2'] .:bytes_sent='8'"));
  ASSERT_EQ(decoded.out().elements.size(), 2u);
  EXPECT_EQ(decoded.out().elements[1].raw,
            R"({"Keys":{"interface_name":"Hu0/0/0/2"},"Content":{"bytes_sent":"8"}})");
  ASSERT_EQ(decoded.out().envelopes.size(), 1u);
  EXPECT_EQ(decoded.out().envelopes[0].raw, decoded.value());
}

TEST(CiscoPipeline, members_may_stand_in_any_order_and_the_last_counts) {
  EXPECT_EQ(
      SamplesOf(R"({"Rows":[5],"Rows":[{"Content":{"y":1},"Content":{"x":1},"Timestamp":5,"Keys":{"k":"no"},
                          "Keys":{"k":"v"}}],"Telemetry":{"encoding_path":"a","node_id_str":"n"},"Source":"s"})"),
      Lines{"a node=n time=5000000 [k='v'] .:x=1"});
}

TEST(CiscoPipeline, the_source_stands_in_for_the_node) {
  EXPECT_EQ(
      SamplesOf(
          R"({"Source":"[2001:db8::7]:57500","Telemetry":{"encoding_path":"a"},"Rows":[{"Content":{"x":1}}]})"),
      Lines{"a node=2001:db8::7 .:x=1"});
  EXPECT_EQ(
      SamplesOf(
          R"({"Source":5,"Telemetry":{"encoding_path":"a","node_id_str":[]},"Rows":[{"Content":{"x":1}}]})"),
      Lines{"a .:x=1"});
}

TEST(CiscoPipeline, a_row_that_says_nothing_is_counted) {
  const Decoded decoded(Message(R"([{},{"Content":{}},{"Keys":{"k":1},"Content":null}])"));
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_EQ(decoded.Drops(), Lines(3, "empty-event m:a/b"));
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  EXPECT_EQ(Decoded(Message("[]")).Drops(), Lines{"empty-event m:a/b"});
}

TEST(CiscoPipeline, a_bad_row_fails_alone) {
  const Lines bad = {"5", "null", R"({"Keys":"x","Content":{"x":1}})", R"({"Keys":[[{}],1]})",
                     R"({"Keys":{"k":"v"},"Content":{"x":{"y":1}},"Content":"text"})"};
  std::string rows = R"([{"Content":{"x":1}})";
  Lines expected;
  for (const std::string& row : bad) {
    rows += "," + row;
    expected.push_back("invalid-key " + row);
  }
  const Decoded decoded(Message(rows + "]"));
  EXPECT_EQ(decoded.Samples(), Lines{"a/b node=pe3 time=1700000000123000 .:x=1"});
  EXPECT_EQ(decoded.Failed(), expected);
  EXPECT_EQ(decoded.out().failed[0].why.message, "cisco-pipeline row of m:a/b is not an object");
  EXPECT_EQ(decoded.out().keys.size(), 0u);
  EXPECT_EQ(decoded.out().leaves.size(), 1u);
}

}  // namespace
}  // namespace ntsp::decode
