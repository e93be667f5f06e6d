#include "aws/form_post.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "aws/endpoint.h"
#include "base/socket_options.h"

namespace ntsp::aws {

namespace {

using CurlHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using CurlHeaders = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

constexpr size_t kMaxAnswer = 64 * 1024;

// Takes all, keeps the beginning: an answer is a few hundred bytes, and a wrong server may send anything.
size_t KeepAnswer(char* data, size_t size, size_t count, void* answer) {
  auto& text = *static_cast<std::string*>(answer);
  text.append(data, std::min(size * count, kMaxAnswer - text.size()));
  return size * count;
}

int NoticeDeadPeers(void*, curl_socket_t socket, curlsocktype) {
  NoticeDeadPeer(socket);
  return CURL_SOCKOPT_OK;
}

bool StartCurl() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return started;
}

}  // namespace

struct FormPost::State {
  FormPostOptions options;
  std::string url;
  CurlHandle curl{nullptr, &curl_easy_cleanup};

  void Prepare(const std::string& form, std::string* answer) {
    CURL* const handle = curl.get();
    curl_easy_reset(handle);  // keeps the connection
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, &NoticeDeadPeers);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, form.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &KeepAnswer);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, answer);
    if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
  }

  Result<long> Perform() {
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_PEER_FAILED_VERIFICATION)
      return Retry(options.service + " at " + url + ": " + std::string(kUntrusted));
    if (code != CURLE_OK) {
      return Retry(options.service + " at " + url + " cannot be reached: " + curl_easy_strerror(code) +
                   "; check the network, the proxy and " + options.variable);
    }
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
  }
};

FormPost::FormPost(std::unique_ptr<State> state) : state_(std::move(state)) {}

FormPost::~FormPost() = default;

Result<std::unique_ptr<FormPost>> FormPost::Make(FormPostOptions options) {
  auto state = std::make_unique<State>();
  NTSP_ASSIGN(const Endpoint endpoint, ParseEndpoint(options.endpoint));
  state->url = endpoint.Url() + "/";
  state->options = std::move(options);
  if (StartCurl()) state->curl.reset(curl_easy_init());
  if (state->curl == nullptr) return Stop("libcurl cannot start");
  return std::unique_ptr<FormPost>(new FormPost(std::move(state)));
}

const std::string& FormPost::url() const {
  return state_->url;
}

Result<FormAnswer> FormPost::Send(const std::string& form) {
  FormAnswer answer;
  state_->Prepare(form, &answer.body);
  NTSP_ASSIGN(answer.status, state_->Perform());
  return answer;
}

Result<FormAnswer> FormPost::SendSigned(const std::string& form, const std::string& scope,
                                        const Credentials& keys) {
  // curl signs every header of this list. `Expect:` must never be in it: it would be signed, but not sent.
  CurlHeaders headers(nullptr, &curl_slist_free_all);
  if (!keys.session_token.empty()) {
    headers.reset(curl_slist_append(nullptr, ("X-Amz-Security-Token: " + keys.session_token).c_str()));
  }
  FormAnswer answer;
  state_->Prepare(form, &answer.body);
  curl_easy_setopt(state_->curl.get(), CURLOPT_AWS_SIGV4, scope.c_str());
  curl_easy_setopt(state_->curl.get(), CURLOPT_USERNAME, keys.access_key.c_str());
  curl_easy_setopt(state_->curl.get(), CURLOPT_PASSWORD, keys.secret_key.c_str());
  curl_easy_setopt(state_->curl.get(), CURLOPT_HTTPHEADER, headers.get());
  NTSP_ASSIGN(answer.status, state_->Perform());
  return answer;
}

}  // namespace ntsp::aws
