#include "app/fabric_gnmi_proto.h"

#include "base/json_text.h"

namespace ntsp::app {
namespace {

std::string Element(std::string_view name, const FabricKey* key) {
  JsonObject element;
  element.Text("name", name);
  if (key != nullptr) element.Raw("key", JsonObject().Text(key->name, key->value).Finish());
  return element.Finish();
}

void AppendElements(std::string_view path, std::vector<std::string>& elements) {
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    elements.push_back(Element(name, nullptr));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
}

std::string Path(const FabricObject& object, const FabricLeaf& leaf) {
  std::vector<std::string> elements;
  ForEachElement(
      object, [&](std::string_view name, const FabricKey* key) { elements.push_back(Element(name, key)); });
  AppendElements(leaf.container, elements);
  AppendElements(leaf.name, elements);
  const std::string list = JsonList(elements, [](const std::string& element) { return element; });
  return JsonObject().Raw("elem", list).Finish();
}

// Integers are text in proto3's JSON, of whatever size.
std::string Value(const FabricLeaf& leaf) {
  const bool is_text = leaf.type == FabricLeaf::Type::kText;
  return JsonObject().Text(is_text ? "stringVal" : "uintVal", leaf.value).Finish();
}

std::string Updates(std::span<const FabricObject> objects) {
  std::vector<std::string> updates;
  for (const FabricObject& object : objects) {
    for (const FabricLeaf& leaf : object.leaves) {
      updates.push_back(JsonObject().Raw("path", Path(object, leaf)).Raw("val", Value(leaf)).Finish());
    }
  }
  return JsonList(updates, [](const std::string& update) { return update; });
}

}  // namespace

// gNMIc has been told to add the target: else only the Kafka key names the node.
std::string GnmiProtoText(const FabricReport& report, std::span<const FabricObject> objects) {
  const std::string notification = JsonObject()
                                       .Text("timestamp", std::to_string(Nanoseconds(report.time)))
                                       .Raw("prefix", JsonObject().Text("target", report.node->name).Finish())
                                       .Raw("update", Updates(objects))
                                       .Finish();
  return JsonObject().Raw("update", notification).Finish();
}

}  // namespace ntsp::app
