#include "base/curl_handle.h"

#include <curl/curl.h>

#include <algorithm>

#include "base/socket_options.h"

namespace ntsp {
namespace {

int NoticeDeadPeers(void*, curl_socket_t socket, curlsocktype) {
  NoticeDeadPeer(socket);
  return CURL_SOCKOPT_OK;
}

}  // namespace

void CurlHandle::Cleanup::operator()(void* handle) const {
  curl_easy_cleanup(handle);
}

Result<void> CurlHandle::Start() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (started) handle_.reset(curl_easy_init());
  if (handle_ == nullptr) return Stop("libcurl cannot start");
  return {};
}

void CurlHandle::Prepare(const CurlPost& post) {
  CURL* const handle = handle_.get();
  answer_ = {&post.answer, post.most_answer};
  curl_easy_reset(handle);
  curl_easy_setopt(handle, CURLOPT_URL, post.url.c_str());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, &NoticeDeadPeers);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(post.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, post.body.data());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &CurlHandle::Keep);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer_);
  if (!post.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, post.ca_file.c_str());
}

size_t CurlHandle::Keep(char* data, size_t size, size_t count, void* answer) {
  const auto& [text, most] = *static_cast<const Answer*>(answer);
  text->append(data, std::min(size * count, most - text->size()));
  return size * count;
}

}  // namespace ntsp
