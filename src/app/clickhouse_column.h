// The columns of the column table as ClickHouse knows them. Pure.
#pragma once

#include <string>

#include "model/column.h"

namespace ntsp::app {

// The type, as in a CREATE TABLE. A column that may be absent is Nullable, so that "not reported" never reads
// as zero; but for `namespace` (part of the identity; empty: none), `deleted` (false) and `extra` (an empty
// map).
std::string ClickHouseType(Table table, ColumnIndex c);

// The compression, with its keyword: " CODEC(…)", or nothing for the server's default.
std::string_view ClickHouseCodec(Table table, ColumnIndex c);

// An SQL text literal, quotes and all.
std::string ClickHouseText(std::string_view text);

}  // namespace ntsp::app
