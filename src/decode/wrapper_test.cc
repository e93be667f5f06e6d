#include "decode/wrapper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_text.h"
#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Lines = std::vector<std::string>;

constexpr std::string_view kEvent = R"({"name":"s","timestamp":7,"tags":{"source":"r"},"values":{"/b/y":2}})";
constexpr std::string_view kNameless = R"({"name":"s","tags":{"k":"v"},"values":{"/b/y":2}})";

std::string Quoted(std::string_view json) {
  std::string text;
  AppendJsonString(text, json);
  return text;
}
std::string Pmacct(std::string_view data) {
  return R"({"event_type":"log","seq":1,"timestamp":"1714521600.250000","telemetry_node":"192.0.2.9",
             "telemetry_port":5,"telemetry_data":)" +
         std::string(data) + R"(,"serialization":"json"})";
}

TEST(Wrapper, what_is_inside_keeps_its_dialect_and_its_names) {
  for (const std::string& data : {std::string(kEvent), Quoted(kEvent)}) {
    const Decoded decoded(Pmacct(data));
    EXPECT_EQ(decoded.Rejected(), "");
    EXPECT_EQ(decoded.Samples(), Lines{"b node=r time=7000000 .:y=2"});
    ASSERT_THAT(decoded.out().envelopes, SizeIs(1));
    EXPECT_EQ(decoded.out().envelopes[0].dialect, Dialect::kGnmicEvent);
  }
}

TEST(Wrapper, its_node_and_time_stand_in) {
  for (const std::string& data : {std::string(kNameless), Quoted(kNameless)}) {
    EXPECT_EQ(Decoded(Pmacct(data)).Samples(), Lines{"b node=192.0.2.9 time=1714521600250000 [k='v'] .:y=2"});
  }
}

TEST(Wrapper, a_dead_letter_is_cut_from_the_wrapper) {
  const Decoded object(Pmacct(kEvent));
  EXPECT_EQ(object.out().envelopes[0].raw, object.value());
  EXPECT_EQ(object.out().envelopes[0].wrapper, "");
  const Decoded text(Pmacct(Quoted(kEvent)));
  EXPECT_EQ(text.out().envelopes[0].raw, kEvent);
  EXPECT_EQ(text.out().envelopes[0].wrapper, text.value());
  EXPECT_EQ(text.out().envelopes[0].wrapped, Quoted(kEvent));
}

TEST(Wrapper, netgauze_has_a_payload) {
  const std::string inner =
      R"({"ietf-notification:notification":{"eventTime":"2024-05-01T00:00:00Z","ietf-yang-push:push-update":
          {"datastore-contents":{"a":{"x":1}}}}})";
  EXPECT_EQ(Decoded(R"({"media_type":"application/yang-data+json","payload":)" + inner + "}").Samples(),
            Lines{" time=1714521600000000 a:x=1"});
  EXPECT_EQ(Decoded(R"({"payload":)" + inner + R"(,"header":{}})").Samples(),
            Lines{" time=1714521600000000 a:x=1"});
}

TEST(Wrapper, what_is_inside_may_be_a_list_or_several_values) {
  const std::string both = std::string(kEvent) + "\n" + std::string(kNameless);
  EXPECT_THAT(Decoded(Pmacct(Quoted(both))).Samples(), SizeIs(2));
  EXPECT_THAT(Decoded(Pmacct(Quoted("[" + std::string(kEvent) + "]"))).Samples(), SizeIs(1));
}

TEST(Wrapper, what_cannot_be_read_fails_as_a_whole) {
  for (const std::string& data : {Quoted("{\"a\":"), Quoted("hello"), Quoted(""), Quoted("{}"), Quoted("5"),
                                  std::string(R"({"no":"dialect"})"), Quoted(std::string(kEvent) + "}"),
                                  Quoted(Pmacct(Quoted(kEvent)))}) {
    const std::string bad = Pmacct(data);
    const Decoded decoded("[" + bad + "," + std::string(kEvent) + "]");
    EXPECT_EQ(decoded.Samples(), Lines{"b node=r time=7000000 .:y=2"}) << bad;
    ASSERT_THAT(decoded.Failed(), SizeIs(1)) << bad;
    EXPECT_THAT(decoded.Failed()[0], testing::EndsWith("envelope " + bad));
  }
  EXPECT_THAT(Decoded(Pmacct(Quoted("{\"a\":"))).Rejected(),
              HasSubstr("wrapped telemetry: not readable as JSON at byte 5"));
}

TEST(Wrapper, wrappers_in_wrappers_are_bounded) {
  std::string json(kNameless);
  for (uint32_t i = 0; i < kMaxWrappers; ++i) json = Pmacct(json);
  EXPECT_THAT(Decoded(json).Samples(), SizeIs(1));
  EXPECT_THAT(Decoded(Pmacct(json)).Rejected(), HasSubstr("wrapped too often"));
  EXPECT_THAT(Decoded(Pmacct(Pmacct(Quoted(kNameless)))).Samples(), SizeIs(1));
}

TEST(Wrapper, of_contents_given_twice_the_last_count) {
  EXPECT_EQ(Decoded(R"({"telemetry_node":"n","telemetry_data":"hello","telemetry_data":)" +
                    std::string(kEvent) + "}")
                .Samples(),
            Lines{"b node=r time=7000000 .:y=2"});
}

TEST(Wrapper, logs_of_the_collector_are_control) {
  EXPECT_EQ(Decoded(R"({"event_type":"log_init","seq":0,"timestamp":"1.000000"})").Drops(),
            Lines{"control "});
  EXPECT_EQ(Decoded(Pmacct(R"({"sync-response":true})")).Drops(), Lines{"control "});
}

}  // namespace
}  // namespace ntsp::decode
