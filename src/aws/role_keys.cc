#include "aws/role_keys.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <mutex>
#include <utility>

#include "aws/form_post.h"
#include "aws/query_text.h"

namespace ntsp::aws {

namespace {

using std::chrono::seconds;

constexpr Duration kRenewBefore = std::chrono::minutes(5);
constexpr Duration kTryAgainAfter = seconds(2);
constexpr size_t kMaxToken = 64 * 1024;
constexpr std::string_view kBlanks = " \t\r\n";

Result<std::string> ReadToken(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string token(kMaxToken, '\0');
  in.read(token.data(), static_cast<std::streamsize>(token.size()));
  token.resize(static_cast<size_t>(in.gcount()));
  token.erase(0, token.find_first_not_of(kBlanks));
  token.erase(token.find_last_not_of(kBlanks) + 1);
  if (!token.empty()) return token;
  return Retry("AWS_WEB_IDENTITY_TOKEN_FILE=" + file +
               ": no token can be read there; on Kubernetes look at the service account's annotation and at "
               "the mounted volume");
}

std::string_view AdviceFor(std::string_view code) {
  if (code == "AccessDenied")
    return "the role's trust policy does not let this identity have it: look at AWS_ROLE_ARN, and at the "
           "issuer, subject and audience in the policy";
  if (code == "ExpiredTokenException" || code == "ExpiredToken")
    return "the token has expired, and nobody has put a new one into AWS_WEB_IDENTITY_TOKEN_FILE";
  if (code == "InvalidIdentityToken" || code == "IDPRejectedClaim" || code == "InvalidIdentityTokenException")
    return "the token is not accepted: look at the identity provider in IAM, and at the token's issuer and "
           "audience";
  return "";
}

Duration Between(Timestamp from, Timestamp to) {
  return std::chrono::microseconds(to.micros - from.micros);
}

}  // namespace

std::string StsEndpoint(std::string_view region) {
  if (region.empty()) return "https://sts.amazonaws.com";
  return "https://sts." + std::string(region) + ".amazonaws.com" + (region.starts_with("cn-") ? ".cn" : "");
}

std::string AssumeRoleForm(const WebIdentity& identity, std::string_view token) {
  QueryForm form;
  form.Add("Action", "AssumeRoleWithWebIdentity");
  form.Add("Version", "2011-06-15");
  form.Add("RoleArn", identity.role_arn);
  form.Add("RoleSessionName", identity.session_name);
  form.Add("WebIdentityToken", token);
  return form.Take();
}

Result<ExpiringKeys> ReadAssumeRoleAnswer(const WebIdentity& identity, long http_status,
                                          std::string_view body) {
  std::string text = "STS gives no keys for AWS_ROLE_ARN=" + identity.role_arn + ": ";
  if (http_status != 200) {
    const std::string_view advice = AdviceFor(XmlElement(body, "Code"));
    if (!advice.empty()) text.append(advice).append(": ");
    return Retry(text + HttpProblem(http_status, body));
  }
  const ExpiringKeys found{
      {std::string(XmlElement(body, "AccessKeyId")), std::string(XmlElement(body, "SecretAccessKey")),
       std::string(XmlElement(body, "SessionToken"))},
      ParseRfc3339(XmlElement(body, "Expiration")).value_or(Timestamp{})};
  const Credentials& keys = found.keys;
  if (keys.access_key.empty() || keys.secret_key.empty() || keys.session_token.empty() ||
      found.expires == Timestamp{}) {
    return Retry(text + "its answer has no keys; is AWS_ENDPOINT_URL_STS the address of another service?");
  }
  return found;
}

struct RoleKeys::State {
  State(WebIdentity given, const Clock& its_clock) : identity(std::move(given)), clock(its_clock) {}

  const WebIdentity identity;
  const Clock& clock;
  std::mutex mutex;  // guards what follows
  std::unique_ptr<FormPost> post;
  ExpiringKeys now{};
  Timestamp renew{};  // when to ask for the next ones
  Instant failed{};   // when asking failed last
  std::string why;    // it failed; empty: it did not

  bool Good() const { return clock.WallTime() < now.expires; }

  Result<ExpiringKeys> Ask() {
    NTSP_ASSIGN(const std::string token, ReadToken(identity.token_file));
    NTSP_ASSIGN(const FormAnswer answer, post->Send(AssumeRoleForm(identity, token)));
    return ReadAssumeRoleAnswer(identity, answer.status, answer.body);
  }

  // Callers come often, and each may wait for the network: not all of them while STS is away.
  Result<void> Renew() {
    if (!why.empty() && clock.Now() - failed < kTryAgainAfter) return Retry(why);
    auto asked = Ask();
    failed = clock.Now();
    why = asked ? "" : asked.error().message;
    if (!asked) return Failure(std::move(asked).error());
    now = *std::move(asked);
    const Duration life = Between(clock.WallTime(), now.expires);
    renew = now.expires;
    renew.micros -=
        std::chrono::duration_cast<std::chrono::microseconds>(std::min(kRenewBefore, life / 3)).count();
    return {};
  }
};

RoleKeys::RoleKeys(std::unique_ptr<State> state) : state_(std::move(state)) {}

RoleKeys::~RoleKeys() = default;

Result<std::unique_ptr<RoleKeys>> RoleKeys::Make(WebIdentity identity) {
  static const SystemClock clock;
  return Make(std::move(identity), clock);
}

Result<std::unique_ptr<RoleKeys>> RoleKeys::Make(WebIdentity identity, const Clock& clock) {
  FormPostOptions post{"STS", "AWS_ENDPOINT_URL_STS", identity.endpoint, identity.timeout, identity.ca_file};
  if (post.endpoint.empty()) post.endpoint = StsEndpoint(identity.region);
  auto state = std::make_unique<State>(std::move(identity), clock);
  NTSP_ASSIGN(state->post, FormPost::Make(std::move(post)));
  return std::unique_ptr<RoleKeys>(new RoleKeys(std::move(state)));
}

Result<Credentials> RoleKeys::Get() {
  State& state = *state_;
  const std::lock_guard lock(state.mutex);
  if (state.clock.WallTime() < state.renew) return state.now.keys;
  if (auto renewed = state.Renew(); !renewed && !state.Good()) return Failure(std::move(renewed).error());
  return state.now.keys;
}

}  // namespace ntsp::aws
