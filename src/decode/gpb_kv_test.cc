#include "decode/gpb_kv.h"

#include <gtest/gtest.h>

#include "model/json_index.h"

namespace ntsp::decode {
namespace {

std::string Json(std::string_view fields) {
  JsonIndex index;
  Arena arena;
  EXPECT_FALSE(index.Build(fields));
  JsonCursor in(index, arena);
  std::string out;
  AppendGpbKvFields(in, out);
  EXPECT_FALSE(in.error());
  EXPECT_TRUE(in.AtEnd());
  return out;
}

TEST(GpbKv, fields_are_members_of_an_object) {
  EXPECT_EQ(
      Json(
          R"([{"name":"a\"b","string_value":"c\\d"},{"name":"e","doubleValue":1.50},{"name":"f","bool_value":false}])"),
      R"({"a\"b":"c\\d","e":1.50,"f":false})");
  EXPECT_EQ(Json("[]"), "{}");
}

TEST(GpbKv, fields_in_fields_are_objects) {
  EXPECT_EQ(
      Json(
          R"([{"name":"a","fields":[{"name":"b","fields":[]}]},{"fields":[{"name":"d","uint32_value":1}],"name":"c"}])"),
      R"({"a":{"b":{}},"c":{"d":1}})");
}

TEST(GpbKv, neighbours_of_one_name_are_a_list) {
  EXPECT_EQ(Json(R"([{"name":"a","uint32_value":1},{"name":"a","uint32_value":2},{"name":"a","fields":[]},
                     {"name":"b","uint32_value":3},{"name":"c","uint32_value":4},{"name":"c","uint32_value":5}])"),
            R"({"a":[1,2,{}],"b":3,"c":[4,5]})");
}

TEST(GpbKv, what_is_no_field_is_left_out) {
  EXPECT_EQ(
      Json(R"([1,"x",null,[],{},{"name":"a"},{"uint32_value":1},{"name":5,"uint32_value":1},{"fields":[]},
                     {"name":"b","string_value":{"c":1}},{"name":"d","other":1}])"),
      "{}");
}

}  // namespace
}  // namespace ntsp::decode
