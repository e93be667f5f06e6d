#include "archive/file_store.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace ntsp::archive {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class FileStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "ntsp-file-store-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    directory_ = name;
    auto store = FileStore::Open(directory_ + "/archive/");
    ASSERT_TRUE(store.has_value()) << store.error().message;
    store_ = *std::move(store);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string directory_;
  std::unique_ptr<FileStore> store_;
};

TEST_F(FileStoreTest, gives_back_what_was_put_and_makes_the_folders) {
  const std::string bytes("a\0b\n", 4);
  ASSERT_TRUE(store_->Put("processed/dt=2026-11-23/x.parquet", bytes).has_value());
  EXPECT_EQ(store_->Get("processed/dt=2026-11-23/x.parquet").value(), bytes);
  EXPECT_TRUE(store_->Exists("processed/dt=2026-11-23/x.parquet").value());
}

TEST_F(FileStoreTest, a_put_replaces_the_whole_object) {
  ASSERT_TRUE(store_->Put("k", "a long first version").has_value());
  ASSERT_TRUE(store_->Put("k", "short").has_value());
  EXPECT_EQ(store_->Get("k").value(), "short");
}

TEST_F(FileStoreTest, what_is_not_there_does_not_exist_and_cannot_be_read_but_is_removed) {
  EXPECT_FALSE(store_->Exists("no/such").value());
  EXPECT_EQ(store_->Get("no/such").error().kind, ErrorKind::kReject);
  EXPECT_TRUE(store_->Remove("no/such").has_value());
}

TEST_F(FileStoreTest, remove_removes) {
  ASSERT_TRUE(store_->Put("k", "x").has_value());
  ASSERT_TRUE(store_->Remove("k").has_value());
  EXPECT_FALSE(store_->Exists("k").value());
}

TEST_F(FileStoreTest, a_folder_is_no_object) {
  ASSERT_TRUE(store_->Put("folder/k", "x").has_value());
  EXPECT_FALSE(store_->Exists("folder").value());
}

TEST_F(FileStoreTest, lists_whole_keys_below_any_prefix_and_no_unfinished_files) {
  for (const char* key : {"a/1", "a/b/2", "ab/3", "c"}) ASSERT_TRUE(store_->Put(key, "x").has_value());
  std::ofstream(directory_ + "/archive/a/.ntsp-1-1.tmp") << "half";
  EXPECT_THAT(store_->List("").value(), UnorderedElementsAre("a/1", "a/b/2", "ab/3", "c"));
  EXPECT_THAT(store_->List("a/").value(), UnorderedElementsAre("a/1", "a/b/2"));
  EXPECT_THAT(store_->List("a").value(), UnorderedElementsAre("a/1", "a/b/2", "ab/3"));
  EXPECT_THAT(store_->List("a/b/2").value(), UnorderedElementsAre("a/b/2"));
  EXPECT_THAT(store_->List("none/of/this").value(), IsEmpty());
}

TEST_F(FileStoreTest, keys_that_would_leave_the_directory_are_refused) {
  for (const std::string& key :
       {std::string(), std::string("/etc/passwd"), std::string("../x"), std::string("a/../../x"),
        std::string("a/."), std::string("a/"), std::string(".hidden"), std::string("a\0b", 3)}) {
    const auto put = store_->Put(key, "x");
    ASSERT_FALSE(put.has_value()) << key;
    EXPECT_EQ(put.error().kind, ErrorKind::kStop) << key;
    EXPECT_FALSE(store_->Get(key).has_value()) << key;
    EXPECT_FALSE(store_->Remove(key).has_value()) << key;
  }
  EXPECT_FALSE(std::filesystem::exists(directory_ + "/x"));
}

TEST_F(FileStoreTest, a_put_that_fails_is_a_retry_with_advice_and_leaves_nothing) {
  ASSERT_TRUE(store_->Put("file", "x").has_value());
  const auto below_a_file = store_->Put("file/key", "x");
  ASSERT_FALSE(below_a_file.has_value());
  EXPECT_EQ(below_a_file.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(below_a_file.error().message, HasSubstr("a file stands where a directory is needed"));

  ASSERT_TRUE(store_->Put("folder/key", "x").has_value());
  const auto over_a_folder = store_->Put("folder", "x");
  ASSERT_FALSE(over_a_folder.has_value());
  EXPECT_EQ(over_a_folder.error().kind, ErrorKind::kRetry);
  for (const auto& entry : std::filesystem::directory_iterator(directory_ + "/archive")) {
    EXPECT_NE(entry.path().extension(), ".tmp");
  }
}

TEST_F(FileStoreTest, without_the_right_to_write_it_says_so) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  ASSERT_EQ(chmod((directory_ + "/archive").c_str(), 0555), 0);
  const auto put = store_->Put("k", "x");
  ASSERT_FALSE(put.has_value());
  EXPECT_EQ(put.error().kind, ErrorKind::kRetry);
  EXPECT_THAT(put.error().message, HasSubstr("the right to write"));
}

TEST_F(FileStoreTest, says_where_it_is) {
  EXPECT_EQ(store_->Uri(), "file://" + directory_ + "/archive");
}

TEST(FileStore, without_a_directory_it_does_not_open) {
  EXPECT_EQ(FileStore::Open("").error().kind, ErrorKind::kStop);
  EXPECT_EQ(FileStore::Open("/dev/null/archive").error().kind, ErrorKind::kStop);
}

}  // namespace
}  // namespace ntsp::archive
