#include "app/check_command.h"

#include <fmt/format.h>

#include <iostream>

#include "app/alert_delivery.h"
#include "app/check_kafka.h"
#include "app/exit_code.h"
#include "app/store.h"
#include "app/time_text.h"
#include "aws/sdk.h"
#include "base/clock.h"
#include "base/log.h"

namespace ntsp::app {
namespace {

Result<void> Probe(archive::ObjectStore& store, const std::string& key) {
  const std::string bytes = "written by `ntsp check`; may be removed\n";
  NTSP_TRY(store.Put(key, bytes));
  NTSP_ASSIGN(const std::string read, store.Get(key));
  if (read != bytes) return Stop("what was read is not what was written");
  return store.Remove(key);
}

void CheckStore(const Config& config, CheckList& list) {
  if (!config.archive_enabled())
    return list.Note("archive: none, as neither AWS_S3_BUCKET nor ARCHIVE_URI is set");
  const auto store = OpenStore(config);
  if (!store) return list.Fail("archive " + config.archive_uri, store.error().message);
  const std::string key = "ntsp-check-" + config.instance_id;
  if (const auto probed = Probe(**store, key); !probed) {
    return list.Fail("archive " + config.archive_uri, probed.error().message);
  }
  list.Ok(fmt::format("archive {}: an object was written, read and removed", config.archive_uri));
  if (!config.archive_uri.starts_with("s3://")) return;
  list.Note(
      "archive: give the bucket a lifecycle rule that removes incomplete multipart uploads after a day; an "
      "upload "
      "that is cut off leaves parts behind that cost money");
}

void CheckAlerts(const CheckOptions& options, const Config& config, CheckList& list) {
  if (config.sns_topic_arn.empty())
    return list.Note("alerts: only in the log, as AWS_SNS_TOPIC_ARN is not set");
  const auto delivery = OpenDelivery(config);
  if (!delivery) return list.Fail("alerts " + config.sns_topic_arn, delivery.error().message);
  if (!options.send_test_alert) {
    return list.Note("alerts " + config.sns_topic_arn + ": not checked; --send-test-alert sends one");
  }
  alert::Notification test;
  test.kind = "test";
  test.summary = "`ntsp check --send-test-alert` sent this; nothing is wrong";
  test.count = 1;
  test.first_time = test.last_time = SystemClock().WallTime();
  if (const auto sent = (*delivery)->Send(test); !sent) {
    return list.Fail("alerts " + config.sns_topic_arn, sent.error().message);
  }
  list.Ok("alerts " + config.sns_topic_arn + ": a test alert was sent; see whether it arrived");
}

}  // namespace

int CheckCommand(const CheckOptions& options, const Loaded& loaded) {
  // What librdkafka says beside the answers is shown only if it is serious: the lines below say it better.
  log::Options quiet;
  quiet.level = log::Level::kError;
  quiet.format = log::Format::kText;
  (void)log::Configure(quiet);
  CheckList list(std::cout);
  list.Ok(fmt::format("settings: {} variables, none impossible", loaded.effective.size()));
  for (const std::string& warning : loaded.warnings) list.Note(warning);
  CheckKafka(loaded.config, list);
  CheckStore(loaded.config, list);
  CheckAlerts(options, loaded.config, list);
  aws::StopSdk();
  return list.failed() ? kFailed : kDone;
}

}  // namespace ntsp::app
