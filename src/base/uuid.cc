#include "base/uuid.h"

#include <openssl/evp.h>

#include <cstdint>
#include <memory>

namespace ntsp {
namespace {

// RFC 9562, appendix: 6ba7b811-9dad-11d1-80b4-00c04fd430c8.
constexpr std::array<unsigned char, 16> kUrlNamespace = {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                                         0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

std::array<unsigned char, EVP_MAX_MD_SIZE> Sha1OfNamespaceAnd(std::string_view name) {
  // Looking the digest up by name costs more than hashing: once a process, and one context a thread.
  static EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  EVP_DigestInit_ex2(context.get(), sha1, nullptr);
  EVP_DigestUpdate(context.get(), kUrlNamespace.data(), kUrlNamespace.size());
  EVP_DigestUpdate(context.get(), name.data(), name.size());
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return digest;
}

}  // namespace

UuidText UrlUuid(std::string_view name) {
  auto bytes = Sha1OfNamespaceAnd(name);
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x50);  // version 5
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);  // variant of the RFC
  UuidText text;
  size_t at = 0;
  for (size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text[at++] = '-';
    text[at++] = "0123456789abcdef"[bytes[i] >> 4];
    text[at++] = "0123456789abcdef"[bytes[i] & 15];
  }
  return text;
}

}  // namespace ntsp
