// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/checker.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "libcommon/output/json_writer.hpp"
#include "libcommon/output/time_format.hpp"
#include "libcommon/wire/mandatory.hpp"
#include "libcommon/wire/null_sink.hpp"

namespace gtp::dump {
namespace {

using wire::Fault;
using wire::FaultInfo;

// Which elements have which fault; the walk itself only says that there are such.
class ElementFaults final : public wire::NullSink {
 public:
  static constexpr std::size_t kMaxElements = 16;  // of one message; more are not named

  struct Element {
    Fault fault = Fault::ie_cut;
    std::uint16_t type = 0;
    const wire::IeInfo* info = nullptr;
    friend bool operator==(const Element&, const Element&) = default;
  };

  explicit ElementFaults(const wire::Header& header) noexcept
      : header_(header), mandatory_(wire::mandatory_elements(header.protocol, header.message_type)) {}

  void begin_ie(const wire::Ie& ie) override {
    if (depth_++ != 0) return;
    const auto found = std::find(mandatory_.begin(), mandatory_.end(), ie.type);
    if (found != mandatory_.end()) seen_ |= 1U << (found - mandatory_.begin());
  }
  // To be called at the end of the message.
  wire::FaultSet missing() {
    wire::FaultSet faults;
    // What the capture or a fault took away may have been there.
    if (!header_.has_type || header_.faults.has(Fault::captured_short) || header_.faults.malformed()) return faults;
    for (std::size_t i = 0; i < mandatory_.size(); ++i) {
      if ((seen_ >> i & 1) != 0) continue;
      faults.add(Fault::mandatory_ie_missing);
      add({Fault::mandatory_ie_missing, mandatory_[i], wire::find_ie(header_.protocol, mandatory_[i])});
    }
    return faults;
  }

  void end_ie(const wire::Ie& ie, bool short_value) override {
    --depth_;
    if (ie.cut) {
      const bool unknown_tv = !ie.has_length && !is_gtpv2() && !is_pfcp() && ie.type < 128;
      // GTPv2's header goes on behind the length.
      const bool header_cut = !ie.has_length || (is_gtpv2() && ie.value_offset < ie.offset + 4);
      add(unknown_tv ? Fault::ie_unknown_tv : header_cut ? Fault::ie_header_cut : Fault::ie_cut, ie);
    } else if (short_value) {
      add(Fault::ie_value_short, ie);
    } else if (ie.length < 2 && is_type_extension(ie)) {
      add(Fault::ie_type_extension_short, ie);
    } else if (ie.length == 0 && !is_pfcp() && ie.info != nullptr && (ie.info->grouped || ie.info->decode != nullptr)) {
      add(Fault::ie_empty, ie);
    }
  }
  std::span<const Element> elements() const noexcept { return std::span(elements_).first(count_); }

 private:
  bool is_gtpv2() const noexcept { return header_.protocol == wire::Protocol::gtpv2_c; }
  bool is_pfcp() const noexcept { return header_.protocol == wire::Protocol::pfcp; }
  bool is_type_extension(const wire::Ie& ie) const noexcept {
    return is_gtpv2() ? ie.type == 254 : !is_pfcp() && ie.type == 238;
  }
  void add(Fault fault, const wire::Ie& ie) noexcept { add({fault, ie.type, ie.info}); }
  void add(const Element& element) noexcept {
    const auto known = elements();
    if (count_ == kMaxElements || std::find(known.begin(), known.end(), element) != known.end()) return;
    elements_[count_++] = element;
  }

  const wire::Header& header_;
  std::span<const std::uint16_t> mandatory_;
  std::uint32_t seen_ = 0;  // bit i: mandatory_[i] was there
  int depth_ = 0;
  std::array<Element, kMaxElements> elements_{};
  std::size_t count_ = 0;
};

struct Finding {
  const Item& item;
  const packet::Layer& layer;
  const FaultInfo& fault;
  std::span<const ElementFaults::Element> elements;  // of all faults of the message

  template <typename Fn>
  void each_element(Fn fn) const {
    for (const auto& element : elements) {
      if (element.fault == fault.fault) fn(element);
    }
  }
};

void put_line(TextBuffer& out, const Finding& finding) {
  const wire::Header& header = finding.layer.header;
  out.put_dec(finding.item.frame);
  out.put(' ');
  out.put_address(finding.layer.src);
  out.put(" > ");
  out.put_address(finding.layer.dst);
  out.put(' ');
  out.put(wire::title(header.protocol));
  if (const wire::MessageInfo* message = wire::find_message(header.protocol, header.message_type);
      header.has_type && message != nullptr) {
    out.put(' ');
    out.put(message->name);
  } else if (header.has_type) {
    out.put(" message type ");
    out.put_dec(header.message_type);
  }
  out.put(": ");
  out.put(finding.fault.text);
  if (const std::string_view clause = wire::clause(finding.fault.fault, header.protocol); !clause.empty()) {
    out.put(" (");
    out.put(clause);
    out.put(')');
  }
  std::string_view before = " [";
  finding.each_element([&](const ElementFaults::Element& element) {
    out.put(before);
    before = ", ";
    if (element.info != nullptr) {
      out.put(element.info->key);
    } else {
      out.put("type ");
      out.put_dec(element.type);
    }
  });
  if (before == ", ") out.put(']');
  out.put('\n');
}

void put_json_line(TextBuffer& out, const Finding& finding) {
  const wire::Header& header = finding.layer.header;
  output::JsonWriter json(out);
  {
    const auto object = json.object();
    json.number("frame", finding.item.frame);
    TextBuffer time;
    output::TimeFormat(output::TimeStyle::epoch, 9).put(time, finding.item.raw.time_ns);
    finding.item.raw.has_time ? json.text("time", time.view()) : json.null("time");
    json.address("src", finding.layer.src);
    json.address("dst", finding.layer.dst);
    json.text("protocol", wire::key(header.protocol));
    const wire::MessageInfo* message = wire::find_message(header.protocol, header.message_type);
    if (header.has_type) {
      json.number("message_type", header.message_type);
      json.text("message", message != nullptr ? message->key : std::string_view("unknown"));
    }
    json.text("severity", wire::key(finding.fault.severity));
    json.text("fault", finding.fault.key);
    json.text("text", finding.fault.text);
    const std::string_view clause = wire::clause(finding.fault.fault, header.protocol);
    clause.empty() ? json.null("clause") : json.text("clause", clause);
    const auto list = json.array("elements");
    finding.each_element([&](const ElementFaults::Element& element) {
      const auto row = json.object();
      json.number("type", element.type);
      json.text("name", element.info != nullptr ? element.info->key : std::string_view("unknown"));
    });
  }
  out.put('\n');
}

}  // namespace

std::size_t Checker::check(const Item& item, bool json, TextBuffer& out) {
  std::size_t count = 0;
  for (const packet::Layer& layer : item.packet.layers) {
    if (layer.quoted) continue;
    ElementFaults elements(layer.header);
    wire::FaultSet faults = layer.header.faults;
    faults.merge(wire::visit_message(layer.header, layer.message, layer.offset, elements));
    faults.merge(elements.missing());
    faults.each([&](const FaultInfo& fault) {
      if (fault.severity == wire::Severity::note) return;
      const Finding finding{item, layer, fault, elements.elements()};
      json ? put_json_line(out, finding) : put_line(out, finding);
      ++count;
    });
  }
  return count;
}

}  // namespace gtp::dump
