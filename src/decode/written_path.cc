#include "decode/written_path.h"

#include <algorithm>

#include "base/arena.h"
#include "model/json_cursor.h"
#include "model/json_index.h"

namespace ntsp::decode {
namespace {

constexpr size_t kEnough = 5;

void Add(std::string_view path, std::vector<std::string>& paths) {
  if (paths.size() >= kEnough || path.empty()) return;
  if (std::ranges::find(paths, path) == paths.end()) paths.emplace_back(path);
}

void ReadNames(JsonCursor& in, std::vector<std::string>& paths) {
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view name = in.Key();
    const bool holds_more = in.AtObject() || in.AtArray();
    const size_t slash = name.rfind('/');
    Add(holds_more ? name : name.substr(0, slash == std::string_view::npos ? 0 : slash), paths);
    in.Skip();
  }
}

void ReadKeys(JsonCursor& in, std::string& path) {
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    path.append("[").append(in.Key()).append("=");
    path.append(in.Value().text).append("]");
  }
}

void ReadElement(JsonCursor& in, std::string& path) {
  std::string keys;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view member = in.Key();
    if (member == "name") {
      path.append("/").append(in.Value().text);
    } else if (member == "key" && in.AtObject()) {
      ReadKeys(in, keys);
    } else {
      in.Skip();
    }
  }
  path += keys;
}

void ReadList(JsonCursor& in, std::vector<std::string>& paths) {
  std::string path;
  for (bool more = in.EnterArray(); more; more = in.NextElement()) {
    if (in.AtObject()) {
      ReadElement(in, path);
    } else {
      Add(in.Value().text, paths);
    }
  }
  Add(path, paths);
}

}  // namespace

std::vector<std::string> WrittenPaths(const Scalar& value) {
  std::vector<std::string> paths;
  if (value.kind == Scalar::Kind::kText) Add(value.text, paths);
  if (value.kind != Scalar::Kind::kJson) return paths;
  JsonIndex index;
  Arena arena;
  if (index.Build(value.text)) return paths;
  JsonCursor in(index, arena);
  in.AtObject() ? ReadNames(in, paths) : ReadList(in, paths);
  return paths;
}

}  // namespace ntsp::decode
