#include "normalize/value.h"

#include <gtest/gtest.h>

#include "normalize/rows_fake.h"
#include "normalize/samples_fake.h"

namespace ntsp::normalize {
namespace {

constexpr ColumnIndex kOctets = ColumnOf(Table::kInterface, "in_octets");
constexpr ColumnIndex kSpeed = ColumnOf(Table::kInterface, "speed_bps");
constexpr ColumnIndex kMtu = ColumnOf(Table::kInterface, "mtu");
constexpr ColumnIndex kLastChange = ColumnOf(Table::kInterface, "last_change");
constexpr ColumnIndex kCpu = ColumnOf(Table::kNode, "cpu_percent");
constexpr ColumnIndex kOrigin = ColumnOf(Table::kAddress, "origin");

class Value : public testing::Test {
 protected:
  // What is in the cell afterwards; "none" and "unreadable" are the other readings.
  std::string Read(Table table, Rule rule, ColumnIndex c, Scalar value) {
    record_.Reset(table);
    switch (ReadValue(rule, value, c, record_, arena_)) {
      case Reading::kValue:
        return CellText(record_, c);
      case Reading::kNone:
        return record_.Has(c) ? "set" : "none";
      case Reading::kUnreadable:
        return record_.Has(c) ? "set" : "unreadable";
    }
    return "";
  }
  std::string Count(Scalar value) { return Read(Table::kInterface, Rule::kCount, kOctets, value); }
  std::string Speed(Scalar value) { return Read(Table::kInterface, Rule::kSpeed, kSpeed, value); }
  std::string Time(Scalar value) { return Read(Table::kInterface, Rule::kTime, kLastChange, value); }
  std::string Percent(Scalar value) { return Read(Table::kNode, Rule::kPercent, kCpu, value); }
  std::string Token(Scalar value) { return Read(Table::kAddress, Rule::kToken, kOrigin, value); }

  Record record_;
  Arena arena_;
};

TEST_F(Value, counters_come_as_numbers_or_text) {
  EXPECT_EQ(Count(Number("0")), "0");
  EXPECT_EQ(Count(Text("140285")), "140285");
  EXPECT_EQ(Count(Number("18446744073709551615")), "18446744073709551615");
  EXPECT_EQ(Count(Text("18446744073709551615")), "18446744073709551615");
}

TEST_F(Value, every_byte_that_is_no_digit_spoils_an_integer_wherever_it_stands) {
  for (size_t place = 0; place < 19; ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "1234567890123456789";
      text[place] = static_cast<char>(byte);
      const bool is_digit = byte >= '0' && byte <= '9';
      const bool is_number = is_digit || ((byte == 'e' || byte == 'E' || byte == '.') && place > 0);
      if (is_number && !is_digit) continue;  // other notations have their own tests
      if (byte == '-' && place == 0) continue;
      EXPECT_EQ(Count(Text(text)), is_digit ? std::to_string(std::stoull(text)) : "unreadable") << text;
    }
  }
}

TEST_F(Value, floats_without_fraction_are_integers) {
  EXPECT_EQ(Count(Number("150.0")), "150");
  EXPECT_EQ(Count(Number("1e3")), "1000");
  EXPECT_EQ(Count(Text("1E+3")), "1000");
  EXPECT_EQ(Count(Number("1.5e1")), "15");
  EXPECT_EQ(Count(Number("1200e-2")), "12");
  EXPECT_EQ(Count(Number("-0")), "0");
  EXPECT_EQ(Count(Number("0e300")), "0");
  EXPECT_EQ(Count(Number("1.8446744073709551615e19")), "18446744073709551615");
}

TEST_F(Value, what_is_no_uint64_is_unreadable) {
  for (const char* text : {"-1", "1.5", "18446744073709551616", "1e20", "1e999999999999", "1e-1", "15e-1"}) {
    EXPECT_EQ(Count(Number(text)), "unreadable") << text;
  }
  for (const char* text :
       {"", "many", " 1", "1 ", "+1", "0x10", "1.", ".5", "1.2.3", "e3", "1e", "-", "NaN"}) {
    EXPECT_EQ(Count(Text(text)), "unreadable") << text;
  }
  EXPECT_EQ(Count(Bool(true)), "unreadable");
  EXPECT_EQ(Count(Json("[1]")), "unreadable");
}

TEST_F(Value, speeds_are_bit_per_second) {
  EXPECT_EQ(Speed(Text("10M")), "10000000");
  EXPECT_EQ(Speed(Text("25G")), "25000000000");
  EXPECT_EQ(Speed(Text("1T")), "1000000000000");
  EXPECT_EQ(Speed(Text("2.5G")), "2500000000");
  EXPECT_EQ(Speed(Text("SPEED_10MB")), "10000000");
  EXPECT_EQ(Speed(Text("SPEED_2500MB")), "2500000000");
  EXPECT_EQ(Speed(Text("openconfig-if-ethernet:SPEED_100GB")), "100000000000");
  EXPECT_EQ(Speed(Text("SPEED_1600GB")), "1600000000000");
  EXPECT_EQ(Speed(Number("1000000000")), "1000000000");
  EXPECT_EQ(Speed(Text("1000000000")), "1000000000");
  EXPECT_EQ(Speed(Text("10Gbps")), "10000000000");
  EXPECT_EQ(Speed(Text("100Mb/s")), "100000000");
  EXPECT_EQ(Speed(Text("1000bit/s")), "1000");
}

TEST_F(Value, a_speed_that_nobody_knows_is_no_value) {
  EXPECT_EQ(Speed(Text("SPEED_UNKNOWN")), "none");
}

TEST_F(Value, a_speed_that_is_none_is_unreadable) {
  for (const char* text : {"", "G", "fast", "SPEED_", "SPEED_GB", "-1G", "99999999999999T", "25GG"}) {
    EXPECT_EQ(Speed(Text(text)), "unreadable") << text;
  }
}

TEST_F(Value, other_units_of_speed_are_turned_into_bit_per_second) {
  EXPECT_EQ(Read(Table::kInterface, Rule::kKilobits, kSpeed, Number("100000000")), "100000000000");
  EXPECT_EQ(Read(Table::kInterface, Rule::kKilobits, kSpeed, Text("1000")), "1000000");
  EXPECT_EQ(Read(Table::kInterface, Rule::kMegabits, kSpeed, Number("10000")), "10000000000");
  EXPECT_EQ(Read(Table::kInterface, Rule::kMegabits, kSpeed, Bool(true)), "unreadable");
  EXPECT_EQ(Read(Table::kInterface, Rule::kKilobits, kSpeed, Number("18446744073709551615")), "unreadable");
  EXPECT_EQ(Read(Table::kInterface, Rule::kKilobits, kSpeed, Number("18446744073709551")),
            "18446744073709551000");
  EXPECT_EQ(Read(Table::kInterface, Rule::kKilobits, kSpeed, Number("18446744073709552")), "unreadable");
  EXPECT_EQ(Read(Table::kInterface, Rule::kKilobits, kSpeed, Text("0")), "0");
}

TEST_F(Value, a_speed_beyond_32_bits_is_no_value_in_32_bits) {
  EXPECT_EQ(Speed(Number("4294967295")), "none");
  EXPECT_EQ(Speed(Text("4294967295")), "none");
  EXPECT_EQ(Read(Table::kInterface, Rule::kKilobits, kSpeed, Number("4294967295")), "none");
  EXPECT_EQ(Read(Table::kInterface, Rule::kMegabits, kSpeed, Text("4294967295")), "none");
  EXPECT_EQ(Count(Number("4294967295")), "4294967295");  // a counter may well be there
}

TEST_F(Value, an_unlimited_mtu_is_no_value) {
  EXPECT_EQ(Read(Table::kInterface, Rule::kMtu, kMtu, Number("4294967295")), "none");
  EXPECT_EQ(Read(Table::kInterface, Rule::kMtu, kMtu, Text("9232")), "9232");
  EXPECT_EQ(Read(Table::kInterface, Rule::kMtu, kMtu, Text("jumbo")), "unreadable");
}

TEST_F(Value, times_are_rfc_3339_or_epochs_of_any_unit) {
  EXPECT_EQ(Time(Text("2024-11-11T16:42:50.815Z")), "1731343370815000");
  EXPECT_EQ(Time(Number("1731343370")), "1731343370000000");
  EXPECT_EQ(Time(Number("1731343370815")), "1731343370815000");
  EXPECT_EQ(Time(Text("1731343370815123")), "1731343370815123");
  EXPECT_EQ(Time(Text("1731343370815123999")), "1731343370815123");
}

TEST_F(Value, a_number_that_would_be_a_time_of_long_ago_is_hundredths_of_seconds) {
  EXPECT_EQ(Time(Text("171036192364")), "1710361923640000");
  EXPECT_EQ(Time(Number("999999999999")), "9999999999990000");
  EXPECT_EQ(Time(Number("1000000000000")), "1000000000000000");
}

TEST_F(Value, a_small_number_is_no_time_but_what_went_by_since_something) {
  EXPECT_EQ(Time(Number("7290")), "unreadable");
  EXPECT_EQ(Time(Text("999999999")), "unreadable");
  EXPECT_EQ(Time(Number("1000000000")), "1000000000000000");
}

TEST_F(Value, time_zero_is_no_value) {
  EXPECT_EQ(Time(Number("0")), "none");
  EXPECT_EQ(Time(Text("0")), "none");
}

TEST_F(Value, what_is_no_time_is_unreadable) {
  for (const char* text : {"", "yesterday", "-5", "18446744073709551615", "2024-13-01T00:00:00Z"}) {
    EXPECT_EQ(Time(Text(text)), "unreadable") << text;
  }
  EXPECT_EQ(Time(Bool(true)), "unreadable");
}

TEST_F(Value, percentages_are_0_to_100) {
  EXPECT_EQ(Percent(Number("12.5")), "12.500000");
  EXPECT_EQ(Percent(Text("100")), "100.000000");
  EXPECT_EQ(Percent(Number("0")), "0.000000");
  for (const char* text : {"", "101", "-1", "nan", "inf", "5%", "12,5"}) {
    EXPECT_EQ(Percent(Text(text)), "unreadable") << text;
  }
}

TEST_F(Value, nanoseconds_are_cut_to_seconds) {
  const ColumnIndex uptime = ColumnOf(Table::kNode, "uptime_seconds");
  EXPECT_EQ(Read(Table::kNode, Rule::kNanoseconds, uptime, Text("1999999999")), "1");
  EXPECT_EQ(Read(Table::kNode, Rule::kSeconds, uptime, Number("1648")), "1648");
}

TEST_F(Value, tokens_are_lower_case_without_module) {
  EXPECT_EQ(Token(Text("openconfig-if-ip:LINK_LAYER")), "link-layer");
  EXPECT_EQ(Token(Text("dhcp")), "dhcp");
  EXPECT_EQ(Token(Number("3")), "unreadable");
}

TEST_F(Value, text_columns_take_scalars_as_they_are_written) {
  const ColumnIndex version = ColumnOf(Table::kNode, "version");
  EXPECT_EQ(Read(Table::kNode, Rule::kText, version, Number("25.10")), "25.10");
  EXPECT_EQ(Read(Table::kNode, Rule::kText, version, Bool(false)), "false");
  EXPECT_EQ(Read(Table::kNode, Rule::kText, version, Text("")), "");
  EXPECT_EQ(Read(Table::kNode, Rule::kText, version, Json("{}")), "unreadable");
}

}  // namespace
}  // namespace ntsp::normalize
