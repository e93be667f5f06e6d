#include "app/stage_options.h"

#include <algorithm>

#include "app/version.h"
#include "archive/parquet_file.h"

namespace ntsp::app {

std::string ArchiveGroup(const Config& config) {
  return config.consumer_group + "-archive";
}

std::map<std::string, Table> TableTopics(const Config& config) {
  return {{config.node_topic, Table::kNode},
          {config.interface_topic, Table::kInterface},
          {config.address_topic, Table::kAddress}};
}

publish::Options NormalizeStageOptions(const Config& config, const MemoryPlan& memory) {
  publish::Options options;
  options.topics = {config.raw_topic, config.node_topic, config.interface_topic, config.address_topic,
                    config.dead_letter_topic};
  options.group = config.consumer_group;
  options.instance_id = config.instance_id;
  options.workers = static_cast<int>(config.normalize_workers);
  options.framing = config.framing;
  options.delivery = config.exactly_once ? publish::Delivery::kExactlyOnce : publish::Delivery::kAtLeastOnce;
  options.max_message_bytes = config.max_message_bytes;
  options.keep_extra = config.keep_extra;
  options.node_records_always = !config.node_facts_only;
  options.mapping = config.mapping;
  options.create_topics = config.create_topics;
  options.commit_interval = std::chrono::milliseconds(config.commit_interval_ms);
  options.fetch_kilobytes = memory.normalize_fetch_kb;
  options.send_kilobytes = memory.normalize_produce_kb;
  options.client = config.kafka;
  options.stuck_after = std::chrono::seconds(config.stuck_after_s);
  if (config.alert_on_interface_down) {
    options.watch.interface_down_after = std::chrono::seconds(config.alert_interface_down_s);
  }
  options.watch.node_silent_intervals = config.alert_node_silent_intervals;
  return options;
}

archive::FileBuilderFactory ArchiveFiles(const MemoryPlan& memory) {
  return archive::ParquetFiles(
      {.row_group_bytes = memory.archive_row_group_bytes, .writer_version = std::string(Version())});
}

archive::ArchiveStage::Options ArchiveStageOptions(const Config& config, const MemoryPlan& memory,
                                                   std::shared_ptr<archive::ObjectStore> store) {
  archive::ArchiveStage::Options options;
  options.kafka = config.kafka;
  options.group = ArchiveGroup(config);
  options.topics = TableTopics(config);
  options.store = std::move(store);
  options.prefix = "";  // the store has it
  options.make_file = ArchiveFiles(memory);
  options.workers = static_cast<int>(config.archive_workers);
  options.max_bytes = std::min(config.archive_max_bytes, memory.archive_window_bytes);
  options.max_age = std::chrono::seconds(config.archive_max_age_s);
  options.memory_budget = memory.archive_windows_bytes;
  options.fetch_kilobytes = memory.archive_fetch_kb;
  options.stuck_after = std::chrono::seconds(config.stuck_after_s);
  return options;
}

}  // namespace ntsp::app
