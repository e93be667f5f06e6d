#include "app/certificates.h"

#include <filesystem>

namespace ntsp::app {

Result<void> CheckCertificates(const std::string& variable, const std::string& file) {
  if (file.empty() || std::filesystem::is_regular_file(file)) return {};
  return Stop(variable + "=" + file + ": is no file; give one with certificates in PEM form");
}

}  // namespace ntsp::app
