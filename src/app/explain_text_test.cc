#include "app/explain_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "app/explainer.h"
#include "app/text_table.h"

namespace ntsp::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Text(std::string_view value, std::optional<std::string_view> key = std::nullopt) {
  Explainer explainer({});
  return ExplainText("message 1 of 1",
                     explainer.Explain({"raw", {0}, {0}, {1'764'000'000'000'000}, key, value}));
}

// The golden text: what a person sees of one message.
TEST(ExplainText, is_laid_out_for_a_person) {
  EXPECT_EQ(Text(R"({"path":".namespace.node.srl.interface","timestamp":1700000000,"entries":[
{"keys":{"namespace_name":"dc1","node_name":"leaf1","interface_name":"ethernet-1/1"},"fields":{"oper-state":"up","speed":"25G"}},
{"keys":{"namespace_name":"dc1","node_name":"leaf1"},"fields":{"mtu":9000}}]})"),
            R"(message 1 of 1: 282 bytes

EDA (eda): it has "path" (text) and "entries" (an array or object)

entry 1
  path       .namespace.node.srl.interface   (path of the message)
  node       leaf1   (keys.node_name of the entry)
  namespace  dc1   (keys.namespace_name of the entry)
  time       2023-11-14T22:13:20.000000Z   (timestamp of the message)
  about      namespace/node/srl/interface
    [interface_name]  "ethernet-1/1"  names the interface
    oper-state        "up"            interface.oper_status
    speed             "25G"           interface.speed_bps = 25000000000
  record 0   node leaf1
  record 1   interface ethernet-1/1

entry 2   (node and time as before)
  about      namespace/node/srl/interface
    mtu  9000  interface.mtu
  rejected   missing-interface: namespace/node/srl/interface of node leaf1: no interface name: neither a key nor a leaf gives it

in all     2 records, 1 rejected
           what is rejected goes to the dead letter topic, and gives no records
)");
}

struct Dialect {
  std::string_view message, heading, leaf;
};

class ExplainTextOfDialects : public testing::TestWithParam<Dialect> {};

TEST_P(ExplainTextOfDialects, names_dialect_and_columns) {
  EXPECT_THAT(Text(GetParam().message),
              AllOf(HasSubstr(GetParam().heading), HasSubstr(GetParam().leaf), HasSubstr("node       n "),
                    HasSubstr(", 0 rejected"), Not(HasSubstr("rejected   "))));
}

INSTANTIATE_TEST_SUITE_P(
    Each, ExplainTextOfDialects,
    testing::Values(
        Dialect{R"({"path":".node.srl.interface","entries":[{"keys":{"node_name":"n","interface_name":"e"},
                    "fields":{"admin-state":"enable"}}]})",
                "EDA (eda)", R"("enable"  interface.admin_status = up)"},
        Dialect{
            R"({"tags":{"source":"n","interface_name":"e"},"values":{"/interface/ethernet/port-speed":"10G"}})",
            "gNMIc event (gnmic-event)", R"("10G"  interface.speed_bps = 10000000000)"},
        Dialect{R"({"name":"i","tags":{"source":"n","path":"/interfaces/interface/state","name":"e"},
                    "fields":{"oper_status":"UP"}})",
                "Telegraf metric (telegraf)", R"("UP"  interface.oper_status = up)"},
        Dialect{R"({"Telemetry":{"node_id_str":"n","encoding_path":
                    "Cisco-IOS-XR-infra-statsd-oper:infra-statistics/interfaces/interface/data-rate"},
                    "Rows":[{"Keys":{"interface-name":"e"},"Content":{"input-data-rate":5}}]})",
                "Cisco pipeline JSON (cisco-pipeline)", "5    interface.in_bps = 5000"},
        Dialect{R"({"node_id_str":"n","encoding_path":"Cisco-IOS-XR-shellutil-oper:system-time/uptime",
                    "data_json":[{"content":{"uptime":60}}]})",
                "Cisco MDT JSON (cisco-mdt)", "60  node.uptime_seconds"},
        Dialect{R"({"source":"n","updates":[{"Path":"state/port[port-id=1/1/1]/ethernet",
                    "values":{"state/port/ethernet":{"oper-speed":10000}}}]})",
                "gNMIc json (gnmic-json)", "10000    interface.speed_bps = 10000000000"},
        Dialect{R"({"update":{"prefix":{"target":"n"},"update":[{"path":{"elem":[{"name":"interface","key":
                    {"name":"e"}},{"name":"mtu"}]},"val":{"uintVal":"9"}}]}})",
                "gNMIc protojson (gnmic-protojson)", "interface.mtu"},
        Dialect{R"({"ietf-yp-notification:envelope":{"hostname":"n","contents":{"ietf-yang-push:push-update":{
                    "datastore-contents":{"ietf-interfaces:interfaces":{"interface":[{"name":"e",
                    "statistics":{"in-octets":"8"}}]}}}}}})",
                "YANG-Push (yang-push)", R"("8"  interface.in_octets)"}));

TEST(ExplainText, shows_what_a_message_was_unpacked_from) {
  constexpr std::string_view kGzip(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\xae\xcc\x4b\xd6\x2d\x4a\x2d\x2e\xc8\xcf\x2b\x4e"
      "\x55"
      "\xb2\x2a\x29\x2a\x4d\xad\x05\x00\xa5\x26\x66\x3a\x16\x00\x00\x00",
      42);
  EXPECT_THAT(Text(kGzip),
              AllOf(HasSubstr("42 bytes of gzip, unpacked 22"),
                    HasSubstr("control message: it has \"sync-response\""), HasSubstr("dropped    control")));
  EXPECT_THAT(
      Text(R"({"telemetry_node":"n","telemetry_data":"{\"tags\":{},\"values\":{\"interface/mtu\":1}}"})"),
      AllOf(HasSubstr("wrapped telemetry (pmacct, NetGauze): it has \"telemetry_node\" and"),
            HasSubstr("inside, as text: gNMIc event"),
            HasSubstr("node       n   (telemetry_node of the wrapper)")));
}

TEST(ExplainText, says_what_becomes_of_a_value_that_is_no_telemetry) {
  EXPECT_THAT(Text(R"({"device":"x","reading":42})"),
              AllOf(HasSubstr("of no known dialect: its members are \"device\", \"reading\""),
                    HasSubstr("rejected   unknown-dialect: "),
                    HasSubstr("the whole value goes to the dead letter topic"), HasSubstr("1 rejected")));
  EXPECT_THAT(Text("{\"a\":"), HasSubstr("rejected   invalid-json: "));
}

TEST(ExplainText, tells_of_the_kafka_key_where_it_may_name_the_node) {
  constexpr std::string_view kText =
      R"({"update":{"update":[{"path":{"elem":[{"name":"interface","key":{"name":"e"}},{"name":"mtu"}]},
          "val":{"uintVal":"9"}}]}})";
  EXPECT_THAT(Text(kText), HasSubstr("the message's key may name the node: try --key"));
  EXPECT_THAT(Text(kText, "n:57400"),
              AllOf(HasSubstr("node       n   (the Kafka key"), Not(HasSubstr("--key"))));
}

TEST(ExplainText, lets_nothing_of_a_message_move_the_cursor) {
  const std::string text = Text(
      "{\"path\":\".node.srl.interface\",\"entries\":[{\"keys\":{\"node_name\":\"\\u001b[2J\\nforged\","
      "\"interface_name\":\"a\\tb\\u009b\"},\"fields\":{\"x\\u0007\":\"\\r\\u001b]0;\\u0000\",\"mtu\":1}}]}");
  EXPECT_TRUE(std::ranges::all_of(text, [](char c) {
    return c == '\n' || static_cast<unsigned char>(c) >= 32;
  })) << text;
  EXPECT_THAT(text, Not(HasSubstr("\u009b")));
  EXPECT_THAT(text, AllOf(HasSubstr("\\u001b[2J\\nforged"), HasSubstr("a\\tb\\u009b")));
}

TEST(ExplainText, many_leaves_of_no_use_are_one_line) {
  std::string fields = "\"a\":1";
  for (int i = 0; i < 300; ++i) fields += fmt::format(",\"leaf{}\":{}", i, i);
  const std::string text =
      Text(R"({"path":".node.srl.bgp","entries":[{"keys":{"node_name":"n"},"fields":{)" + fields + "}}]}");
  EXPECT_LT(std::ranges::count(text, '\n'), 16);
  EXPECT_THAT(text, AllOf(HasSubstr("a, … leaf299  301 leaves  ignored: no table has this path"),
                          HasSubstr("dropped    other-subsystem: node/srl/bgp")));
}

TEST(ExplainText, many_samples_of_no_use_are_one_and_a_count) {
  std::string list = R"({"pid":0})";
  for (int i = 1; i < 300; ++i) list += fmt::format(R"(,{{"pid":{}}})", i);
  const std::string text = Text(
      R"({"source":"n","updates":[{"Path":"processes","values":{"processes":{"process":[)" + list + "]}}}]}");
  EXPECT_LT(std::ranges::count(text, '\n'), 16);
  EXPECT_THAT(text, AllOf(HasSubstr("and 299 more like this, all ignored"),
                          HasSubstr("dropped    other-subsystem: processes/process (300 times)")));
}

TEST(ExplainText, says_which_of_several_objects_it_speaks_of) {
  EXPECT_THAT(
      Text(R"([{"sync-response":true},{"x":1},{"sync-response":true}])"),
      AllOf(HasSubstr("object 1 of 3: control message"), HasSubstr("object 2 of 3: of no known dialect"),
            HasSubstr("object 3 of 3: control message")));
}

TEST(ExplainText, of_many_entries_repeats_only_what_changes) {
  std::string text = R"({"path":".node.srl.interface","entries":[)";
  for (int i = 0; i < 200; ++i) {
    text += fmt::format(R"({}{{"keys":{{"node_name":"n{}","interface_name":"e{}"}},"fields":{{"mtu":{}}}}})",
                        i == 0 ? "" : ",", i / 100, i, i);
  }
  const std::string told = Text(text + "]}");
  EXPECT_THAT(told, AllOf(HasSubstr("\nentry 200   (node and time as before)\n"),
                          HasSubstr("in all     202 records")));
  size_t nodes = 0;
  for (size_t at = 0; (at = told.find("  node       ", at)) != std::string::npos; ++at) ++nodes;
  EXPECT_EQ(nodes, 2u);
}

TEST(TextTable, has_columns_as_wide_as_what_is_in_them) {
  TextTable table;
  table.Add({"a", "größer", "x"});
  table.Add({"long", "b", "y"});
  table.Add({"c"});
  EXPECT_EQ(table.Text(2), "  a     größer  x\n  long  b       y\n  c\n");
}

TEST(TextTable, cuts_what_is_too_long_between_two_characters) {
  EXPECT_EQ(Shown("äöü", 3), "äöü");
  EXPECT_EQ(Shown("äöüß", 3), "äö…");
}

}  // namespace
}  // namespace ntsp::app
