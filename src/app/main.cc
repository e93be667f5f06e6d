#include <cstdlib>

#include "app/cli.h"
#include "base/heap.h"

int main(int argc, char** argv) {
  ntsp::SetUpHeap();
  // Arrow's other pools keep what they had at their peak.
  setenv("ARROW_DEFAULT_MEMORY_POOL", "system", /*overwrite=*/0);
  return ntsp::app::Main(argc, argv);
}
