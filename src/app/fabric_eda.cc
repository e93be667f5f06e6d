#include "app/fabric_eda.h"

#include <algorithm>

#include "app/fabric_sr_linux.h"
#include "app/time_text.h"
#include "base/json_text.h"

namespace ntsp::app {
namespace {

// The exporter is told which fields to send, and these are not among them.
bool IsFiltered(const FabricLeaf& leaf) {
  return leaf.name == "mtu" || leaf.name == "carrier-transitions" || leaf.name == "status";
}

std::string Keys(const FabricReport& report, const FabricObject& object) {
  JsonObject keys;
  keys.Text("namespace_name", kFabricNamespace).Text("node_name", report.node->name);
  for (const FabricKey& key : object.keys)
    keys.Text(std::string(key.list) + '_' + std::string(key.name), key.value);
  return keys.Finish();
}

// What stands in a container is a table of its own, with an exporter of its own.
std::string Fields(const FabricObject& object) {
  JsonObject fields;
  for (const FabricLeaf& leaf : object.leaves) {
    if (!leaf.container.empty() || IsFiltered(leaf)) continue;
    fields.Raw(leaf.name, LeafJson(leaf, LongNumbers::kAsNumbers));
  }
  return fields.Finish();
}

std::string Table(const FabricReport& report, std::span<const FabricObject> objects) {
  std::string path = ".namespace.node.srl." + WithoutModules(objects.front().path);
  std::ranges::replace(path, '/', '.');
  return JsonObject()
      .Text("path", path)
      .Text("timestamp", TimeText(report.time))
      .Raw("entries",
           JsonList(
               objects,
               [&](const FabricObject& object) {
                 return JsonObject().Raw("keys", Keys(report, object)).Raw("fields", Fields(object)).Finish();
               }))
      .Finish();
}

}  // namespace

std::string EdaText(const FabricReport& report) {
  const auto objects = SrLinuxObjects(report);
  return JsonList(GroupsByPath(objects), [&](const auto& group) { return Table(report, group); });
}

}  // namespace ntsp::app
