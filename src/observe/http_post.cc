#include "observe/http_post.h"

#include <curl/curl.h>
#include <zlib.h>

#include "base/curl_handle.h"
#include "base/secret.h"

namespace ntsp::observe {
namespace {

using CurlHeaders = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using GiveUp = std::function<bool()>;

constexpr size_t kMaxReply = 4 * 1024;

int AskWhetherToGiveUp(void* give_up, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return (*static_cast<const GiveUp*>(give_up))() ? 1 : 0;
}

void Add(CurlHeaders& headers, const std::string& header) {
  curl_slist* const longer = curl_slist_append(headers.get(), header.c_str());
  if (longer == nullptr) return;
  (void)headers.release();
  headers.reset(longer);
}

void ReplaceAll(std::string& text, const std::string& what, std::string_view with) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

struct HttpPost::State {
  Options options;
  std::string shown_url;
  CurlHandle curl;

  void Prepare(std::string_view body, const curl_slist* headers, const GiveUp& give_up, std::string& reply) {
    curl.Prepare({options.url, body, options.timeout, options.ca_file, reply, kMaxReply});
    CURL* const handle = curl.get();
    curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs must not hold up the end
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &AskWhetherToGiveUp);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &give_up);
  }

  CurlHeaders Headers(bool gzip) const {
    CurlHeaders headers(nullptr, &curl_slist_free_all);
    Add(headers, "Content-Type: application/json");
    Add(headers, "User-Agent: ntsp");
    Add(headers, "Expect:");  // no round trip before the body
    if (gzip) Add(headers, "Content-Encoding: gzip");
    for (const auto& [name, value] : options.headers) Add(headers, name + ": " + value);
    return headers;
  }

  // A server may repeat in its answer what it was sent.
  void Hide(std::string& text) const {
    for (const auto& [name, value] : options.headers) {
      if (!value.empty()) ReplaceAll(text, value, "***");
    }
  }
};

HttpPost::HttpPost(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpPost::~HttpPost() = default;

Result<std::unique_ptr<HttpPost>> HttpPost::Make(Options options) {
  auto state = std::make_unique<State>();
  state->shown_url = MaskUrls(options.url);
  state->options = std::move(options);
  NTSP_TRY(state->curl.Start());
  return std::unique_ptr<HttpPost>(new HttpPost(std::move(state)));
}

const std::string& HttpPost::shown_url() const {
  return state_->shown_url;
}

HttpReply HttpPost::Send(std::string_view body, bool gzip, const GiveUp& give_up) {
  const auto zipped = gzip ? Gzip(body) : std::nullopt;
  const CurlHeaders headers = state_->Headers(zipped.has_value());
  HttpReply reply;
  state_->Prepare(zipped ? *zipped : body, headers.get(), give_up, reply.body);
  CURL* const handle = state_->curl.get();
  if (const CURLcode code = curl_easy_perform(handle); code != CURLE_OK) {
    reply.error = curl_easy_strerror(code);
    return reply;
  }
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply.status);
  curl_off_t wait = 0;
  curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait);
  if (wait > 0) reply.retry_after = std::chrono::seconds(wait);
  state_->Hide(reply.body);
  return reply;
}

std::optional<std::string> Gzip(std::string_view bytes) {
  constexpr int kGzipWindow = 15 + 16;  // 16: gzip's header instead of zlib's
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  // zlib does not write to its input, but is older than const.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (!done) return std::nullopt;
  return out;
}

}  // namespace ntsp::observe
