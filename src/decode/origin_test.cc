#include "decode/origin.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoder.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

// "node < its place | time < its place" of each sample; without a place "?".
Lines Origins(std::string_view value, std::optional<std::string_view> key = std::nullopt) {
  RawMessage message{};
  message.value = value;
  message.key = key;
  Decoder decoder;
  Samples samples;
  Trace trace;
  EXPECT_FALSE(decoder.Decode(message, samples, &trace)) << value;
  decode::Origins origins(message, samples, trace);
  const auto place = [](const std::string& origin) { return origin.empty() ? "?" : origin; };
  Lines lines;
  for (const Sample& sample : samples.samples) {
    std::string line = fmt::format("{} < {}", sample.node, place(origins.OfNode(sample)));
    if (sample.time) line += fmt::format(" | {} < {}", sample.time->micros, place(origins.OfTime(sample)));
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines Paths(std::string_view value) {
  RawMessage message{};
  message.value = value;
  Decoder decoder;
  Samples samples;
  Trace trace;
  EXPECT_FALSE(decoder.Decode(message, samples, &trace)) << value;
  decode::Origins origins(message, samples, trace);
  Lines lines;
  for (uint32_t i = 0; i < samples.elements.size(); ++i) {
    for (const auto& path : origins.PathOf(i)) lines.push_back(path.text + " < " + path.origin);
  }
  return lines;
}

TEST(Origins, of_eda_are_the_entrys_and_the_messages) {
  constexpr std::string_view kText =
      R"({"path":".node.srl.interface","timestamp":1700000000,"entries":[
          {"keys":{"node_name":"n","namespace_name":"s"},"fields":{"mtu":1}},
          {"keys":{"node_name":"n"},"fields":{"mtu":1},"timestamp":1700000001}]})";
  EXPECT_THAT(Origins(kText),
              ElementsAre("n < keys.node_name of the entry | 1700000000000000 < timestamp of the message",
                          "n < keys.node_name of the entry | 1700000001000000 < timestamp of the entry"));
  EXPECT_THAT(Paths(kText), ElementsAre(".node.srl.interface < path of the message",
                                        ".node.srl.interface < path of the message"));
}

TEST(Origins, of_gnmic_events_are_tags) {
  EXPECT_THAT(Origins(R"({"timestamp":1700000000000000001,"tags":{"source":"n:57400","target":"t"},
                          "values":{"/interface/mtu":1}})"),
              ElementsAre("n < tags.source of the event | 1700000000000000 < timestamp of the event"));
  EXPECT_THAT(Origins(R"({"tags":{"target":"t"},"values":{"/interface/mtu":1}})"),
              ElementsAre("t < tags.target of the event"));
  EXPECT_THAT(Paths(R"({"tags":{"target":"t"},"values":{"/m:interface/mtu":1},"deletes":["/a[b=c]"]})"),
              ElementsAre("/m:interface < values of the event", "/a[b=c] < deletes of the event"));
}

TEST(Origins, of_telegraf_are_the_metrics_also_in_a_batch) {
  constexpr std::string_view kText =
      R"({"metrics":[{"name":"/a/b","tags":{"source":"n","host":"h"},"fields":{"x":1},"timestamp":1700000000}]})";
  EXPECT_THAT(Origins(kText),
              ElementsAre("n < tags.source of the metric | 1700000000000000 < timestamp of the metric"));
  EXPECT_THAT(Paths(kText), ElementsAre("/a/b < name of the metric"));
}

TEST(Origins, of_cisco_are_the_header_and_the_row) {
  EXPECT_THAT(
      Origins(R"({"Source":"s:1","Telemetry":{"encoding_path":"a:b/c","msg_timestamp":1700000000000},
                          "Rows":[{"Content":{"x":1}},{"Timestamp":1700000001000,"Content":{"x":1}}]})"),
      ElementsAre("s < Source of the message | 1700000000000000 < Telemetry.msg_timestamp of the message",
                  "s < Source of the message | 1700000001000000 < Timestamp of the row"));
  constexpr std::string_view kMdt =
      R"({"nodeIdStr":"n","encodingPath":"a:b","dataJson":[{"timestamp":1700000000000,"content":{"x":1}}]})";
  EXPECT_THAT(Origins(kMdt),
              ElementsAre("n < nodeIdStr of the message | 1700000000000000 < timestamp of the row"));
  EXPECT_THAT(Paths(kMdt), ElementsAre("a:b < encodingPath of the message"));
}

TEST(Origins, of_gnmic_json_are_the_messages) {
  constexpr std::string_view kText = R"({"system-name":"n","time":"2025-01-01T00:00:00Z","prefix":"a[k=v]",
                                         "updates":[{"Path":"b/c","values":{"b/c":1}}],"deletes":["d"]})";
  EXPECT_THAT(Origins(kText),
              ElementsAre("n < system-name of the message | 1735689600000000 < time of the message",
                          "n < system-name of the message | 1735689600000000 < time of the message"));
  EXPECT_THAT(Paths(kText), ElementsAre("a[k=v] < prefix of the message", "b/c < Path of the update",
                                        "a[k=v] < prefix of the message", "d < the update"));
}

TEST(Origins, of_protojson_are_its_prefix_or_the_kafka_key) {
  constexpr std::string_view kTarget =
      R"({"update":{"timestamp":"1700000000000000000","prefix":{"target":"n","elem":[{"name":"a"}]},
          "update":[{"path":{"elem":[{"name":"b","key":{"k":"v"}},{"name":"c"}]},"val":{"intVal":"1"}}]}})";
  EXPECT_THAT(Origins(kTarget, "other"),
              ElementsAre("n < update.prefix.target of the message | 1700000000000000 < update.timestamp of "
                          "the message"));
  EXPECT_THAT(Paths(kTarget),
              ElementsAre("/a < update.prefix.elem of the message", "/b[k=v]/c < path.elem of the update"));
  EXPECT_THAT(Origins(R"({"update":{"update":[{"path":{"elem":[{"name":"c"}]},"val":{"intVal":"1"}}]}})",
                      "k:57400:::sub"),
              ElementsAre("k < the Kafka key, up to `:::`"));
}

TEST(Origins, of_yang_push_are_anywhere_in_its_envelopes) {
  constexpr std::string_view kText =
      R"({"ietf-telemetry-message:message":{"telemetry-message-metadata":{"m:export-address":"192.0.2.1",
          "collection-timestamp":"2025-01-01T00:00:00Z"},"payload":{"ietf-yp-notification:envelope":{
          "contents":{"ietf-yang-push:push-update":{"datastore-contents":{"m:interfaces":{"x":1}}}}}}}})";
  EXPECT_THAT(Origins(kText), ElementsAre("192.0.2.1 < export-address of the message | 1735689600000000 < "
                                          "collection-timestamp of the message"));
  EXPECT_THAT(Paths(kText), ElementsAre("m:interfaces < datastore-contents of the update"));
}

TEST(Origins, of_wrapped_messages_may_be_the_wrappers) {
  constexpr std::string_view kObject =
      R"({"telemetry_node":"w","timestamp":"2025-01-01T00:00:00Z","telemetry_data":{"path":".a",
          "entries":[{"keys":{"interface_name":"e"},"fields":{"mtu":1}}]}})";
  EXPECT_THAT(Origins(kObject),
              ElementsAre("w < telemetry_node of the wrapper | 1735689600000000 < timestamp of the wrapper"));
  EXPECT_THAT(
      Origins(
          R"({"telemetry_node":"w","telemetry_data":"{\"tags\":{\"source\":\"n\"},\"values\":{\"a/b\":1}}"})"),
      ElementsAre("n < tags.source of the event"));
}

TEST(Origins, are_found_where_texts_are_escaped_and_members_given_twice) {
  EXPECT_THAT(Origins(R"({"tags":{"source":"x","source":"n\u006f\n"},"values":{"a/b":1}})"),
              ElementsAre("no\n < tags.source of the event"));
}

TEST(Origins, are_told_per_object_of_a_message) {
  EXPECT_THAT(Origins(R"([{"tags":{"source":"a"},"values":{"x/y":1}},
                          {"system-name":"b","updates":[{"Path":"x","values":{"x":1}}]}])"),
              ElementsAre("a < tags.source of the event", "b < system-name of the message"));
}

TEST(Origins, of_a_message_of_many_elements_are_found_in_one_reading) {
  std::string text = R"({"path":".a","timestamp":1700000000,"entries":[)";
  for (int i = 0; i < 20000; ++i) {
    text += fmt::format(R"({}{{"keys":{{"node_name":"n{}"}},"fields":{{"x":1}}}})", i == 0 ? "" : ",", i);
  }
  const Lines lines = Origins(text + "]}");
  ASSERT_EQ(lines.size(), 20000u);
  EXPECT_EQ(lines.back(),
            "n19999 < keys.node_name of the entry | 1700000000000000 < timestamp of the message");
}

TEST(Trace, of_a_wrapper_given_twice_is_of_what_counts) {
  RawMessage message{};
  message.value = R"({"telemetry_node":"w","telemetry_data":{"sync-response":true},
                      "telemetry_data":{"tags":{},"values":{"a/b":1}}})";
  Decoder decoder;
  Samples samples;
  Trace trace;
  ASSERT_FALSE(decoder.Decode(message, samples, &trace));
  ASSERT_EQ(trace.objects.size(), 2u);
  EXPECT_EQ(trace.objects[0].detection.shape, Shape::kWrapper);
  EXPECT_EQ(trace.objects[1].detection.shape, Shape::kGnmicEvent);
}

}  // namespace
}  // namespace ntsp::decode
