#include "app/records_text.h"

#include "app/doc_file_fake.h"

namespace ntsp::app {
namespace {

TEST(RecordsPage, lists_the_columns_of_the_column_table) {
  ExpectSection("docs/records.md", "columns", RecordsMarkdown());
}

}  // namespace
}  // namespace ntsp::app
