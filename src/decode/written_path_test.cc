#include "decode/written_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Scalar::Kind;

TEST(WrittenPaths, a_text_is_one) {
  EXPECT_THAT(WrittenPaths({Kind::kText, ".node.srl"}), ElementsAre(".node.srl"));
  EXPECT_THAT(WrittenPaths({Kind::kText, ""}), IsEmpty());
  EXPECT_THAT(WrittenPaths({Kind::kNumber, "7"}), IsEmpty());
}

TEST(WrittenPaths, elements_of_gnmi_are_one_with_their_keys_in_brackets) {
  EXPECT_THAT(
      WrittenPaths({Kind::kJson, R"([{"name":"m:a"},{"key":{"k":"1/2","l":"x"},"name":"b"},{"name":"c"}])"}),
      ElementsAre("/m:a/b[k=1/2][l=x]/c"));
}

TEST(WrittenPaths, a_list_of_texts_is_many) {
  EXPECT_THAT(WrittenPaths({Kind::kJson, R"(["/a[n=1]","/b"])"}), ElementsAre("/a[n=1]", "/b"));
}

TEST(WrittenPaths, names_of_members_are_each_its_container_once) {
  EXPECT_THAT(WrittenPaths({Kind::kJson, R"({"/a/b/x":1,"/a/b/y":"2","c":3,"m:d":{"e":1},"/f.0/g":[1]})"}),
              ElementsAre("/a/b", "m:d", "/f.0/g"));
}

TEST(WrittenPaths, only_the_first_few_of_very_many) {
  std::string many = "[\"/p\"";
  for (int i = 0; i < 1000; ++i) many += ",\"/p" + std::to_string(i) + "\"";
  EXPECT_EQ(WrittenPaths({Kind::kJson, many + "]"}).size(), 5u);
}

}  // namespace
}  // namespace ntsp::decode
