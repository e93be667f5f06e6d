#include "archive/parquet_schema.h"

#include <arrow/api.h>
#include <parquet/api/schema.h>
#include <parquet/arrow/schema.h>
#include <parquet/properties.h>

#include <sstream>

#include "archive/parquet_columns.h"

namespace ntsp::archive {

std::string ParquetSchemaText(Table table) {
  std::shared_ptr<parquet::SchemaDescriptor> schema;
  const auto status = parquet::arrow::ToParquetSchema(ArrowSchema(table).get(),
                                                      *parquet::default_writer_properties(), &schema);
  // The types are known at compile time; the files could not be written either.
  if (!status.ok()) return status.ToString() + "\n";
  std::ostringstream text;
  parquet::schema::PrintSchema(schema->schema_root().get(), text);
  return std::move(text).str();
}

}  // namespace ntsp::archive
