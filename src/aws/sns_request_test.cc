#include "aws/sns_request.h"

#include <gmock/gmock.h>

namespace ntsp::aws {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SnsTopic Topic(std::string_view name = "alerts") {
  return *ParseTopicArn("arn:aws:sns:eu-central-1:123456789012:" + std::string(name));
}

TEST(ParseTopicArn, gives_region_and_endpoint) {
  EXPECT_EQ(Topic().region, "eu-central-1");
  EXPECT_EQ(Topic().DefaultEndpoint(), "https://sns.eu-central-1.amazonaws.com");
  EXPECT_EQ(ParseTopicArn("arn:aws-cn:sns:cn-north-1:1:a")->DefaultEndpoint(),
            "https://sns.cn-north-1.amazonaws.com.cn");
  EXPECT_FALSE(Topic().fifo);
  EXPECT_TRUE(Topic("alerts.fifo").fifo);
}

TEST(ParseTopicArn, refuses_what_is_no_topic_and_shows_it) {
  for (const std::string_view arn :
       {"", "alerts", "arn:aws:sqs:eu-central-1:1:alerts", "arn:aws:sns::1:alerts",
        "arn:aws:sns:eu-central-1:1:", "arn:aws:sns:eu-central-1:1:alerts:subscription"}) {
    const auto topic = ParseTopicArn(arn);
    ASSERT_FALSE(topic.has_value()) << arn;
    EXPECT_EQ(topic.error().kind, ErrorKind::kStop);
    EXPECT_THAT(topic.error().message, HasSubstr("'" + std::string(arn) + "'"));
  }
}

TEST(FitSubject, is_one_line_of_at_most_100_ascii_characters) {
  EXPECT_EQ(FitSubject("one\ntwo\tthree\x7f"), "one two three ");
  EXPECT_EQ(FitSubject("Zürich → down"), "Z?rich ? down");
  EXPECT_EQ(FitSubject("  \n leading"), "leading");
  EXPECT_EQ(FitSubject(std::string(300, 'x')), std::string(100, 'x'));
  EXPECT_EQ(FitSubject(""), "");
}

TEST(PublishForm, has_the_message_and_numbered_attributes) {
  const std::string form =
      PublishForm(Topic(), {"subject", "{\"a\":1}", {{"kind", "dead-letter"}, {"severity", "warning"}}, ""});
  EXPECT_EQ(
      form,
      "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aeu-central-1%3A123456789012%3Aalerts"
      "&Subject=subject&Message=%7B%22a%22%3A1%7D"
      "&MessageAttributes.entry.1.Name=kind&MessageAttributes.entry.1.Value.DataType=String"
      "&MessageAttributes.entry.1.Value.StringValue=dead-letter"
      "&MessageAttributes.entry.2.Name=severity&MessageAttributes.entry.2.Value.DataType=String"
      "&MessageAttributes.entry.2.Value.StringValue=warning");
}

TEST(PublishForm, leaves_an_empty_subject_out) {
  EXPECT_THAT(PublishForm(Topic(), {"\n", "m", {}, ""}), Not(HasSubstr("Subject")));
}

TEST(PublishForm, fifo_topics_get_a_group_and_the_same_id_for_the_same_message) {
  const auto form = [](const std::string& message, const std::string& id) {
    return PublishForm(Topic("a.fifo"), {"", message, {}, id});
  };
  EXPECT_THAT(form("m", "id-1"), HasSubstr("&MessageGroupId=ntsp&MessageDeduplicationId=id-1"));
  EXPECT_THAT(PublishForm(Topic("a.fifo"), {"", "m", {}, "id-1", "watchdog"}),
              HasSubstr("&MessageGroupId=watchdog&MessageDeduplicationId=id-1"));
  EXPECT_EQ(form("m", ""), form("m", ""));
  EXPECT_NE(form("m", "").substr(form("m", "").find("Dedup")),
            form("n", "").substr(form("n", "").find("Dedup")));
  EXPECT_THAT(PublishForm(Topic(), {"", "m", {}, "id"}), Not(HasSubstr("Dedup")));
}

struct Answer {
  long status;
  std::string code;
  ErrorKind kind;
  std::string says;
};

class PublishAnswer : public testing::TestWithParam<Answer> {};

TEST_P(PublishAnswer, says_what_the_caller_and_a_person_can_do) {
  const std::string body = "<ErrorResponse><Error><Code>" + GetParam().code +
                           "</Code><Message>because so</Message></Error></ErrorResponse>";
  const auto answer = ReadPublishAnswer(Topic(), GetParam().status, body);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().kind, GetParam().kind);
  EXPECT_THAT(answer.error().message, HasSubstr(GetParam().says));
  EXPECT_THAT(answer.error().message, HasSubstr("because so"));
}

INSTANTIATE_TEST_SUITE_P(
    All, PublishAnswer,
    testing::Values(Answer{403, "AuthorizationError", ErrorKind::kStop, "sns:Publish"},
                    Answer{403, "InvalidClientTokenId", ErrorKind::kStop, "AWS_ACCESS_KEY_ID"},
                    Answer{403, "ExpiredToken", ErrorKind::kRetry, "AWS_SESSION_TOKEN"},
                    Answer{404, "NotFound", ErrorKind::kStop, "AWS_SNS_TOPIC_ARN"},
                    Answer{400, "Throttling", ErrorKind::kRetry, "HTTP 400 Throttling"},
                    Answer{429, "TooMany", ErrorKind::kRetry, "HTTP 429"},
                    Answer{503, "ServiceUnavailable", ErrorKind::kRetry, "HTTP 503"},
                    Answer{400, "InvalidParameter", ErrorKind::kReject, "InvalidParameter"}),
    [](const auto& tested) { return tested.param.code + std::to_string(tested.param.status); });

TEST(ReadPublishAnswer, an_answer_that_is_not_xml_is_shown_by_its_status) {
  const auto answer = ReadPublishAnswer(Topic(), 502, "<html>bad gateway");
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(answer.error().message, HasSubstr("HTTP 502"));
}

}  // namespace
}  // namespace ntsp::aws
