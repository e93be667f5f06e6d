#include "aws/query_text.h"

#include <gtest/gtest.h>

namespace ntsp::aws {
namespace {

TEST(PercentEncode, keeps_only_unreserved_characters) {
  EXPECT_EQ(PercentEncode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(PercentEncode("a b+c&=%/é\n"), "a%20b%2Bc%26%3D%25%2F%C3%A9%0A");
}

TEST(QueryForm, joins_its_parts_in_their_order) {
  QueryForm form;
  form.Add("Action", "Publish");
  form.Add("Message", "a=b&c");
  EXPECT_EQ(form.Take(), "Action=Publish&Message=a%3Db%26c");
}

TEST(XmlElement, is_the_text_of_the_first_one_and_empty_if_there_is_none_or_half_of_one) {
  EXPECT_EQ(XmlElement("<r><a>1</a><a>2</a></r>", "a"), "1");
  EXPECT_EQ(XmlElement("<r><b>1</b></r>", "a"), "");
  EXPECT_EQ(XmlElement("<r><a>1", "a"), "");
}

}  // namespace
}  // namespace ntsp::aws
