// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/statistics.hpp"

namespace gtp::dump {

void Statistics::add(const Item& item) {
  static const Annotation kNothing;
  capture_.add(item);
  for (std::size_t i = 0; i < item.packet.layers.size(); ++i) {
    const packet::Layer& layer = item.packet.layers[i];
    if (layer.quoted) continue;
    const Annotation& known = i < item.annotations.size() ? item.annotations[i] : kNothing;
    const std::uint64_t octets = stats::octets_of(layer);
    messages_.count(layer.header, octets);
    paths_.count(layer, octets);
    wire::FaultSet faults = layer.header.faults;
    if (wire::carries_t_pdu(layer.header)) {
      add_user_data(layer, known.session, octets, item);
    } else {
      faults.merge(add_control(layer, known, item));
    }
    if (!faults.empty()) faults_.add(faults, layer.header.protocol, item.frame);
  }
}

void Statistics::add_user_data(const packet::Layer& layer, const SessionInfo& session, std::uint64_t octets,
                               const Item& item) {
  const std::uint64_t t_pdu = octets - std::min<std::uint64_t>(octets, layer.header.body_offset);
  if (layer.header.has_teid) tunnels_.add(layer, t_pdu, session.id, item.raw.time_ns);
  sessions_.user_data(session, layer.inner, t_pdu);
}

wire::FaultSet Statistics::add_control(const packet::Layer& layer, const Annotation& known, const Item& item) {
  const stats::MessageFacts facts = stats::read_message_facts(layer);
  const stats::Exchange exchange = messages_.exchange(layer.header, item.frame, known.transaction);
  messages_.cause(layer.header, facts);
  paths_.control(layer, facts, exchange);
  sessions_.control(known.session);
  return facts.faults;
}

void Statistics::print(TextBuffer& out, const output::Style& style, unsigned columns) const {
  stats::Page page{out, style, columns};
  capture_.print(page);
  messages_.print(page);
  paths_.print(page);
  sessions_.print(page, tracker_.sessions());
  tunnels_.print(page, sessions_);
  faults_.print(page);
}

void Statistics::print_json(TextBuffer& out) const {
  output::JsonWriter json(out);
  {
    const auto object = json.object();
    json.text("schema", "gtp-stats/1");
    capture_.print_json(json);
    messages_.print_json(json);
    paths_.print_json(json);
    sessions_.print_json(json, tracker_.sessions());
    tunnels_.print_json(json, sessions_);
    faults_.print_json(json);
  }
  out.put('\n');
}

}  // namespace gtp::dump
