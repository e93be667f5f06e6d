#include "normalize/status.h"

#include <gtest/gtest.h>

#include <string>

#include "normalize/samples_fake.h"

namespace ntsp::normalize {
namespace {

std::string Shown(std::optional<std::string_view> status) {
  return std::string(status.value_or("unreadable"));
}
std::string Admin(Scalar value) {
  return Shown(ReadAdminStatus(value));
}
std::string Oper(Scalar value) {
  return Shown(ReadOperStatus(value));
}
std::string XrAdmin(Scalar value) {
  return Shown(ReadXrAdminState(value));
}
std::string XrLine(Scalar value) {
  return Shown(ReadXrLineState(value));
}

TEST(Status, admin_status_has_one_spelling) {
  for (const char* up : {"up", "UP", "enable", "ENABLE", "true", "im-state-up", "module:UP"}) {
    EXPECT_EQ(Admin(Text(up)), "up") << up;
  }
  for (const char* down : {"down", "DOWN", "disable", "false", "admin-down", "ADMIN_DOWN", "shutdown",
                           "im-state-admin-down", "im-state-shutdown"}) {
    EXPECT_EQ(Admin(Text(down)), "down") << down;
  }
  EXPECT_EQ(Admin(Bool(true)), "up");
  EXPECT_EQ(Admin(Bool(false)), "down");
  EXPECT_EQ(Admin(Text("TESTING")), "testing");
  EXPECT_EQ(Admin(Text("maybe")), "unreadable");
  EXPECT_EQ(Admin(Number("1")), "unreadable");
}

TEST(Status, oper_status_is_one_of_seven) {
  for (const char* same :
       {"up", "down", "testing", "unknown", "dormant", "not-present", "lower-layer-down"}) {
    EXPECT_EQ(Oper(Text(same)), same);
  }
  EXPECT_EQ(Oper(Text("UP")), "up");
  EXPECT_EQ(Oper(Text("NOT_PRESENT")), "not-present");
  EXPECT_EQ(Oper(Text("LOWER_LAYER_DOWN")), "lower-layer-down");
  EXPECT_EQ(Oper(Text("im-state-err-disable")), "down");
  EXPECT_EQ(Oper(Text("empty")), "not-present");
  EXPECT_EQ(Oper(Text("failed")), "down");
}

TEST(Status, an_oper_status_without_an_equal_is_unreadable) {
  for (const char* other : {"starting", "degraded", "synchronizing", "", "5"}) {
    EXPECT_EQ(Oper(Text(other)), "unreadable") << other;
  }
}

TEST(Status, xr_says_down_only_of_what_an_administrator_shut) {
  for (const char* shut : {"im-state-admin-down", "im-state-down-immediate-admin", "im-state-shutdown",
                           "im-state-down-graceful-admin", "IM_STATE_ADMIN_DOWN", "admin-down"}) {
    EXPECT_EQ(XrAdmin(Text(shut)), "down") << shut;
  }
  for (const char* other : {"im-state-down", "im-state-up", "im-state-err-disable", "im-state-not-ready"}) {
    EXPECT_EQ(XrAdmin(Text(other)), "up") << other;
  }
}

TEST(Status, xr_lines_are_up_down_or_unknown) {
  for (const char* up : {"im-state-up", "im-state-operational", "up"})
    EXPECT_EQ(XrLine(Text(up)), "up") << up;
  for (const char* down :
       {"im-state-down", "im-state-admin-down", "im-state-err-disable", "im-state-not-ready",
        "im-state-begin-down-graceful", "im-state-not-operational", "im-state-reset"}) {
    EXPECT_EQ(XrLine(Text(down)), "down") << down;
  }
  EXPECT_EQ(XrLine(Text("im-state-unknown")), "unknown");
}

TEST(Status, xr_states_come_as_numbers_too) {
  EXPECT_EQ(XrAdmin(Number("1")), "down");
  EXPECT_EQ(XrAdmin(Number("2")), "up");
  EXPECT_EQ(XrAdmin(Text("7")), "down");
  EXPECT_EQ(XrLine(Number("3")), "up");
  EXPECT_EQ(XrLine(Number("5")), "down");
  EXPECT_EQ(XrLine(Number("17")), "unknown");
}

TEST(Status, what_is_no_state_of_xr_is_unreadable) {
  for (const Scalar value :
       {Number("18"), Number("19"), Text("im-state-last"), Text("im-state-"), Bool(true)}) {
    EXPECT_EQ(XrLine(value), "unreadable") << value.text;
  }
  EXPECT_EQ(XrAdmin(Number("18")), "unreadable");
}

}  // namespace
}  // namespace ntsp::normalize
