#include "app/fabric_gnmic_json.h"

#include "app/time_text.h"
#include "base/json_text.h"

namespace ntsp::app {
namespace {

// ']' would end the key, and '\' begins an escape.
std::string KeyInPath(const FabricKey& key) {
  std::string text = '[' + std::string(key.name) + '=';
  for (const char c : key.value) {
    if (c == ']' || c == '\\') text += '\\';
    text += c;
  }
  return text + ']';
}

std::string Path(const FabricObject& object) {
  std::string path;
  ForEachElement(object, [&](std::string_view element, const FabricKey* key) {
    if (!path.empty()) path += '/';
    path += element;
    if (key != nullptr) path += KeyInPath(*key);
  });
  return path;
}

std::string Update(const FabricObject& object) {
  return JsonObject()
      .Text("Path", Path(object))
      .Raw("values", JsonObject().Raw(object.path, LeavesJson(object.leaves, LongNumbers::kAsText)).Finish())
      .Finish();
}

}  // namespace

std::string GnmicJsonText(const FabricReport& report, std::span<const FabricObject> objects) {
  return JsonObject()
      .Text("source", WithPort(report.node->name, 57400))
      .Text("subscription-name", "fabric")
      .Number("timestamp", Nanoseconds(report.time))
      .Text("time", TimeText(report.time))
      .Raw("updates", JsonList(objects, Update))
      .Finish();
}

}  // namespace ntsp::app
