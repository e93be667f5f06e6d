#include "app/secret_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/config.h"
#include "app/config_text.h"

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SecretFile : public testing::Test {
 protected:
  SecretFile() { std::filesystem::create_directories(folder_); }
  ~SecretFile() override { std::filesystem::remove_all(folder_); }

  std::string File(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }

  static Result<Loaded> Load(Environment environment) {
    LoadInput input;
    input.environment = std::move(environment);
    input.host_name = "probe";
    input.check_property = [](const std::string&, const std::string&) { return Result<void>(); };
    return LoadConfig(input);
  }

  static std::string Mistakes(Environment environment) {
    const auto loaded = Load(std::move(environment));
    return loaded ? "no mistake" : loaded.error().message;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("ntsp-secrets-" + std::to_string(getpid()));
};

TEST_F(SecretFile, is_named_by_the_secrets_name_with_file_behind_it) {
  EXPECT_EQ(SecretOfFile("LOGFIRE_TOKEN_FILE"), "LOGFIRE_TOKEN");
  EXPECT_EQ(SecretOfFile("KAFKA_CLIENT_SASL_PASSWORD_FILE"), "KAFKA_CLIENT_SASL_PASSWORD");
  EXPECT_EQ(SecretOfFile("AWS_WEB_IDENTITY_TOKEN_FILE"), "");  // the SDK's own
  EXPECT_EQ(SecretOfFile("AWS_SHARED_CREDENTIALS_FILE"), "");
  EXPECT_EQ(SecretOfFile("KAFKA_RAW_TOPIC_FILE"), "");  // no secret
  EXPECT_EQ(SecretOfFile("LOG_FILE"), "");
}

TEST_F(SecretFile, gives_the_setting_its_value_without_the_line_end) {
  const auto loaded = Load({{"LOGFIRE_TOKEN_FILE", File("token", "t0ken\n")},
                            {"KAFKA_CLIENT_SASL_PASSWORD_FILE", File("password", " with blanks \r\n")}});
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->config.logfire_token, "t0ken");
  EXPECT_EQ(loaded->config.kafka.properties.at("sasl.password"), " with blanks ");
}

TEST_F(SecretFile, of_aws_is_handed_to_the_sdk) {
  const auto loaded =
      Load({{"AWS_ACCESS_KEY_ID", "id"}, {"AWS_SECRET_ACCESS_KEY_FILE", File("key", "s3cr3t\n")}});
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->aws_secrets.at("AWS_SECRET_ACCESS_KEY"), "s3cr3t");
}

TEST_F(SecretFile, is_shown_as_hidden_with_its_source) {
  const auto loaded = Load({{"LOGFIRE_TOKEN_FILE", File("token", "t0ken\n")}});
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_THAT(ConfigText(*loaded), HasSubstr("LOGFIRE_TOKEN=(hidden)  # source: secret file"));
  EXPECT_THAT(ConfigText(*loaded), Not(HasSubstr("t0ken")));
}

TEST_F(SecretFile, that_cannot_be_read_is_an_error_that_names_the_variable) {
  EXPECT_THAT(Mistakes({{"LOGFIRE_TOKEN_FILE", "/nowhere/token"}}),
              HasSubstr("LOGFIRE_TOKEN_FILE: cannot read /nowhere/token: No such file"));
  EXPECT_THAT(Mistakes({{"LOGFIRE_TOKEN_FILE", folder_.string()}}), HasSubstr("it is a directory"));
  EXPECT_THAT(Mistakes({{"LOGFIRE_TOKEN_FILE", File("empty", "\n")}}), HasSubstr("is empty"));
  EXPECT_THAT(Mistakes({{"LOGFIRE_TOKEN_FILE", File("large", std::string(70'000, 'x'))}}),
              HasSubstr("larger than 64 KiB"));
}

TEST_F(SecretFile, beside_the_value_itself_is_an_error) {
  EXPECT_THAT(Mistakes({{"LOGFIRE_TOKEN_FILE", File("token", "one")}, {"LOGFIRE_TOKEN", "two"}}),
              HasSubstr("LOGFIRE_TOKEN and LOGFIRE_TOKEN_FILE are both set: set one of them"));
}

TEST_F(SecretFile, with_a_value_that_is_not_allowed_does_not_show_it) {
  const std::string mistakes = Mistakes({{"LOGFIRE_TOKEN_FILE", File("token", "with blank")}});
  EXPECT_THAT(mistakes, HasSubstr("LOGFIRE_TOKEN=(hidden)"));
  EXPECT_THAT(mistakes, Not(HasSubstr("with blank")));
}

}  // namespace
}  // namespace ntsp::app
