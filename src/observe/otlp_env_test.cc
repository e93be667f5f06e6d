#include "observe/otlp_env.h"

#include <gmock/gmock.h>

namespace ntsp::observe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::Pair;

TEST(KeyValues, are_percent_decoded_and_trimmed) {
  EXPECT_THAT(ParseKeyValues("Authorization=Basic%20abc==, x-team = net ,"),
              Optional(ElementsAre(Pair("Authorization", "Basic abc=="), Pair("x-team", "net"))));
}

TEST(KeyValues, may_be_none_and_values_may_be_empty) {
  EXPECT_THAT(ParseKeyValues(""), Optional(IsEmpty()));
  EXPECT_THAT(ParseKeyValues("a="), Optional(ElementsAre(Pair("a", ""))));
}

TEST(KeyValues, refuse_what_could_not_be_a_header) {
  for (const char* text : {"token", "=x", "a b=x", "a=%4", "a=%zz", "a=x%0d%0aHost:%20b", "a:=x"}) {
    EXPECT_EQ(ParseKeyValues(text), std::nullopt) << text;
  }
}

TEST(LogfireUrl, is_the_one_of_the_tokens_region) {
  EXPECT_EQ(LogfireUrl("pylf_v1_eu_0123abc"), "https://logfire-eu.pydantic.dev");
  EXPECT_EQ(LogfireUrl("pylf_v12_us_0123abc"), "https://logfire-us.pydantic.dev");
  EXPECT_EQ(LogfireUrl("0123abc"), "https://logfire-us.pydantic.dev");
  EXPECT_EQ(LogfireUrl("pylf_v"), "https://logfire-us.pydantic.dev");
}

}  // namespace
}  // namespace ntsp::observe
