#include "app/fabric_cisco_pipeline.h"

#include "base/json_text.h"

namespace ntsp::app {
namespace {

std::string Header(const FabricReport& report, const std::string& path) {
  return JsonObject()
      .Text("node_id_str", report.node->name)
      .Text("subscription_id_str", "fabric")
      .Text("encoding_path", path)
      .Number("collection_id", CollectionId(report))
      .Number("collection_start_time", report.time.Millis())
      .Number("msg_timestamp", report.time.Millis())
      .Number("collection_end_time", report.time.Millis())
      .Finish();
}

std::string Row(const FabricReport& report, const FabricObject& object) {
  JsonObject keys;
  for (const FabricKey& key : object.keys) keys.Text(key.name, key.value);
  return JsonObject()
      .Number("Timestamp", report.time.Millis())
      .Raw("Keys", keys.Finish())
      .Raw("Content", LeavesJson(object.leaves, LongNumbers::kAsNumbers))
      .Finish();
}

std::string Message(const FabricReport& report, std::span<const FabricObject> rows) {
  return JsonObject()
      .Text("Source", WithPort(report.node->management_address, 57500))
      .Raw("Telemetry", Header(report, rows.front().path))
      .Raw("Rows", JsonList(rows, [&](const FabricObject& object) { return Row(report, object); }))
      .Finish();
}

}  // namespace

std::string CiscoPipelineText(const FabricReport& report, std::span<const FabricObject> objects) {
  return JsonList(GroupsByPath(objects), [&](const auto& rows) { return Message(report, rows); });
}

}  // namespace ntsp::app
