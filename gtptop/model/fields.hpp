// SPDX-License-Identifier: GPL-2.0-or-later
//
// The fields that filters may name, per view, and how each finds its values. A filter over a million tunnels asks the
// packed rows, not their text.
#pragma once

#include <string_view>

#include "gtptop/model/columns.hpp"
#include "gtptop/model/model.hpp"
#include "libcommon/filter/filter.hpp"
#include "libcommon/filter/schema.hpp"

namespace gtp::top {

const filter::Schema& schema(View view) noexcept;

// Besides what the language knows: a lone address, prefix or TEID needs no field ("10.45.0.0/16", "0x51a0ff17").
Result<filter::Filter> compile_filter(View view, std::string_view text);

// A tunnel of the table as a filter sees it. Set to one row after the other.
class TunnelSubject final : public filter::Subject {
 public:
  explicit TunnelSubject(const Model& model) noexcept : model_(model) {}
  void set(RowId row) noexcept { row_ = row; }
  void values(filter::FieldId field, filter::Probe& probe) const override;

 private:
  const Model& model_;
  RowId row_ = 0;
};

// A row of one of the other views.
bool matches(const filter::Filter& filter, const PeerRow& row);
bool matches(const filter::Filter& filter, const LinkRow& row);
bool matches(const filter::Filter& filter, const Event& event, std::string_view link);
bool matches(const filter::Filter& filter, const Finding& finding);

}  // namespace gtp::top
