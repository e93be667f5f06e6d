#include "app/fabric_cisco_mdt.h"

#include "base/json_text.h"

namespace ntsp::app {
namespace {

std::string Millis(const FabricReport& report) {
  return std::to_string(report.time.Millis());
}

std::string Row(const FabricReport& report, const FabricObject& object) {
  const auto key = [](const FabricKey& k) { return JsonObject().Text(k.name, k.value).Finish(); };
  return JsonObject()
      .Text("timestamp", Millis(report))
      .Raw("keys", JsonList(object.keys, key))
      .Raw("content", LeavesJson(object.leaves, LongNumbers::kAsText))
      .Finish();
}

std::string Message(const FabricReport& report, std::span<const FabricObject> rows) {
  return JsonObject()
      .Text("node_id_str", report.node->name)
      .Text("subscription_id_str", "fabric")
      .Text("encoding_path", rows.front().path)
      .Text("collection_id", std::to_string(CollectionId(report)))
      .Text("collection_start_time", Millis(report))
      .Text("msg_timestamp", Millis(report))
      .Raw("data_json", JsonList(rows, [&](const FabricObject& object) { return Row(report, object); }))
      .Text("collection_end_time", Millis(report))
      .Finish();
}

}  // namespace

std::string CiscoMdtText(const FabricReport& report, std::span<const FabricObject> objects) {
  return JsonList(GroupsByPath(objects), [&](const auto& rows) { return Message(report, rows); });
}

}  // namespace ntsp::app
