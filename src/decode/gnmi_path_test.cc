#include "decode/gnmi_path.h"

#include <gtest/gtest.h>

namespace ntsp::decode {
namespace {

std::string Take(std::string_view spelling) {
  std::string path;
  std::vector<Key> keys;
  Arena arena;
  if (!AppendGnmiPath(spelling, path, keys, arena)) return "bad";
  for (const Key& key : keys) path.append(" ").append(key.name).append("=").append(key.value.text);
  return path;
}

TEST(GnmiPath, keys_are_taken_out_and_named_for_their_list) {
  EXPECT_EQ(Take("interfaces/interface[name=eth7]/state"), "/interfaces/interface/state interface_name=eth7");
  EXPECT_EQ(Take("/m:interface[name=lag1]/subinterface[index=0]/n:ipv4/address[ip-prefix=192.0.2.1/24]"),
            "/m:interface/subinterface/n:ipv4/address interface_name=lag1 subinterface_index=0 "
            "address_ip-prefix=192.0.2.1/24");
  EXPECT_EQ(Take("a[m:x=1][y=2]"), "/a a_x=1 a_y=2");
}

TEST(GnmiPath, slashes_in_brackets_are_no_separators) {
  EXPECT_EQ(Take("interface[name=ethernet-1/1]/statistics"),
            "/interface/statistics interface_name=ethernet-1/1");
}

TEST(GnmiPath, a_backslash_takes_the_next_character_as_it_is) {
  EXPECT_EQ(Take(R"(a[x=1\]2]/b)"), "/a/b a_x=1]2");
  EXPECT_EQ(Take(R"(a[x=\\])"), R"(/a a_x=\)");
  EXPECT_EQ(Take(R"(a[x=q[w=e\]])"), "/a a_x=q[w=e]");
}

TEST(GnmiPath, values_may_be_quoted_or_empty_or_hold_an_equals_sign) {
  EXPECT_EQ(Take("a[x='y z'][u=\"v\"]"), "/a a_x=y z a_u=v");
  EXPECT_EQ(Take("a[x=][u=']"), "/a a_x= a_u='");
  EXPECT_EQ(Take("a[x=b=c]"), "/a a_x=b=c");
}

TEST(GnmiPath, an_empty_path_is_the_root) {
  EXPECT_EQ(Take(""), "");
  EXPECT_EQ(Take("/"), "");
  EXPECT_EQ(Take("openconfig:/interfaces"), "/openconfig:/interfaces");
}

TEST(GnmiPath, what_is_no_path_is_refused) {
  for (const char* bad : {"a[", "a[x=1", "a[x=1\\]", "a[x]", "a[=1]", "a[]"}) {
    EXPECT_EQ(Take(bad), "bad") << bad;
  }
}

}  // namespace
}  // namespace ntsp::decode
