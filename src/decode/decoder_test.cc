#include "decode/decoder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using Lines = std::vector<std::string>;

constexpr std::string_view kEda = R"({"path":".a","entries":[{"keys":{"node_name":"n"},"fields":{"x":1}}]})";
constexpr std::string_view kEvent = R"({"name":"s","tags":{"source":"r"},"values":{"/b/y":2}})";
const std::string kEdaSample = "a node=n .:x=1";
const std::string kEventSample = "b node=r .:y=2";

std::string Text(std::string_view a, std::string_view b = "", std::string_view c = "") {
  return std::string(a) + std::string(b) + std::string(c);
}

void ExpectRejected(std::string_view value, std::string_view kind) {
  const Decoded decoded(value);
  EXPECT_THAT(decoded.Rejected(), StartsWith(std::string(kind) + " ")) << value.substr(0, 100);
  EXPECT_THAT(decoded.Samples(), IsEmpty());
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  EXPECT_THAT(decoded.Drops(), IsEmpty());
}

TEST(Decoder, a_value_may_be_an_object_lists_lines_or_values_one_behind_the_other) {
  EXPECT_EQ(Decoded(kEda).Samples(), Lines{kEdaSample});
  const Lines both = {kEdaSample, kEventSample};
  EXPECT_EQ(Decoded(Text("[[", kEda, "],[[") + Text(kEvent, "]]]")).Samples(), both);
  EXPECT_EQ(Decoded(Text(kEda, "\n", kEvent) + "\r\n").Samples(), both);
  EXPECT_EQ(Decoded(Text(kEda, kEvent)).Samples(), both);
  EXPECT_EQ(Decoded(Text(kEda, " [", kEvent) + "]").Samples(), both);
}

TEST(Decoder, values_of_any_dialect_may_stand_one_behind_the_other) {
  constexpr std::string_view kMetric = R"({"fields":{"z":3},"tags":{"path":"/c","source":"s"}})";
  constexpr std::string_view kRow =
      R"({"node_id_str":"x","encoding_path":"d","data_json":[{"content":{"w":4}}]})";
  EXPECT_EQ(Decoded(Text(kMetric, "\n", kRow) + "\n" + Text(kEda, kMetric)).Samples(),
            (Lines{"c node=s .:z=3", "d node=x .:w=4", kEdaSample, "c node=s .:z=3"}));
}

TEST(Decoder, a_byte_order_mark_is_skipped) {
  EXPECT_EQ(Decoded(Text("\xEF\xBB\xBF", kEda)).Samples(), Lines{kEdaSample});
  ExpectRejected("\xEF\xBB\xBF", "empty");
}

TEST(Decoder, a_null_value_is_a_tombstone_and_dropped) {
  const Decoded decoded(std::nullopt);
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_EQ(decoded.Drops(), Lines{"tombstone "});
}

TEST(Decoder, an_empty_list_is_a_counted_no_op) {
  EXPECT_EQ(Decoded("[]").Drops(), Lines{"empty-event "});
  EXPECT_EQ(Decoded(" [ [] ] ").Drops(), Lines{"empty-event "});
}

TEST(Decoder, control_messages_are_dropped) {
  EXPECT_EQ(Decoded(R"({"sync-response":true})").Drops(), Lines{"control "});
}

TEST(Decoder, refuses_values_that_hold_nothing_readable) {
  ExpectRejected("", "empty");
  ExpectRejected(" \r\n\t ", "empty");
  ExpectRejected("hello", "invalid-json");
  ExpectRejected("NaN", "invalid-json");
  ExpectRejected(R"({"a":NaN})", "invalid-json");
  ExpectRejected(Text(kEda.substr(0, kEda.size() - 1)), "invalid-json");
  ExpectRejected(Text(kEda.substr(0, 20)), "invalid-json");
  ExpectRejected("{\"path\":\"\xff\",\"entries\":[]}", "invalid-utf8");
  ExpectRejected(std::string(10'000, '[') + std::string(10'000, ']'), "too-deep");
  for (const char* bare : {"5", "\"text\"", "true", "null", "{}", R"({"a":1})", "99999999999999999999999"}) {
    ExpectRejected(bare, "unknown-dialect");
  }
}

TEST(Decoder, refuses_a_megabyte_of_junk_of_any_kind) {
  std::mt19937 random(1);
  for (const std::string_view alphabet :
       {"{", "[", "\"", "\\", "a", "\x80", "{\"", "[1,", "[]{}\",:0 \\", "{\"a\":"}) {
    std::string junk;
    while (junk.size() < 1'000'000) junk += alphabet[random() % alphabet.size()];
    const Decoded decoded(junk);
    EXPECT_NE(decoded.Rejected(), "") << alphabet;
    EXPECT_THAT(decoded.Samples(), IsEmpty());
  }
}

TEST(Decoder, says_where_and_what_is_wrong) {
  EXPECT_EQ(Decoded(R"({"path":".a","entries":[}})").Rejected(),
            "invalid-json not readable as JSON at byte 24: a value expected");
  EXPECT_THAT(Decoded(R"({"name":1})").Rejected(), HasSubstr("no known dialect"));
}

TEST(Decoder, gives_nothing_out_when_any_part_of_the_value_is_not_json) {
  ExpectRejected(Text(kEda, "garbage"), "invalid-json");
  ExpectRejected(Text(kEda, "}"), "invalid-json");
  ExpectRejected(Text(kEda, ",", kEda), "invalid-json");
  ExpectRejected(Text(kEda, "\n{\"path\":\n", kEda), "invalid-json");
  ExpectRejected(Text("[", kEda, ",{]"), "invalid-json");
  ExpectRejected(Text("[", kEda), "invalid-json");
  ExpectRejected(Text(kEda, std::string(300, '[')), "too-deep");
  ExpectRejected(Text(kEda, "\"\\ud800\""), "invalid-json");
  ExpectRejected(R"({"path":".a","entries":[{"keys":{"node_name":"n"},"fields":{"x":[1,{"y":truth}]}}]})",
                 "invalid-json");
}

TEST(Decoder, a_neighbour_that_cannot_be_read_fails_alone) {
  const Decoded decoded(Text("[5,", kEda, R"(,{"a" : 1 },{"name":"m","fields":5},"x"])"));
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_EQ(decoded.Samples(), Lines{kEdaSample});
  EXPECT_THAT(decoded.Failed(),
              ElementsAre("unknown-dialect envelope 5", "unknown-dialect envelope {\"a\" : 1 }",
                          "unknown-dialect envelope {\"name\":\"m\",\"fields\":5}",
                          "unknown-dialect envelope \"x\""));
}

TEST(Decoder, of_one_worker_forgets_the_last_message) {
  Decoder decoder;
  Samples out;
  RawMessage message{};
  message.value = kEda;
  EXPECT_FALSE(decoder.Decode(message, out));
  message.value = kEvent;
  EXPECT_FALSE(decoder.Decode(message, out));
  ASSERT_EQ(out.samples.size(), 1u);
  EXPECT_EQ(out.samples[0].node, "r");
  message.value = "{";
  EXPECT_TRUE(decoder.Decode(message, out));
  EXPECT_TRUE(out.samples.empty() && out.envelopes.empty());
}

TEST(Decoder, reads_a_message_of_five_megabytes) {
  std::string value = R"({"path":".node.srl.interface","entries":[)";
  size_t entries = 0;
  for (; value.size() < 5'000'000; ++entries) {
    if (entries > 0) value += ',';
    value += R"({"keys":{"node_name":"leaf1","interface_name":"ethernet-1/)" + std::to_string(entries) +
             R"("},"fields":{"oper-state":"up","description":"a \"quoted\" text"}})";
  }
  const Decoded decoded(value + "]}");
  EXPECT_EQ(decoded.Rejected(), "");
  ASSERT_EQ(decoded.out().samples.size(), entries);
  EXPECT_EQ(decoded.out().leaves.back().value.text, "a \"quoted\" text");
}

TEST(Decoder, paths_stay_bounded_however_many_a_stream_names) {
  Decoder decoder;
  Samples out;
  for (int round = 0; round < 20; ++round) {
    std::string value = R"({"tags":{"source":"r"},"values":{"/z/z":0)";
    for (int i = 0; i < 10'000; ++i) value += fmt::format(R"(,"/a{}x{}/b.{}/c":1)", round, i, i);
    value += "}}";
    RawMessage message{};
    message.value = value;
    ASSERT_FALSE(decoder.Decode(message, out));
    ASSERT_EQ(out.samples.size(), 10'001u);
    EXPECT_EQ(out.samples.back().path->text, fmt::format("a{}x9999/b", round));
  }
  EXPECT_GT(decoder.paths().generation(), 0u);
}

// Whatever comes in: no crash, no read beyond the end, and either samples or a reason.
TEST(Decoder, survives_random_damage) {
  const std::string seeds[] = {
      R"({"path":".node.a","timestamp":"2024-05-01T00:00:00Z","entries":[{"keys":{"node_name":"n","namespace_name":"s","k":[1]},"fields":{"x":{"y":{"z":1}},"l":[{"a":"\u00e9"}]}},{"keys":{"node_name":3}}]})",
      R"([{"name":"s","timestamp":17,"tags":{"source":"[::1]:1","interface_name":"e"},"values":{"/a/b.0/index":1,"/a/b.0/c.1/ip":"\n","/a":{"x":1}},"deletes":["/q"]}])",
      R"({"metrics":[{"fields":{"l/0/ip":"x","in_octets":1,"/a/b":true},"name":"m","tags":{"source":"s","name":"e","path":"/interface"},"timestamp":1}]})",
      R"({"Source":"s:1","Telemetry":{"node_id_str":"n","encoding_path":"m:a"},"Rows":[{"Timestamp":1,"Keys":{"k":"v"},"Content":{"interface":[{"name":"e"}]}}]})",
      R"({"nodeIdStr":"n","encodingPath":"m:a","data_json":[{"keys":[{"name":"v"}],"content":{"x":1}}],"dataGpbkv":[{"fields":[{"name":"content","fields":[{"name":"a","fields":[]},{"name":"a","intValue":"1"}]}]}]})",
      R"({"source":"r:1","timestamp":17,"prefix":"p[k=1]","updates":[{"Path":"a[n=x/y]","values":{"a":{"i":[{"name":1,"b":[{"ip":2}]},{}],"e":[null]}}},{"Path":"c","values":{"c":1}}],"deletes":["q[n=\\]1]"]})",
      R"({"update":{"timestamp":"17","prefix":{"target":"r","elem":[{"name":"p","key":{"k":"1"}}]},"update":[{"path":{"elem":[{"name":"a"}]},"val":{"jsonIetfVal":"eyJhIjpbeyJuYW1lIjoxfV19"}},{"path":{"elem":[{"name":"a"}]},"val":{"decimalVal":{"digits":"1","precision":1}}}],"delete":[{"elem":[{"name":"d"}]}]}})",
      R"({"telemetry_node":"n","timestamp":"1.5","telemetry_data":"{\"ietf-yp-notification:envelope\":{\"contents\":{\"push-change-update\":{\"edit\":[{\"target\":\"/a=%41\",\"value\":{\"a\":[1]}},{\"target\":\"/b\",\"operation\":\"delete\"}]}}}}"})",
  };
  constexpr std::string_view kJunk = "{}[]\",:\\ \n0.e-tfnu\xc3/";
  std::mt19937 random(99);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = seeds[random() % std::size(seeds)];
    for (size_t edits = random() % 4; edits > 0; --edits) {
      const size_t at = random() % text.size();
      if (random() % 2 == 0) text.erase(at, 1 + random() % 4);
      text.insert(std::min(at, text.size()), 1, kJunk[random() % kJunk.size()]);
    }
    const Decoded decoded(text);
    const bool rejected = !decoded.Rejected().empty();
    const bool something =
        !decoded.Samples().empty() || !decoded.Failed().empty() || !decoded.Drops().empty();
    ASSERT_NE(rejected, something) << text;
  }
}

}  // namespace
}  // namespace ntsp::decode
