#include "archive/file_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace ntsp::archive {

namespace {

namespace fs = std::filesystem;

std::string_view AdviceFor(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "; make room or move ARCHIVE_URI to a larger disk";
    case EACCES:
    case EPERM:
      return "; give ntsp's user the right to write there";
    case EROFS:
      return "; the file system is mounted read-only";
    case ENOTDIR:
    case EEXIST:
      return "; a file stands where a directory is needed";
    default:
      return "";
  }
}

Failure Failed(std::string_view doing, const fs::path& path, int error) {
  return Retry(std::string(doing) + " " + path.string() +
               " failed: " + std::generic_category().message(error) + std::string(AdviceFor(error)));
}

// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : fd_(open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool ok() const { return fd_ >= 0; }
  bool Sync() const { return fsync(fd_) == 0; }

  bool Write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return true;
  }

 private:
  const int fd_;
};

// A rename or a new folder is on the disk only when the directory that names it is.
Result<void> SyncFolder(const fs::path& folder) {
  const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
  if (!directory.ok() || !directory.Sync()) return Failed("flushing", folder, errno);
  return {};
}

// Unique among the threads and processes that write into the folder; the dot hides it from readers.
fs::path TemporaryBeside(const fs::path& path) {
  static std::atomic<uint64_t> counter{0};
  return path.parent_path() /
         (".ntsp-" + std::to_string(getpid()) + "-" + std::to_string(++counter) + ".tmp");
}

Result<void> WriteWhole(const fs::path& path, std::string_view bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.ok() || !file.Write(bytes) || !file.Sync()) return Failed("writing", path, errno);
  return {};
}

bool IsHidden(const fs::path& name) {
  return name.string().starts_with('.');
}

}  // namespace

Result<std::unique_ptr<FileStore>> FileStore::Open(const std::string& directory) {
  if (directory.empty())
    return Stop("the archive's directory is empty; ARCHIVE_URI has to look like file:///dir");
  std::error_code error;
  fs::path root = fs::absolute(directory, error).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();  // a slash at the end
  if (!error) fs::create_directories(root, error);
  if (error) {
    return Stop("the archive's directory " + root.string() + " cannot be made: " + error.message() +
                std::string(AdviceFor(error.value())));
  }
  return std::unique_ptr<FileStore>(new FileStore(std::move(root)));
}

Result<fs::path> FileStore::PathOf(const std::string& key) const {
  const fs::path relative(key);
  bool inside =
      !key.empty() && relative.is_relative() && relative.has_filename() && key.find('\0') == key.npos;
  for (const fs::path& name : relative) inside = inside && !IsHidden(name);
  if (!inside) return Stop("'" + key + "' is not a key: it has to be a path below " + root_.string());
  return root_ / relative;
}

Result<void> FileStore::MakeFolder(const fs::path& folder) const {
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  NTSP_TRY(MakeFolder(folder.parent_path()));
  error.clear();
  fs::create_directory(folder, error);  // another thread may have been first: no error
  if (error) return Failed("making", folder, error.value());
  return SyncFolder(folder.parent_path());
}

Result<void> FileStore::Put(const std::string& key, std::string_view bytes) {
  NTSP_ASSIGN(const fs::path path, PathOf(key));
  NTSP_TRY(MakeFolder(path.parent_path()));
  const fs::path temporary = TemporaryBeside(path);
  Result<void> done = WriteWhole(temporary, bytes);
  if (done && rename(temporary.c_str(), path.c_str()) != 0) done = Failed("renaming to", path, errno);
  if (!done) {
    unlink(temporary.c_str());
    return done;
  }
  return SyncFolder(path.parent_path());
}

Result<bool> FileStore::Exists(const std::string& key) {
  NTSP_ASSIGN(const fs::path path, PathOf(key));
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error && status.type() != fs::file_type::not_found) return Failed("looking for", path, error.value());
  return fs::is_regular_file(status);
}

Result<std::vector<std::string>> FileStore::List(const std::string& prefix) {
  const size_t slash = prefix.rfind('/');
  const fs::path folder = slash == std::string::npos ? root_ : root_ / prefix.substr(0, slash);
  std::vector<std::string> keys;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  if (error == std::errc::no_such_file_or_directory) return keys;
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (IsHidden(at->path().filename()) || !at->is_regular_file(error)) continue;
    std::string key = at->path().lexically_relative(root_).generic_string();
    if (key.starts_with(prefix)) keys.push_back(std::move(key));
  }
  if (error) return Failed("listing", folder, error.value());
  return keys;
}

Result<std::string> FileStore::Get(const std::string& key) {
  NTSP_ASSIGN(const bool exists, Exists(key));
  if (!exists) return Reject("there is no object " + Uri() + "/" + key);
  std::ifstream file(root_ / key, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file) return Failed("reading", root_ / key, errno);
  return bytes;
}

Result<void> FileStore::Remove(const std::string& key) {
  NTSP_ASSIGN(const fs::path path, PathOf(key));
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return Failed("removing", path, errno);
  return {};
}

}  // namespace ntsp::archive
