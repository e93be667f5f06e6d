#include "decode/detect.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::decode {
namespace {

Shape ShapeOf(std::string_view text) {
  JsonIndex index;
  Arena arena;
  EXPECT_FALSE(index.Build(text)) << text;
  return Detect(JsonCursor(index, arena));
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

TEST(Detect, every_shape_has_a_name_for_people) {
  for (int shape = 0; shape <= static_cast<int>(Shape::kUnknown); ++shape) {
    EXPECT_NE(ShapeName(static_cast<Shape>(shape)), "");
  }
}

}  // namespace
}  // namespace ntsp::decode
