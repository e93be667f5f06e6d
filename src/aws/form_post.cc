#include "aws/form_post.h"

#include <curl/curl.h>

#include <utility>

#include "aws/endpoint.h"
#include "base/curl_handle.h"

namespace ntsp::aws {

namespace {

using CurlHeaders = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

constexpr size_t kMaxAnswer = 64 * 1024;

}  // namespace

struct FormPost::State {
  FormPostOptions options;
  std::string url;
  CurlHandle curl;

  void Prepare(const std::string& form, std::string& answer) {
    curl.Prepare({url, form, options.timeout, options.ca_file, answer, kMaxAnswer});
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
  NTSP_TRY(state->curl.Start());
  return std::unique_ptr<FormPost>(new FormPost(std::move(state)));
}

const std::string& FormPost::url() const {
  return state_->url;
}

Result<FormAnswer> FormPost::Send(const std::string& form) {
  FormAnswer answer;
  state_->Prepare(form, answer.body);
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
  state_->Prepare(form, answer.body);
  curl_easy_setopt(state_->curl.get(), CURLOPT_AWS_SIGV4, scope.c_str());
  curl_easy_setopt(state_->curl.get(), CURLOPT_USERNAME, keys.access_key.c_str());
  curl_easy_setopt(state_->curl.get(), CURLOPT_PASSWORD, keys.secret_key.c_str());
  curl_easy_setopt(state_->curl.get(), CURLOPT_HTTPHEADER, headers.get());
  NTSP_ASSIGN(answer.status, state_->Perform());
  return answer;
}

}  // namespace ntsp::aws
