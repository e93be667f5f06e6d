#include "kafka/errors.h"

namespace ntsp::kafka {

bool IsMessageRejected(rd_kafka_resp_err_t code) {
  switch (static_cast<int>(code)) {
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_INVALID_MSG:
    case RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
      return true;
    // Not INVALID_TIMESTAMP: that is this machine's clock, and every message would be refused for it.
    default:
      return false;
  }
}

ErrorKind KindOf(rd_kafka_resp_err_t code) {
  if (IsMessageRejected(code)) return ErrorKind::kReject;
  switch (static_cast<int>(code)) {
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
    case RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT:
    case RD_KAFKA_RESP_ERR_INVALID_GROUP_ID:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR_SECURITY_DISABLED:
      return ErrorKind::kStop;
    default:
      return ErrorKind::kRetry;
  }
}

std::string Advice(rd_kafka_resp_err_t code, const Subject& subject) {
  switch (static_cast<int>(code)) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
      return "Give this user the ACLs Describe and Read (inputs) or Write (outputs) on topic " +
             subject.topic + ".";
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
      return "Give this user the ACL Read on group " + subject.group + ".";
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return "Give this user the ACLs Describe and Write on transactional id " + subject.transactional_id +
             ", or set DELIVERY=at-least-once.";
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return "Give this user the ACLs IdempotentWrite (to publish) and Create (to create topics) on the "
             "cluster.";
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
      return "Check KAFKA_CLIENT_SASL_MECHANISM, KAFKA_CLIENT_SASL_USERNAME and KAFKA_CLIENT_SASL_PASSWORD.";
    case RD_KAFKA_RESP_ERR__SSL:
      return "Check KAFKA_CLIENT_SECURITY_PROTOCOL and KAFKA_CLIENT_SSL_CA_LOCATION, and that the port "
             "speaks TLS.";
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
      return "The broker's transaction.max.timeout.ms is smaller than KAFKA_CLIENT_TRANSACTION_TIMEOUT_MS.";
    case RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT:
      return "KAFKA_CLIENT_SESSION_TIMEOUT_MS is outside of the broker's group.min/max.session.timeout.ms.";
    case RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL:
      return "Another program uses group " + subject.group +
             ": set KAFKA_CONSUMER_GROUP to a name of its own.";
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
      return "Another instance uses transactional id " + subject.transactional_id +
             " (give each replica its own INSTANCE_ID), or the transaction outlived transaction.timeout.ms.";
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
      return "Create topic " + subject.topic + ", or check its name.";
    case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
      return "The clock of this machine or of the broker is wrong by more than topic " + subject.topic +
             " allows (message.timestamp.after.max.ms): set it right, or set the topic's "
             "message.timestamp.type to "
             "LogAppendTime.";
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
      return "Raise max.message.bytes of topic " + subject.topic + ", or lower KAFKA_MAX_MESSAGE_BYTES.";
    default:
      return "";
  }
}

Error MakeError(rd_kafka_resp_err_t code, const std::string& what, const Subject& subject,
                const std::string& detail) {
  const std::string text = detail.empty() ? rd_kafka_err2str(code) : detail;
  const std::string advice = Advice(code, subject);
  return {KindOf(code), what + " failed: " + text + " (" + rd_kafka_err2name(code) + ")." +
                            (advice.empty() ? "" : " " + advice)};
}

}  // namespace ntsp::kafka
