#include "decode/yang_push.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Lines = std::vector<std::string>;

const std::string kUpdate =
    R"("ietf-yang-push:push-update":{"id":7,"datastore-contents":{"ietf-interfaces:interfaces":{"interface":[
       {"name":"ge7","oper-status":"up","statistics":{"in-octets":"5"}},{"name":"ge8","oper-status":"down"}]}}})";

Lines Both(const std::string& middle) {
  return {"interfaces/interface" + middle +
              " [interface_name='ge7'] .:name='ge7' .:oper-status='up' "
              "interfaces/interface/statistics:in-octets='5'",
          "interfaces/interface" + middle + " [interface_name='ge8'] .:name='ge8' .:oper-status='down'"};
}

Lines SamplesOf(std::string_view value) {
  const Decoded decoded(value);
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  return decoded.Samples();
}

std::string Envelope(std::string_view contents) {
  return R"({"ietf-yp-notification:envelope":{"event-time":"2024-05-01T00:00:00Z","hostname":"pe1","contents":{)" +
         std::string(contents) + "}}}";
}

std::string Changes(std::string_view edits) {
  return Envelope(
      R"("ietf-yang-push:push-change-update":{"id":7,"datastore-changes":{"yang-patch":{"patch-id":"1","edit":)" +
      std::string(edits) + "}}}");
}

TEST(YangPush, a_push_update_is_an_element_with_a_tree) {
  const Decoded decoded(Envelope(kUpdate));
  EXPECT_EQ(decoded.Samples(), Both(" node=pe1 time=1714521600000000"));
  ASSERT_THAT(decoded.out().elements, SizeIs(1));
  EXPECT_EQ(decoded.out().envelopes[0].raw, decoded.value());
}

TEST(YangPush, a_telemetry_message_holds_an_envelope) {
  EXPECT_EQ(
      SamplesOf(
          R"({"ietf-telemetry-message:message":{"telemetry-message-metadata":{"export-address":"192.0.2.1",
              "collection-timestamp":"2024-05-02T00:00:00Z"},"payload":)" +
          Envelope(kUpdate) + "}}"),
      Both(" node=pe1 time=1714521600000000"));
}

TEST(YangPush, the_exporter_and_the_time_of_collection_stand_in) {
  EXPECT_EQ(SamplesOf(R"({"ietf-telemetry-message:message":{"payload":{"ietf-notification:notification":{)" +
                      kUpdate +
                      R"(}},"telemetry-message-metadata":{"collection-timestamp":"2024-05-02T00:00:00Z",
              "export-address":"2001:db8::7"}}})"),
            Both(" node=2001:db8::7 time=1714608000000000"));
}

TEST(YangPush, the_legacy_notification_may_name_its_system) {
  EXPECT_EQ(SamplesOf(R"({"ietf-notification:notification":{"eventTime":"2024-05-01T00:00:00Z",
                          "ietf-notification-sequencing:sysName":"pe7",)" +
                      kUpdate + "}}"),
            Both(" node=pe7 time=1714521600000000"));
}

TEST(YangPush, an_edit_is_an_element) {
  EXPECT_THAT(
      SamplesOf(Changes(
          R"([{"edit-id":"a","operation":"replace","target":"/ietf-interfaces:interfaces/interface=ge%2F7/oper-status",
               "value":{"ietf-interfaces:oper-status":"down"}},
              {"edit-id":"b","operation":"merge","target":"/ietf-interfaces:interfaces/interface[name='ge8']",
               "value":{"ietf-interfaces:interface":[{"name":"ge8","oper-status":"up"}]}},
              {"edit-id":"c","value":{"oper-status":"up"},"target":"/interfaces/interface=ge9","operation":"create"},
              {"edit-id":"d","operation":"delete","target":"/interfaces/interface=ge10"},
              {"edit-id":"e","operation":"remove","target":"/interfaces/interface=ge11/ipv4/address=192.0.2.1"}])")),
      ElementsAre(
          "interfaces/interface node=pe1 time=1714521600000000 [interface_name='ge/7'] "
          ".:ietf-interfaces:oper-status='down'",
          "interfaces/interface node=pe1 time=1714521600000000 [interface_name='ge8'] "
          "[interface_name='ge8'] .:name='ge8' .:oper-status='up'",
          "interfaces/interface node=pe1 time=1714521600000000 [interface_name='ge9'] .:oper-status='up'",
          "interfaces/interface node=pe1 time=1714521600000000 deleted [interface_name='ge10']",
          "interfaces/interface/ipv4/address node=pe1 time=1714521600000000 deleted "
          "[interface_name='ge11'] [address_ip='192.0.2.1']"));
}

TEST(YangPush, a_bad_edit_fails_alone) {
  const Decoded decoded(
      Changes(R"([{"operation":"merge","value":{"a":1}},{"target":"/a=%","operation":"delete"},5,
                  {"target":"/a/b","operation":"merge","value":{"b":1}}])"));
  EXPECT_EQ(decoded.Samples(), Lines{"a node=pe1 time=1714521600000000 .:b=1"});
  EXPECT_THAT(decoded.Failed(),
              ElementsAre(R"(invalid-key {"operation":"merge","value":{"a":1}})",
                          R"(invalid-key {"target":"/a=%","operation":"delete"})", "invalid-key 5"));
}

TEST(YangPush, states_of_subscriptions_are_control_and_other_notifications_other_subsystems) {
  EXPECT_EQ(Decoded(Envelope(R"("ietf-subscribed-notifications:subscription-started":{"id":7})")).Drops(),
            Lines{"control ietf-subscribed-notifications:subscription-started"});
  EXPECT_EQ(Decoded(Envelope(R"("ietf-subscribed-notifications:subscription-terminated":{"id":7})")).Drops(),
            Lines{"control ietf-subscribed-notifications:subscription-terminated"});
  EXPECT_EQ(Decoded(Envelope(R"("some-alarms:alarm":{"id":7})")).Drops(),
            Lines{"other-subsystem some-alarms:alarm"});
}

TEST(YangPush, what_holds_nothing_is_a_counted_no_op) {
  EXPECT_EQ(Decoded(Envelope("")).Drops(), Lines{"empty-event "});
  EXPECT_EQ(Decoded(Envelope(R"("ietf-yang-push:push-update":{"id":7})")).Drops(), Lines{"empty-event "});
  EXPECT_EQ(Decoded(Changes("[]")).Drops(), Lines{"empty-event "});
  EXPECT_EQ(Decoded(R"({"ietf-yp-notification:envelope":null})").Drops(), Lines{"empty-event "});
}

TEST(YangPush, wrong_types_fail) {
  for (const std::string& bad :
       {std::string(R"({"ietf-yp-notification:envelope":5})"),
        Envelope(R"("ietf-yang-push:push-update":[1])"),
        Envelope(R"("ietf-yang-push:push-update":{"datastore-contents":"x"})"),
        Envelope(R"("ietf-yang-push:push-change-update":{"datastore-changes":"x"})"),
        std::string(R"({"ietf-telemetry-message:message":{"payload":"x"}})"), Changes(R"("x")")}) {
    const Decoded decoded(bad);
    EXPECT_THAT(decoded.Samples(), IsEmpty()) << bad;
    EXPECT_THAT(decoded.Failed(), SizeIs(1)) << bad;
  }
}

TEST(YangPush, of_contents_given_twice_the_last_count) {
  EXPECT_EQ(
      SamplesOf(Envelope(
          R"("ietf-yang-push:push-update":{"datastore-contents":{"a":{"x":1}},"datastore-contents":{"b":{"y":2}}})")),
      Lines{" node=pe1 time=1714521600000000 b:y=2"});
}

}  // namespace
}  // namespace ntsp::decode
