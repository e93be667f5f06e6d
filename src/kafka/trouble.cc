#include "kafka/trouble.h"

#include <initializer_list>
#include <string_view>

namespace ntsp::kafka {
namespace {

// OpenSSL's numbers (x509_vfy.h), which are part of its interface: librdkafka hands them on.
constexpr int kNotYetValid = 9;
constexpr int kExpired = 10;
constexpr int kOtherHost = 62;
constexpr int kOtherAddress = 64;

constexpr std::string_view kTrust =
    "is signed by nobody who is trusted here. Set KAFKA_CLIENT_SSL_CA_LOCATION to the file (PEM) of the "
    "authority that signed it; without that the system's authorities are trusted";

constexpr std::string_view kNoTls =
    "This port does not speak TLS: put the port that does into KAFKA_BOOTSTRAP_SERVERS, or set "
    "KAFKA_CLIENT_SECURITY_PROTOCOL to PLAINTEXT or SASL_PLAINTEXT.";

bool HasOneOf(std::string_view text, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) {
    if (text.find(part) != std::string_view::npos) return true;
  }
  return false;
}

std::string ExplainTls(const Trouble& trouble) {
  const std::string_view text = trouble.text;
  if (HasOneOf(text, {"PLAINTEXT broker listener", "wrong version number", "packet length too long"})) {
    return std::string(kNoTls);
  }
  if (HasOneOf(text, {"alert bad certificate", "alert certificate required", "alert unknown ca",
                      "alert certificate unknown", "alert certificate expired", "alert handshake failure",
                      "SSL alert number 116"})) {
    return "The broker wants a certificate of this client, or does not accept the one it got: set "
           "KAFKA_CLIENT_SSL_CERTIFICATE_LOCATION and KAFKA_CLIENT_SSL_KEY_LOCATION to one that is signed by "
           "an "
           "authority of the broker's trust store and has not expired.";
  }
  if (HasOneOf(text, {"certificate verify failed"})) {
    return trouble.certificate.empty() ? "The broker's certificate " + std::string(kTrust) + "."
                                       : trouble.certificate;
  }
  return "";
}

std::string ExplainSasl(const Trouble& trouble, const Security& security) {
  const std::string_view text = trouble.text;
  if (HasOneOf(text, {"Unsupported SASL mechanism"})) {
    return "The broker does not offer this mechanism: set KAFKA_CLIENT_SASL_MECHANISM to one that it does.";
  }
  if (HasOneOf(text, {"not valid in current SASL state"})) {
    return "This port does not ask for a login: put the port that does into KAFKA_BOOTSTRAP_SERVERS, or set "
           "KAFKA_CLIENT_SECURITY_PROTOCOL to PLAINTEXT or SSL.";
  }
  if (security.mechanism == "OAUTHBEARER") {
    return "The token is refused or cannot be had: check what it is made from "
           "(KAFKA_CLIENT_SASL_OAUTHBEARER_…; "
           "with KAFKA_AWS_MSK_IAM=true the AWS credentials, their policy, and this machine's clock).";
  }
  return "The login is refused: check KAFKA_CLIENT_SASL_USERNAME, KAFKA_CLIENT_SASL_PASSWORD and "
         "KAFKA_CLIENT_SASL_MECHANISM.";
}

// Brokers say nothing when a client speaks another language: they hang up.
std::string ExplainHangUp(const Trouble& trouble, const Security& security) {
  if (!HasOneOf(trouble.text, {"Disconnected"})) return "";
  if (security.tls && HasOneOf(trouble.text, {"in state SSL_HANDSHAKE"})) return std::string(kNoTls);
  if (!security.tls && HasOneOf(trouble.text, {"in state APIVERSION_QUERY"})) {
    return "The broker hangs up at the first word, as one does that expects TLS: set "
           "KAFKA_CLIENT_SECURITY_PROTOCOL to SSL or SASL_SSL, or put a port without TLS into "
           "KAFKA_BOOTSTRAP_SERVERS.";
  }
  if (!security.sasl && HasOneOf(trouble.text, {"in state UP"})) {
    return "The broker hangs up at the first question, as one does that expects a login: set "
           "KAFKA_CLIENT_SECURITY_PROTOCOL to SASL_SSL or SASL_PLAINTEXT, and KAFKA_CLIENT_SASL_MECHANISM, "
           "KAFKA_CLIENT_SASL_USERNAME and KAFKA_CLIENT_SASL_PASSWORD.";
  }
  return "";
}

}  // namespace

int Weight(rd_kafka_resp_err_t code) {
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return 0;
  if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) return 1;
  return IsRefusal(code) ? 3 : 2;
}

bool IsRefusal(rd_kafka_resp_err_t code) {
  switch (static_cast<int>(code)) {
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR__SSL:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
    case RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
      return true;
    default:
      return false;
  }
}

std::string ExplainCertificate(int x509_error, const std::string& broker) {
  const std::string whose = "The certificate of " + broker + " ";
  switch (x509_error) {
    case kNotYetValid:
      return whose + "is not valid yet: check the clocks of this machine and of the one that made it.";
    case kExpired:
      return whose + "has expired: the broker needs a new one (or this machine's clock is wrong).";
    case kOtherHost:
    case kOtherAddress:
      return whose +
             "is for another name: use the names that it holds in KAFKA_BOOTSTRAP_SERVERS and in the "
             "brokers' advertised.listeners, or give the broker a certificate for this one. "
             "(KAFKA_CLIENT_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM=none would accept any broker's.)";
    default:
      return whose + std::string(kTrust) + ". (OpenSSL's error " + std::to_string(x509_error) + ".)";
  }
}

std::string Explain(const Trouble& trouble, const Security& security) {
  if (std::string tls = ExplainTls(trouble); !tls.empty()) return tls;
  if (trouble.code == RD_KAFKA_RESP_ERR__SSL) {
    return "Check KAFKA_CLIENT_SECURITY_PROTOCOL and KAFKA_CLIENT_SSL_CA_LOCATION, and that the port speaks "
           "TLS.";
  }
  if (IsRefusal(trouble.code)) return ExplainSasl(trouble, security);
  return ExplainHangUp(trouble, security);
}

}  // namespace ntsp::kafka
