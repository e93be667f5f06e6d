#include "aws/sns_publisher.h"

#include <curl/curl.h>

#include <algorithm>
#include <string_view>
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

struct SnsPublisher::State {
  SnsOptions options;
  CredentialSource credentials;
  SnsTopic topic;
  std::string url;
  CurlHandle curl{nullptr, &curl_easy_cleanup};

  void Prepare(const Credentials& keys, const std::string& form, const curl_slist* headers,
               std::string* answer) {
    CURL* const handle = curl.get();
    curl_easy_reset(handle);  // keeps the connection
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, &NoticeDeadPeers);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_AWS_SIGV4, ("aws:amz:" + topic.region + ":sns").c_str());
    curl_easy_setopt(handle, CURLOPT_USERNAME, keys.access_key.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, keys.secret_key.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, form.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &KeepAnswer);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, answer);
    if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
  }

  Result<void> Send(const Credentials& keys, const std::string& form) {
    // curl signs every header of this list. `Expect:` must never be in it: it would be signed, but not sent.
    CurlHeaders headers(nullptr, &curl_slist_free_all);
    if (!keys.session_token.empty()) {
      headers.reset(curl_slist_append(nullptr, ("X-Amz-Security-Token: " + keys.session_token).c_str()));
    }
    std::string answer;
    Prepare(keys, form, headers.get(), &answer);
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_PEER_FAILED_VERIFICATION)
      return Retry("SNS at " + url + ": " + std::string(kUntrusted));
    if (code != CURLE_OK) {
      return Retry("SNS at " + url + " cannot be reached: " + curl_easy_strerror(code) +
                   "; check the network, the proxy and AWS_ENDPOINT_URL_SNS");
    }
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return ReadPublishAnswer(topic, status, answer);
  }
};

SnsPublisher::SnsPublisher(std::unique_ptr<State> state) : state_(std::move(state)) {}

SnsPublisher::~SnsPublisher() = default;

Result<std::unique_ptr<SnsPublisher>> SnsPublisher::Make(SnsOptions options, CredentialSource credentials) {
  auto state = std::make_unique<State>();
  NTSP_ASSIGN(state->topic, ParseTopicArn(options.topic_arn));
  const std::string given = options.endpoint.empty() ? state->topic.DefaultEndpoint() : options.endpoint;
  NTSP_ASSIGN(const Endpoint endpoint, ParseEndpoint(given));
  state->url = endpoint.Url() + "/";
  state->options = std::move(options);
  state->credentials = std::move(credentials);
  if (StartCurl()) state->curl.reset(curl_easy_init());
  if (state->curl == nullptr) return Stop("libcurl cannot start");
  return std::unique_ptr<SnsPublisher>(new SnsPublisher(std::move(state)));
}

Result<void> SnsPublisher::Publish(const Notification& notification) {
  if (notification.message.empty() || notification.message.size() > kMaxMessageBytes) {
    return Reject("SNS takes messages of 1 byte to 256 KiB; this one has " +
                  std::to_string(notification.message.size()) + " bytes");
  }
  NTSP_ASSIGN(const Credentials keys, state_->credentials());
  return state_->Send(keys, PublishForm(state_->topic, notification));
}

}  // namespace ntsp::aws
