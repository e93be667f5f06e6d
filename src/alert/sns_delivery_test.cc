#include "alert/sns_delivery.h"

#include <gmock/gmock.h>

#include "aws/http_server_fake.h"
#include "aws/query_text.h"

namespace ntsp::alert {
namespace {

using aws::FakeHttpServer;
using aws::HttpAnswer;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Result<aws::Credentials> Keys() {
  return aws::Credentials{"AKIDEXAMPLE", "secret", ""};
}

Notification Make() {
  Notification n;
  n.kind = "dead-letter";
  n.fingerprint = "dead-letter:invalid-json";
  n.summary = "Look.";
  n.count = 1;
  n.first_time = n.last_time = {1'700'000'000'000'000};
  return n;
}

class SnsDeliveryTest : public testing::Test {
 protected:
  Result<void> Send(const Notification& notification, const std::string& topic = "alerts",
                    const std::string& instance = "one") {
    aws::SnsOptions options;
    options.topic_arn = "arn:aws:sns:eu-central-1:123456789012:" + topic;
    options.endpoint = server_.Url();
    auto delivery = SnsDelivery::Make(options, &Keys, {"svc", instance});
    EXPECT_TRUE(delivery.has_value());
    return (*delivery)->Send(notification);
  }
  // The form that this notification becomes.
  std::string Form(const Notification& notification, const std::string& topic,
                   const std::string& instance = "one") {
    EXPECT_TRUE(Send(notification, topic, instance).has_value());
    return server_.Requests().back().body;
  }
  std::string IdOf(const Notification& notification, const std::string& instance = "one") {
    const std::string form = Form(notification, "a.fifo", instance);
    const std::string name = "&MessageDeduplicationId=";
    return form.substr(form.find(name) + name.size());
  }

  int status_ = 200;
  FakeHttpServer server_{[this](const aws::HttpRequest&) { return HttpAnswer{status_, ""}; }};
};

TEST_F(SnsDeliveryTest, is_a_subject_a_json_body_and_attributes_to_filter_by) {
  const std::string form = Form(Make(), "alerts");
  EXPECT_THAT(form, HasSubstr("&Subject=%5Bntsp%5D%20warning%3A%20dead-letter%20on%20one&"));
  EXPECT_THAT(form, HasSubstr("&Message=" + aws::PercentEncode(JsonBody(Make(), {"svc", "one"})) + "&"));
  EXPECT_THAT(form, AllOf(HasSubstr("Name=kind&"), HasSubstr("Value.StringValue=dead-letter"),
                          HasSubstr("Name=severity&"), HasSubstr("Value.StringValue=warning"),
                          HasSubstr("Name=state&"), HasSubstr("Value.StringValue=firing")));
  EXPECT_THAT(form, Not(HasSubstr("MessageGroupId")));
}

TEST_F(SnsDeliveryTest, in_a_fifo_topic_a_kind_is_a_group) {
  EXPECT_THAT(Form(Make(), "alerts.fifo"), HasSubstr("&MessageGroupId=dead-letter&MessageDeduplicationId="));
}

TEST_F(SnsDeliveryTest, sent_again_it_has_the_same_deduplication_id) {
  EXPECT_EQ(IdOf(Make()), IdOf(Make()));
  EXPECT_EQ(IdOf(Make()).size(), 36u);
}

TEST_F(SnsDeliveryTest, what_is_not_the_same_has_another_deduplication_id) {
  const std::string id = IdOf(Make());
  Notification other = Make();
  other.fingerprint = "dead-letter:empty";
  EXPECT_NE(IdOf(other), id);
  other = Make();
  other.state = State::kSummary;
  EXPECT_NE(IdOf(other), id);
  other = Make();
  other.first_time.micros += 60'000'000;
  EXPECT_NE(IdOf(other), id);
  EXPECT_NE(IdOf(Make(), "two"), id);
}

TEST_F(SnsDeliveryTest, an_outage_is_a_retry_and_a_refusal_is_not) {
  status_ = 503;
  EXPECT_EQ(Send(Make()).error().kind, ErrorKind::kRetry);
  status_ = 403;
  EXPECT_EQ(Send(Make()).error().kind, ErrorKind::kStop);
}

TEST(SnsDelivery, an_impossible_topic_is_refused_at_once) {
  EXPECT_FALSE(SnsDelivery::Make({"alerts", "", {}, ""}, &Keys, {"svc", "one"}).has_value());
}

}  // namespace
}  // namespace ntsp::alert
