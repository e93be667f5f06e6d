#include "decode/resource_path.h"

#include <gtest/gtest.h>

namespace ntsp::decode {
namespace {

std::string Take(std::string_view spelling) {
  std::string path;
  std::vector<Key> keys;
  Arena arena;
  if (!AppendResourcePath(spelling, path, keys, arena)) return "bad";
  for (const Key& key : keys) path.append(" ").append(key.name).append("=").append(key.value.text);
  return path;
}

TEST(ResourcePath, lists_have_the_value_of_their_key_behind_them) {
  EXPECT_EQ(Take("/ietf-interfaces:interfaces/interface=eth7/oper-status"),
            "/ietf-interfaces:interfaces/interface/oper-status interface_name=eth7");
  EXPECT_EQ(Take("/interfaces/interface=a/m:subinterface=3/ipv6/address=2001:db8::1,x"),
            "/interfaces/interface/m:subinterface/ipv6/address interface_name=a subinterface_index=3 "
            "address_ip=2001:db8::1");
  EXPECT_EQ(Take("/"), "");
}

TEST(ResourcePath, percent_escapes_are_read) {
  EXPECT_EQ(Take("/interface=ge%2F1%20%41"), "/interface interface_name=ge/1 A");
  EXPECT_EQ(Take("/interface=%C3%A4"), "/interface interface_name=ä");
}

TEST(ResourcePath, keys_in_brackets_are_read_too) {
  EXPECT_EQ(Take("/a:interfaces/interface[name='ge/1']"), "/a:interfaces/interface interface_name=ge/1");
}

TEST(ResourcePath, what_is_no_path_is_refused) {
  for (const char* bad : {"/=x", "/a=%", "/a=%4", "/a=%4x", "/a=%-1", "/a[x", "/a=0%F21"})
    EXPECT_EQ(Take(bad), "bad") << bad;
}

}  // namespace
}  // namespace ntsp::decode
