#include "app/fabric_object.h"

#include <gmock/gmock.h>

namespace ntsp::app {
namespace {

TEST(FabricObject, leaves_stand_in_the_objects_of_their_containers) {
  const std::vector<FabricLeaf> leaves = {TextLeaf("", "name", "a\"b"), NumberLeaf("state", "mtu", 1500),
                                          LongLeaf("state/counters", "in-octets", UINT64_MAX),
                                          LongLeaf("state-2", "x", 0)};
  EXPECT_EQ(
      LeavesJson(leaves, LongNumbers::kAsText),
      R"({"name":"a\"b","state":{"mtu":1500,"counters":{"in-octets":"18446744073709551615"}},"state-2":{"x":"0"}})");
  EXPECT_THAT(LeavesJson(leaves, LongNumbers::kAsNumbers), ::testing::HasSubstr(":18446744073709551615}"));
}

TEST(FabricObject, a_path_loses_its_modules) {
  EXPECT_EQ(WithoutModules("a:b/c:d/e"), "b/d/e");
  EXPECT_EQ(WithoutModules("b"), "b");
}

TEST(FabricObject, an_element_of_the_path_has_the_key_of_its_list) {
  const FabricObject object{"m:interface/statistics", {{"interface", "name", "e1"}}, {}};
  std::string told;
  ForEachElement(object, [&](std::string_view element, const FabricKey* key) {
    told += std::string(element) + '=' + (key == nullptr ? "" : key->value) + ' ';
  });
  EXPECT_EQ(told, "m:interface=e1 statistics= ");
}

TEST(FabricObject, neighbours_of_one_path_are_a_group) {
  const std::vector<FabricObject> objects = {{"a", {}, {}}, {"b", {}, {}}, {"b", {}, {}}, {"a", {}, {}}};
  std::vector<size_t> sizes;
  for (const auto& group : GroupsByPath(objects)) sizes.push_back(group.size());
  EXPECT_THAT(sizes, ::testing::ElementsAre(1, 2, 1));
}

TEST(FabricObject, times_and_hosts_are_written_as_devices_write_them) {
  EXPECT_EQ(MillisText({1'764'000'000'123'999}), "2025-11-24T16:00:00.123Z");
  EXPECT_EQ(Nanoseconds({1'764'000'000'123'999}), 1'764'000'000'123'999'000u);
  EXPECT_EQ(WithPort("leaf1", 57400), "leaf1:57400");
  EXPECT_EQ(WithPort("2001:db8::1", 57400), "[2001:db8::1]:57400");
  EXPECT_EQ(SplitPrefix("2001:db8::1/64").ip, "2001:db8::1");
  EXPECT_EQ(SplitPrefix("2001:db8::1/64").length, 64u);
}

}  // namespace
}  // namespace ntsp::app
