// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/columns.hpp"

#include <algorithm>
#include <memory>

#include "libcommon/wire/ie.hpp"

namespace gtp::dump {
namespace {

// Writes values into one cell. CSV cells are quoted when they must be; in TSV the escapes of put_escaped() keep tabs
// and newlines out.
class Cell final : public ValueReceiver {
 public:
  Cell(TextBuffer& out, PacketField field, bool csv) noexcept
      : out_(out), field_(field), csv_(csv), start_(out.size()) {}

  void number(std::uint64_t value) override {
    put([&] { put_number(value); });
  }
  void hexadecimal(std::uint64_t value, int digits) override {
    put([&] {
      out_.put("0x");
      out_.put_hex(value, digits);
    });
  }
  void text(std::string_view value) override {
    quote_ = quote_ || value.find_first_of("\",") != std::string_view::npos;
    put([&] { out_.put_escaped(value); });
  }
  void address(const IpAddress& value) override {
    put([&] { out_.put_address(value); });
  }
  void enumerated(std::uint64_t code, std::string_view name) override {
    // Message types and protocols have keys; other codes stay numbers as in JSON.
    if (field_ == PacketField::type || field_ == PacketField::protocol) {
      put([&] { out_.put(name); });
    } else {
      put([&] { out_.put_dec(code); });
    }
  }
  void finish() {
    if (!csv_ || (!quote_ && !several_)) return;
    const std::string plain(out_.view().substr(start_));
    out_.truncate(start_);
    out_.put('"');
    for (const char c : plain) {
      if (c == '"') out_.put('"');
      out_.put(c);
    }
    out_.put('"');
  }

 private:
  // One more value; one that is there already (a message and its session say the IMSI) is left out.
  template <typename Write>
  void put(Write write) {
    const std::size_t before = out_.size();
    if (before != start_) out_.put(',');
    const std::size_t begin = out_.size();
    write();
    if (before != start_ && has(out_.view().substr(start_, before - start_), out_.view().substr(begin))) {
      out_.truncate(before);
      return;
    }
    several_ = several_ || before != start_;
  }
  static bool has(std::string_view values, std::string_view value) noexcept {
    for (std::size_t at = 0; at <= values.size();) {
      const std::size_t comma = std::min(values.find(',', at), values.size());
      if (values.substr(at, comma - at) == value) return true;
      at = comma + 1;
    }
    return false;
  }
  void put_number(std::uint64_t value) {
    switch (field_) {
      case PacketField::time:
      case PacketField::response_time:
        out_.put_dec(value / 1'000'000'000);
        out_.put('.');
        out_.put_padded(value % 1'000'000'000, 9);
        return;
      case PacketField::teid:
        out_.put("0x");
        out_.put_hex(value, 8);
        return;
      case PacketField::seid:
        out_.put("0x");
        out_.put_hex(value, 16);
        return;
      default:
        out_.put_dec(value);
    }
  }
  TextBuffer& out_;
  PacketField field_;
  bool csv_;
  std::size_t start_;
  bool quote_ = false;
  bool several_ = false;
};

bool is_element(std::string_view name) {
  for (int p = 0; p < wire::kProtocolCount; ++p) {
    for (const wire::IeInfo& ie : wire::ie_table(static_cast<wire::Protocol>(p))) {
      if (ie.key == name) return true;
    }
  }
  return false;
}

}  // namespace

Result<std::unique_ptr<ColumnPrinter>> ColumnPrinter::make(const std::vector<std::string>& names, bool csv) {
  auto printer = std::make_unique<ColumnPrinter>();
  printer->separator_ = csv ? ',' : '\t';
  for (const std::string& name : names) {
    Column column{.name = name, .field = PacketField::count_, .element = {}, .key = {}};
    const std::size_t dot = name.find('.');
    if (const auto id = packet_schema().find(name)) {
      column.field = static_cast<PacketField>(*id);
    } else if (dot != std::string::npos && is_element(name.substr(0, dot))) {
      column.element = name.substr(0, dot);
      column.key = name.substr(dot + 1);
    } else {
      const std::string_view nearest = packet_schema().nearest(name);
      Error error{ErrorCode::usage, 0, "--fields: no field `" + name + "`", "gtpdump --fields help"};
      if (!nearest.empty()) error.what.append("; nearest: ").append(nearest);
      return error;
    }
    printer->columns_.push_back(std::move(column));
  }
  if (printer->columns_.empty()) return Error{ErrorCode::usage, 0, "--fields: no field named", "gtpdump --fields help"};
  return printer;
}

void ColumnPrinter::print_header(TextBuffer& out) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i != 0) out.put(separator_);
    out.put(columns_[i].name);
  }
  out.put('\n');
}

void ColumnPrinter::print(const Item& item, TextBuffer& out) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    if (i != 0) out.put(separator_);
    Cell cell(out, column.field, separator_ == ',');
    if (column.field == PacketField::count_) {
      collect_element(item, column.element, column.key, cell);
    } else {
      collect(item, column.field, cell);
    }
    cell.finish();
  }
  out.put('\n');
}

std::string describe_fields() {
  std::string text;
  for (const filter::FieldDef& field : packet_schema().fields()) {
    text.append(field.name).append(field.name.size() < 17 ? 17 - field.name.size() : 1, ' ');
    text.append(field.doc).push_back('\n');
  }
  text += "ELEMENT.FIELD    any field of an element by its gtp-json/1 names: f_teid.ipv4, bearer_qos.qci\n";
  return text;
}

}  // namespace gtp::dump
