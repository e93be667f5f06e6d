// Records in words, for a person.
#pragma once

#include <string>

#include "model/record.h"

namespace ntsp::app {

// As the record's JSON has it, but without quotes. REQUIRES: the record has the column, and it is not extra.
std::string CellText(const Record& record, ColumnIndex c);

// "interface ethernet-1/1 subinterface 0". Texts stand in it as the device wrote them.
std::string RecordLabel(const Record& record);

}  // namespace ntsp::app
