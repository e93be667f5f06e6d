// The schema of a table's Parquet files, for people.
#pragma once

#include <string>

#include "model/column.h"

namespace ntsp::archive {

// As Parquet writes schemas ("required group field_id=… "), made by the code that writes the files.
std::string ParquetSchemaText(Table table);

}  // namespace ntsp::archive
