#include "decode/detect.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::decode {
namespace {

Shape ShapeOf(std::string_view text) {
  JsonIndex index;
  Arena arena;
  EXPECT_FALSE(index.Build(text)) << text;
  const Shape shape = Detect(JsonCursor(index, arena));
  EXPECT_EQ(DetectBecause(JsonCursor(index, arena)).shape, shape) << text;
  return shape;
}

// "tags (an object) without fields".
std::string Because(std::string_view text) {
  JsonIndex index;
  Arena arena;
  EXPECT_FALSE(index.Build(text)) << text;
  const Detection detection = DetectBecause(JsonCursor(index, arena));
  std::string why;
  for (const auto& member : detection.members) {
    why +=
        std::string(member.name) + (member.must_be.empty() ? " " : " (" + std::string(member.must_be) + ") ");
  }
  for (const std::string_view member : detection.without) why += "without " + std::string(member);
  return why;
}

TEST(Detect, tells_each_shape_by_its_members) {
  EXPECT_EQ(ShapeOf(R"({"path":".a","entries":[]})"), Shape::kEda);
  EXPECT_EQ(ShapeOf(R"({"timestamp":1,"entries":{},"path":".a"})"), Shape::kEda);
  EXPECT_EQ(ShapeOf(R"({"ietf-telemetry-message:message":{}})"), Shape::kYangPush);
  EXPECT_EQ(ShapeOf(R"({"ietf-yp-notification:envelope":{}})"), Shape::kYangPush);
  EXPECT_EQ(ShapeOf(R"({"ietf-notification:notification":{}})"), Shape::kYangPush);
  EXPECT_EQ(ShapeOf(R"({"event_type":"log","telemetry_node":"x","telemetry_data":"{}"})"), Shape::kWrapper);
  EXPECT_EQ(ShapeOf(R"({"media_type":"x","payload":{}})"), Shape::kWrapper);
  EXPECT_EQ(ShapeOf(R"({"Source":"x","Telemetry":{},"Rows":[]})"), Shape::kPipeline);
  EXPECT_EQ(ShapeOf(R"({"node_id_str":"x","encoding_path":"a"})"), Shape::kMdt);
  EXPECT_EQ(ShapeOf(R"({"encodingPath":"a","dataGpbkv":[]})"), Shape::kMdt);
  EXPECT_EQ(ShapeOf(R"({"metrics":[{"name":"a","fields":{}}]})"), Shape::kTelegrafBatch);
  EXPECT_EQ(ShapeOf(R"({"fields":{},"name":"a","tags":{},"timestamp":1})"), Shape::kTelegraf);
  EXPECT_EQ(ShapeOf(R"({"fields":{},"tags":{}})"), Shape::kTelegraf);
  EXPECT_EQ(ShapeOf(R"({"update":{"timestamp":"1","update":[]}})"), Shape::kGnmiProto);
  EXPECT_EQ(ShapeOf(R"({"source":"x","updates":[]})"), Shape::kGnmicJson);
  EXPECT_EQ(ShapeOf(R"({"source":"x","deletes":["a"]})"), Shape::kGnmicJson);
  EXPECT_EQ(ShapeOf(R"({"name":"x","timestamp":1,"tags":{},"values":{}})"), Shape::kGnmicEvent);
  EXPECT_EQ(ShapeOf(R"({"tags":{},"deletes":["/a"]})"), Shape::kGnmicEvent);
  EXPECT_EQ(ShapeOf(R"({"name":"x","tags":{}})"), Shape::kGnmicEvent);
  EXPECT_EQ(ShapeOf(R"({"sync-response":true})"), Shape::kControl);
  EXPECT_EQ(ShapeOf(R"({"syncResponse":true})"), Shape::kControl);
  EXPECT_EQ(ShapeOf(R"({"event_type":"log_init","seq":0})"), Shape::kControl);
  EXPECT_EQ(ShapeOf(R"({"event_type":"log_close"})"), Shape::kControl);
}

TEST(Detect, does_not_guess) {
  for (const char* text :
       {"{}", R"({"a":1})", R"({"path":5,"entries":[]})", R"({"path":"a","entries":"b"})", R"({"path":"a"})",
        R"({"metrics":[]})", R"({"metrics":[1]})", R"({"fields":{}})", R"({"fields":1,"tags":{}})",
        R"({"update":{"other":1}})", R"({"update":5})", R"({"tags":[]})", R"({"event_type":"log"})",
        R"({"telemetry_data":"x"})", R"({"payload":{}})", R"({"Rows":[]})"}) {
    EXPECT_EQ(ShapeOf(text), Shape::kUnknown) << text;
  }
}

TEST(Detect, the_first_rule_that_fits_wins) {
  EXPECT_EQ(ShapeOf(R"({"tags":{},"values":{},"path":".a","entries":[]})"), Shape::kEda);
  EXPECT_EQ(ShapeOf(R"({"name":"a","tags":{},"values":{},"fields":{}})"), Shape::kTelegraf);
  EXPECT_EQ(ShapeOf(R"({"tags":{},"updates":[]})"), Shape::kGnmicEvent);
  EXPECT_EQ(ShapeOf(R"({"event_type":"log_init","tags":{}})"), Shape::kGnmicEvent);
}

TEST(Detect, names_the_members_that_decided_and_no_others) {
  EXPECT_EQ(Because(R"({"timestamp":1,"entries":[],"path":".a"})"),
            "entries (an array or object) path (text) ");
  EXPECT_EQ(Because(R"({"name":"x","tags":{},"values":{}})"), "tags (an object) without fields");
  EXPECT_EQ(Because(R"({"source":"x","deletes":[]})"), "deletes (an array) without tags");
  EXPECT_EQ(Because(R"({"name":"a","fields":{},"tags":{}})"), "name fields (an object) ");
  EXPECT_EQ(Because(R"({"media_type":"x","payload":{}})"), "media_type payload (an object) ");
  EXPECT_EQ(Because(R"({"a":1,"b":2})"), "");
}

TEST(Detect, says_for_every_shape_by_what_it_is_recognised) {
  EXPECT_EQ(RecognisedBy(Shape::kEda), "`path` (text) and `entries` (an array or object)");
  EXPECT_EQ(RecognisedBy(Shape::kTelegraf), "`fields` (an object) and one of `tags`, `name`");
  EXPECT_EQ(RecognisedBy(Shape::kGnmicEvent), "`tags` (an object), without `fields`");
  EXPECT_EQ(RecognisedBy(Shape::kMdt), "one of `encodingPath`, `encoding_path`");
  EXPECT_EQ(ShapesInOrder().size(), static_cast<size_t>(Shape::kUnknown));
  for (const Shape shape : ShapesInOrder()) EXPECT_NE(RecognisedBy(shape), "") << ShapeName(shape);
}

TEST(Detect, every_shape_has_a_name_for_people) {
  for (int shape = 0; shape <= static_cast<int>(Shape::kUnknown); ++shape) {
    EXPECT_NE(ShapeName(static_cast<Shape>(shape)), "");
  }
}

}  // namespace
}  // namespace ntsp::decode
