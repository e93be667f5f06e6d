// Why brokers and clients do not come together: librdkafka's words about a connection, put into what is
// wrong, which setting it is about, and what to do. Only for .cc files of this folder.
#pragma once

#include <librdkafka/rdkafka.h>

#include <string>

namespace ntsp::kafka {

// How a client tries to speak to the brokers.
struct Security {
  bool tls = false;
  bool sasl = false;
  std::string mechanism = {};  // of SASL, in capitals
};

struct Trouble {
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::string text = {};         // librdkafka's
  std::string certificate = {};  // what is wrong with the broker's, as a sentence with what to do; or empty
};

// How much it explains: a refused password is the cause of what follows it, "all brokers down" never is.
int Weight(rd_kafka_resp_err_t code);

// The other side refused us, or we refused it: waiting does not help, unless a person mends something there.
bool IsRefusal(rd_kafka_resp_err_t code);

// What OpenSSL's verification error (X509_V_ERR_…) means for the certificate of `broker`.
std::string ExplainCertificate(int x509_error, const std::string& broker);

// Sentences; empty if the trouble has nothing to do with security, or cannot be told from an outage.
std::string Explain(const Trouble& trouble, const Security& security);

}  // namespace ntsp::kafka
