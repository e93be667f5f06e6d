#include "app/cli.h"

int main(int argc, char** argv) {
  return ntsp::app::Main(argc, argv);
}
