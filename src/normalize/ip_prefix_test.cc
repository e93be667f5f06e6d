#include "normalize/ip_prefix.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::normalize {
namespace {

// "family address length", with '-' for no length; "" if it cannot be read.
std::string Parsed(std::string_view text) {
  Arena arena;
  const auto prefix = ParseIpPrefix(text, arena);
  if (!prefix) return "";
  return std::to_string(prefix->family) + " " + std::string(prefix->address) + " " +
         (prefix->length ? std::to_string(*prefix->length) : "-");
}

TEST(IpPrefix, host_bits_are_kept) {
  EXPECT_EQ(Parsed("172.16.29.21/24"), "4 172.16.29.21 24");
}

TEST(IpPrefix, the_length_may_be_missing) {
  EXPECT_EQ(Parsed("10.0.0.1"), "4 10.0.0.1 -");
  EXPECT_EQ(Parsed("::"), "6 :: -");
}

TEST(IpPrefix, ipv6_is_written_as_rfc_5952_says) {
  EXPECT_EQ(Parsed("2001:DB8::1/64"), "6 2001:db8::1 64");
  EXPECT_EQ(Parsed("2001:0db8:0000:0000:0001:0000:0000:0001"), "6 2001:db8::1:0:0:1 -");
  EXPECT_EQ(Parsed("2001:db8:0:1:1:1:1:1"), "6 2001:db8:0:1:1:1:1:1 -");  // one zero group is not shortened
  EXPECT_EQ(Parsed("2001:0:0:1:0:0:0:1"), "6 2001:0:0:1::1 -");           // the longest run is
  EXPECT_EQ(Parsed("fe80:0:0:0:0:0:0:0/10"), "6 fe80:: 10");
  EXPECT_EQ(Parsed("0:0:0:0:0:0:0:1/128"), "6 ::1 128");
  EXPECT_EQ(Parsed("1:2:3:4:5:6:7:8"), "6 1:2:3:4:5:6:7:8 -");
  EXPECT_EQ(Parsed("::1:2"), "6 ::1:2 -");
  EXPECT_EQ(Parsed("1:0:0:2:0:0:3:4"), "6 1::2:0:0:3:4 -");  // of two equal runs the first
}

TEST(IpPrefix, ipv4_mapped_addresses_stay_ipv6) {
  EXPECT_EQ(Parsed("::FFFF:192.0.2.1/120"), "6 ::ffff:192.0.2.1 120");
  EXPECT_EQ(Parsed("::ffff:c000:201"), "6 ::ffff:192.0.2.1 -");
}

TEST(IpPrefix, canonical_text_is_borrowed) {
  Arena arena;
  const std::string text = "2001:db8::1/64";
  EXPECT_EQ(ParseIpPrefix(text, arena)->address.data(), text.data());
}

TEST(IpPrefix, the_length_is_that_of_its_family) {
  EXPECT_EQ(Parsed("10.0.0.1/0"), "4 10.0.0.1 0");
  EXPECT_EQ(Parsed("10.0.0.1/32"), "4 10.0.0.1 32");
  EXPECT_EQ(Parsed("10.0.0.1/33"), "");
  EXPECT_EQ(Parsed("::1/128"), "6 ::1 128");
  EXPECT_EQ(Parsed("::1/129"), "");
  EXPECT_EQ(Parsed("::1/256"), "");
}

TEST(IpPrefix, everything_else_is_not_an_address) {
  for (const char* text : {"",
                           "/24",
                           "10.0.0.1/",
                           "10.0.0.1/-1",
                           "10.0.0.1/+1",
                           "10.0.0.1/024",
                           "10.0.0.1/24/1",
                           "10.0.0",
                           "10.0.0.256",
                           "10.0.0.01",
                           "10.0.0.1.",
                           "10.0.0.1 ",
                           " 10.0.0.1",
                           "1.2.3.4.5",
                           "ethernet-1/1",
                           "fe80::1%eth0",
                           ":::",
                           "1::2::3",
                           "12345::",
                           "1:2:3:4:5:6:7:8:9",
                           "10.0.0.1/24 secondary",
                           "mgmt0"}) {
    EXPECT_EQ(Parsed(text), "") << text;
  }
  EXPECT_EQ(Parsed(std::string(100, ':')), "");
  EXPECT_EQ(Parsed(std::string_view("::1\0", 4)), "");
}

TEST(Netmask, ones_in_front_are_a_length) {
  EXPECT_EQ(ParseNetmask("255.255.255.0"), 24);
  EXPECT_EQ(ParseNetmask("255.255.255.252"), 30);
  EXPECT_EQ(ParseNetmask("255.255.255.255"), 32);
  EXPECT_EQ(ParseNetmask("0.0.0.0"), 0);
}

TEST(Netmask, all_else_is_none) {
  for (const char* text : {"", "24", "255.0.255.0", "0.0.0.255", "255.255.255", "255.255.255.0 ", "ffff::"}) {
    EXPECT_FALSE(ParseNetmask(text)) << text;
  }
}

}  // namespace
}  // namespace ntsp::normalize
