#include "decode/unpack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string Gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

struct Format {
  const char* name;
  std::string (*pack)(std::string_view);
};

class UnpackTest : public testing::TestWithParam<Format> {
 protected:
  static std::string Pack(std::string_view text) { return GetParam().pack(text); }
  // What `value` holds, or why it cannot be told.
  std::string Unpacked(std::string_view value) {
    const auto why = unpacker_.Unpack(value);
    return why ? std::string(RejectName(why->kind)) + " " + why->message : std::string(value);
  }

  Unpacker unpacker_;
};

INSTANTIATE_TEST_SUITE_P(Formats, UnpackTest, testing::Values(Format{"gzip", Gzip}, Format{"zstd", Zstd}),
                         [](const auto& test) { return test.param.name; });

TEST_P(UnpackTest, gives_back_what_was_packed) {
  const std::string large(3'000'000, 'x');
  for (const std::string& text : {std::string("{}"), std::string(), large, std::string("again")}) {
    EXPECT_EQ(Unpacked(Pack(text)), text);
  }
}

TEST_P(UnpackTest, packed_values_may_stand_one_behind_the_other) {
  EXPECT_EQ(Unpacked(Pack("{\"a\":") + Pack("") + Pack("1}")), "{\"a\":1}");
}

TEST_P(UnpackTest, a_value_that_is_cut_short_or_damaged_is_refused) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += std::to_string(i * i);
  const std::string whole = Pack(text);
  for (const size_t size : {size_t{4}, size_t{12}, whole.size() / 2, whole.size() - 1}) {
    EXPECT_THAT(Unpacked(std::string_view(whole).substr(0, size)),
                testing::StartsWith("invalid-compression not readable as "))
        << size;
  }
  std::string damaged = whole;
  damaged[damaged.size() / 2] ^= 0x55;
  damaged[damaged.size() / 2 + 1] ^= 0x55;
  EXPECT_THAT(Unpacked(damaged + "x"), HasSubstr("invalid-compression"));
  EXPECT_EQ(Unpacked(whole), text);
}

TEST_P(UnpackTest, a_bomb_is_refused_before_it_takes_the_memory) {
  const std::string bomb = Pack(std::string(Unpacker::kMaxSize + 1, ' '));
  EXPECT_LT(bomb.size(), 100'000u);
  EXPECT_THAT(Unpacked(bomb), HasSubstr("unpack to more than 16 MiB"));
  EXPECT_EQ(Unpacked(Pack(std::string(Unpacker::kMaxSize, ' '))).size(), Unpacker::kMaxSize);
}

TEST_P(UnpackTest, whole_messages_are_decoded_and_the_dead_letter_is_the_packed_value) {
  const Decoded good(Pack(R"({"path":".a","entries":[{"keys":{"node_name":"n"},"fields":{"x":1}}]})"));
  EXPECT_EQ(good.Samples(), std::vector<std::string>{"a node=n .:x=1"});
  const Decoded bad(Pack("hello"));
  EXPECT_THAT(bad.Rejected(), HasSubstr("invalid-json"));
  EXPECT_THAT(bad.Failed(), IsEmpty());
  EXPECT_THAT(Decoded(Pack(" ")).Rejected(), HasSubstr("empty"));
}

TEST(Unpack, other_values_stay_as_they_are) {
  Unpacker unpacker;
  for (const std::string_view value : {"{}", "", "\x1f\x8b", "\x28\xb5\x2f", "\x1f\x8b\x09 "}) {
    std::string_view unpacked = value;
    EXPECT_FALSE(unpacker.Unpack(unpacked));
    EXPECT_EQ(unpacked.data(), value.data());
  }
}

}  // namespace
}  // namespace ntsp::decode
