#include "decode/gnmi_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Lines = std::vector<std::string>;

// {"oper-status":"UP","counters":{"in-octets":"7"}}
constexpr std::string_view kState = "eyJvcGVyLXN0YXR1cyI6IlVQIiwiY291bnRlcnMiOnsiaW4tb2N0ZXRzIjoiNyJ9fQ==";
// {"interface":[{"name":"e1","mtu":1},{"name":"e2","mtu":2}]}
constexpr std::string_view kList =
    "eyJpbnRlcmZhY2UiOlt7Im5hbWUiOiJlMSIsIm10dSI6MX0seyJuYW1lIjoiZTIiLCJtdHUiOjJ9XX0=";

std::string Update(std::string_view val) {
  return R"({"path":{"elem":[{"name":"a"},{"name":"b"}]},"val":)" + std::string(val) + "}";
}
std::string Message(std::string_view updates) {
  return R"({"update":{"timestamp":"42","prefix":{"target":"r"},"update":[)" + std::string(updates) + "]}}";
}

// The leaf that a value of a/b gives.
std::string LeafOf(std::string_view val) {
  const Decoded decoded(Message(Update(val)));
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  const Lines lines = decoded.Samples();
  constexpr std::string_view kBefore = "a node=r time=42000000 .:b=";
  if (lines.size() != 1 || !lines[0].starts_with(kBefore)) return "not one leaf";
  return lines[0].substr(kBefore.size());
}

Lines SamplesOf(std::string_view value) {
  const Decoded decoded(value);
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  return decoded.Samples();
}

TEST(GnmiProto, an_update_is_an_element_below_the_prefix) {
  const Decoded decoded(
      R"({"update":{"timestamp":"1712345678000000001","prefix":{"origin":"openconfig","target":"pe2",
          "elem":[{"name":"interfaces"},{"name":"interface","key":{"name":"Ethernet7/1"}}]},"update":[
          {"path":{"elem":[{"name":"oc:state"},{"name":"mtu"}]},"val":{"uintVal":"1500"}},
          {"path":{"elem":[{"name":"subinterfaces"},{"name":"subinterface","key":{"index":"3"}},{"name":"state"},
           {"name":"oper-status"}]},"val":{"stringVal":"UP"}}]}})");
  EXPECT_THAT(decoded.Samples(),
              ElementsAre("interfaces/interface/state node=pe2 time=1712345678000000 "
                          "[interface_name='Ethernet7/1'] .:mtu='1500'",
                          "interfaces/interface/subinterfaces/subinterface/state node=pe2 "
                          "time=1712345678000000 [interface_name='Ethernet7/1'] [subinterface_index='3'] "
                          ".:oper-status='UP'"));
  ASSERT_THAT(decoded.out().elements, SizeIs(2));
  EXPECT_THAT(std::string(decoded.out().elements[0].raw), testing::EndsWith(R"("val":{"uintVal":"1500"}})"));
  EXPECT_EQ(decoded.out().envelopes[0].raw, decoded.value());
}

TEST(GnmiProto, values_of_every_type_are_read) {
  EXPECT_EQ(LeafOf(R"({"stringVal":"x"})"), "'x'");
  EXPECT_EQ(LeafOf(R"({"string_val":"x"})"), "'x'");
  EXPECT_EQ(LeafOf(R"({"asciiVal":"x"})"), "'x'");
  EXPECT_EQ(LeafOf(R"({"intVal":"-7"})"), "'-7'");
  EXPECT_EQ(LeafOf(R"({"uintVal":"18446744073709551615"})"), "'18446744073709551615'");
  EXPECT_EQ(LeafOf(R"({"uint_val":7})"), "7");
  EXPECT_EQ(LeafOf(R"({"boolVal":false})"), "false");
  EXPECT_EQ(LeafOf(R"({"floatVal":1.5})"), "1.5");
  EXPECT_EQ(LeafOf(R"({"doubleVal":"NaN"})"), "'NaN'");
  EXPECT_EQ(LeafOf(R"({"bytesVal":"AAE="})"), "'AAE='");
  EXPECT_EQ(LeafOf(R"({"leaflistVal":{"element":[{"stringVal":"x"},{"uintVal":"1"}]}})"), R"(["x","1"])");
}

TEST(GnmiProto, decimals_become_numbers) {
  EXPECT_EQ(LeafOf(R"({"decimalVal":{"digits":"125","precision":2}})"), "1.25");
  EXPECT_EQ(LeafOf(R"({"decimal_val":{"digits":"-5","precision":2}})"), "-0.05");
  EXPECT_EQ(LeafOf(R"({"decimalVal":{"digits":"12"}})"), "12");
  EXPECT_EQ(LeafOf(R"({"decimalVal":{}})"), "0");
  EXPECT_EQ(LeafOf(R"({"decimalVal":{"digits":"-9223372036854775808","precision":18}})"),
            "-9.223372036854775808");
}

TEST(GnmiProto, json_values_are_read_from_base64) {
  const std::string state = R"({"jsonIetfVal":")" + std::string(kState) + "\"}";
  EXPECT_EQ(SamplesOf(Message(Update(state))),
            Lines{"a/b node=r time=42000000 .:oper-status='UP' a/b/counters:in-octets='7'"});
  const std::string list = R"({"json_val":")" + std::string(kList) + "\"}";
  EXPECT_THAT(SamplesOf(Message(Update(list) + "," + Update(state))),
              ElementsAre("a/b/interface node=r time=42000000 [interface_name='e1'] .:name='e1' .:mtu=1",
                          "a/b/interface node=r time=42000000 [interface_name='e2'] .:name='e2' .:mtu=2",
                          "a/b node=r time=42000000 .:oper-status='UP' a/b/counters:in-octets='7'"));
  EXPECT_EQ(LeafOf(R"({"jsonIetfVal":"ImRvd24i"})"), "'down'");
  EXPECT_EQ(LeafOf(R"({"jsonIetfVal":"MTI"})"), "12");
}

TEST(GnmiProto, a_value_that_cannot_be_read_fails_its_update_alone) {
  const std::string good = Update(R"({"uintVal":"1"})");
  for (const char* bad :
       {R"({"jsonIetfVal":"###"})", R"({"jsonIetfVal":7})", R"({"jsonIetfVal":""})",
        R"({"jsonIetfVal":"eyJhIjox"})", R"({"jsonIetfVal":"MSAy"})", R"({"jsonIetfVal":"/////w=="})",
        R"({"newVal":1})", R"("text")", "[1]", R"({"decimalVal":{"digits":"x"}})", R"({"decimalVal":7})",
        R"({"decimalVal":{"digits":"1","precision":99}})", R"({"leaflistVal":[1]})"}) {
    const Decoded decoded(Message(Update(bad) + "," + good));
    EXPECT_EQ(decoded.Samples(), Lines{"a node=r time=42000000 .:b='1'"}) << bad;
    ASSERT_THAT(decoded.Failed(), SizeIs(1)) << bad;
    EXPECT_THAT(decoded.Failed()[0], testing::EndsWith(Update(bad)));
  }
}

TEST(GnmiProto, says_what_is_wrong_with_a_value) {
  const Decoded decoded(Message(Update(R"({"jsonIetfVal":"eyJhIjox"})")));
  ASSERT_THAT(decoded.out().failed, SizeIs(1));
  EXPECT_EQ(decoded.out().failed[0].why.kind, RejectKind::kInvalidJson);
  EXPECT_THAT(decoded.out().failed[0].why.message,
              HasSubstr("gNMI update has a value that is not readable as JSON at byte 6"));
}

TEST(GnmiProto, deletes_are_paths) {
  EXPECT_EQ(SamplesOf(R"({"update":{"timestamp":"42","prefix":{"target":"r"},
              "delete":[{"elem":[{"name":"interface","key":{"name":"ethernet-1/1"}}]}]}})"),
            Lines{"interface node=r time=42000000 deleted [interface_name='ethernet-1/1']"});
}

TEST(GnmiProto, an_element_without_a_name_has_the_keys_of_the_one_before) {
  EXPECT_EQ(SamplesOf(R"({"update":{"prefix":{"target":"r"},"update":[{"path":{"elem":[{"name":"interface"},
              {"key":{"name":"xe-0/0/0:0"}},{"name":"mtu"}]},"val":{"intVal":"9"}}]}})"),
            Lines{"interface node=r [interface_name='xe-0/0/0:0'] .:mtu='9'"});
}

TEST(GnmiProto, the_node_is_the_target_or_the_kafka_key) {
  constexpr std::string_view kMessage =
      R"({"update":{"update":[{"path":{"elem":[{"name":"a"}]},"val":{"intVal":"9"}}]}})";
  EXPECT_EQ(Decoded(kMessage, "leaf9:57400:::counters").Samples(), Lines{" node=leaf9 .:a='9'"});
  EXPECT_EQ(Decoded(kMessage, "leaf9").Samples(), Lines{" node=leaf9 .:a='9'"});
  EXPECT_EQ(Decoded(kMessage, "\xff\xfe").Samples(), Lines{" .:a='9'"});
  EXPECT_EQ(Decoded(kMessage).Samples(), Lines{" .:a='9'"});
  EXPECT_EQ(Decoded(Message(Update(R"({"uintVal":"1"})")), "other").Samples(),
            Lines{"a node=r time=42000000 .:b='1'"});
}

TEST(GnmiProto, members_may_stand_in_any_order_and_the_last_counts) {
  const Lines expected = {"p/a node=r time=7000000 [p_k='1'] .:b=true"};
  for (const char* message :
       {R"({"update":{"timestamp":"7","prefix":{"target":"r","elem":[{"name":"p","key":{"k":"1"}}]},
            "update":[{"path":{"elem":[{"name":"a"},{"name":"b"}]},"val":{"boolVal":true}}]}})",
        R"({"update":{"update":[{"val":{"boolVal":true},"path":{"elem":[{"name":"a"},{"name":"b"}]}}],
            "prefix":{"elem":[{"key":{"k":"1"},"name":"p"}],"target":"r"},"timestamp":"7"}})",
        R"({"update":{"prefix":5,"update":[7],"update":[{"path":{"elem":[{"name":"x"}]},"val":{"intVal":"1"},
            "val":{"boolVal":true},"path":{"elem":[{"name":"a"},{"name":"b"}]}}],
            "prefix":{"elem":[{"key":{"k":"1"},"name":"p"}],"target":"r"},"timestamp":"7"}})"}) {
    EXPECT_EQ(SamplesOf(message), expected) << message;
  }
}

TEST(GnmiProto, wrong_types_fail_what_they_stand_in) {
  const Decoded decoded(R"({"update":{"prefix":{"target":"r"},"update":[7,{"path":"a","val":{"intVal":"1"}},
      {"path":{"elem":{}},"val":{"intVal":"1"}},{"path":{"elem":[1]},"val":{"intVal":"1"}},
      {"path":{"elem":[{"name":"a","key":[]}]},"val":{"intVal":"1"}},{"path":{},"val":{"intVal":"1"}}],"delete":["x"]}})");
  EXPECT_THAT(decoded.Samples(), IsEmpty());
  EXPECT_THAT(decoded.Failed(), SizeIs(7));
  EXPECT_THAT(
      Decoded(R"({"update":{"prefix":[],"update":[{"path":{"elem":[{"name":"a"}]},"val":{"intVal":"1"}}]}})")
          .Failed(),
      SizeIs(1));
  EXPECT_THAT(Decoded(R"({"update":{"update":{"path":{}}}})").Failed(), SizeIs(1));
}

TEST(GnmiProto, what_holds_nothing_is_a_counted_no_op) {
  EXPECT_EQ(Decoded(R"({"update":{"timestamp":"1"}})").Drops(), Lines{"empty-event "});
  EXPECT_EQ(Decoded(Message("{}")).Drops(), Lines{"empty-event "});
  EXPECT_EQ(Decoded(Message(Update("{}"))).Drops(), Lines{"empty-event /a/b"});
  EXPECT_EQ(Decoded(R"({"syncResponse":true})").Drops(), Lines{"control "});
}

}  // namespace
}  // namespace ntsp::decode
