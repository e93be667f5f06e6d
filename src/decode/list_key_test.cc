#include "decode/list_key.h"

#include <gtest/gtest.h>

namespace ntsp::decode {
namespace {

TEST(ListKey, is_that_of_a_list_on_the_way) {
  constexpr std::string_view kAddress =
      "interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address";
  EXPECT_EQ(ListKey(kAddress, "name"), "interface_name");
  EXPECT_EQ(ListKey(kAddress, "index"), "subinterface_index");
  EXPECT_EQ(ListKey(kAddress, "ip"), "address_ip");
  EXPECT_EQ(ListKey("interface/subinterface/ipv4/address", "ip_prefix"), "address_ip-prefix");
  EXPECT_EQ(ListKey("interface/subinterface/ipv4/address", "ip-prefix"), "address_ip-prefix");
  EXPECT_EQ(ListKey("components/component/state", "name"), "component_name");
  EXPECT_EQ(ListKey("system/cpus/cpu/state", "index"), "cpu_index");
}

TEST(ListKey, belongs_to_the_outermost_list_that_has_it) {
  EXPECT_EQ(ListKey("network-instances/network-instance/interfaces/interface", "name"),
            "network-instance_name");
  EXPECT_EQ(ListKey("interface/subinterface/network-instance", "name"), "interface_name");
}

TEST(ListKey, is_none_where_no_such_list_is_on_the_way) {
  EXPECT_EQ(ListKey("", "name"), std::nullopt);
  EXPECT_EQ(ListKey("interfaces/interfaces-x/subinterface", "name"), std::nullopt);
  EXPECT_EQ(ListKey("interfaces/interface", "index"), std::nullopt);
  EXPECT_EQ(ListKey("interfaces/interface", "interface_name"), std::nullopt);
  EXPECT_EQ(ListKey("interfaces/interface", ""), std::nullopt);
  EXPECT_EQ(ListKey("///", "name"), std::nullopt);
}

TEST(ListKey, without_a_path_is_that_of_an_interface) {
  EXPECT_EQ(InterfaceListKey("name"), "interface_name");
  EXPECT_EQ(InterfaceListKey("index"), "subinterface_index");
  EXPECT_EQ(InterfaceListKey("ip"), "address_ip");
  EXPECT_EQ(InterfaceListKey("vendor"), std::nullopt);
}

}  // namespace
}  // namespace ntsp::decode
