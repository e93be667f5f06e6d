// Objects as files below a directory. A put writes a temporary file beside the object, flushes it to the disk
// and renames it, so that a reader or a crash finds the old object or the new one, whole.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/object_store.h"
#include "base/result.h"

namespace ntsp::archive {

// Thread-safe; several processes may share the directory.
class FileStore : public ObjectStore {
 public:
  // Makes the directory if it is missing. kStop if that fails or `directory` is empty.
  static Result<std::unique_ptr<FileStore>> Open(const std::string& directory);

  // Keys are relative paths with '/'; one that is empty or would leave the directory (or hides: a name that
  // starts with a dot) is kStop. Everything else that fails is kRetry: space and rights can be given while
  // ntsp waits.
  Result<void> Put(const std::string& key, std::string_view bytes) override;
  Result<bool> Exists(const std::string& key) override;
  Result<std::vector<std::string>> List(const std::string& prefix) override;
  // kReject if there is no such object.
  Result<std::string> Get(const std::string& key) override;
  // An object that does not exist counts as removed.
  Result<void> Remove(const std::string& key) override;
  std::string Uri() const override { return "file://" + root_.string(); }

 private:
  explicit FileStore(std::filesystem::path root) : root_(std::move(root)) {}

  Result<std::filesystem::path> PathOf(const std::string& key) const;
  Result<void> MakeFolder(const std::filesystem::path& folder) const;

  const std::filesystem::path root_;
};

}  // namespace ntsp::archive
