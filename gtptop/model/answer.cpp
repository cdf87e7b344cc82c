// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/answer.hpp"

#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/model/fields.hpp"
#include "gtptop/model/match.hpp"

namespace gtp::top {
namespace {

unsigned rows_of(const Query& query) { return std::min(query.rows, kMaxPageRows); }

// The last page is full where there are enough rows.
std::uint64_t fitting(std::uint64_t offset, std::uint64_t matching, unsigned rows) {
  return std::min(offset, matching > rows ? matching - rows : 0);
}

// An offset near [wished] that has [row] on the page.
std::uint64_t bring_in(std::uint64_t wished, std::uint64_t row, unsigned rows) {
  if (row >= wished && row < wished + rows) return wished;
  return row > rows / 2 ? row - rows / 2 : 0;
}

// Sorts the rows of a small view, finds what is searched and cuts the page out.
template <typename Row, typename Get, typename Is>
void small_page(std::vector<Row> all, const Query& query, const Get& get, const Is& follows, Page& page,
                std::vector<Row>& out) {
  std::stable_sort(all.begin(), all.end(),
                   [&](const Row& a, const Row& b) { return before(get(a), get(b), query.sort.descending); });
  page.matching = all.size();
  page.offset = fitting(query.offset, page.matching, rows_of(query));
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (follows(all[i])) page.found = i;
  }
  if (page.found) page.offset = fitting(bring_in(page.offset, *page.found, rows_of(query)), all.size(), rows_of(query));
  const std::uint64_t end = std::min<std::uint64_t>(all.size(), page.offset + rows_of(query));
  for (std::uint64_t i = page.offset; i < end; ++i) out.push_back(std::move(all[i]));
}

// The text of all cells of a row, which a search looks through.
template <typename Row, typename Enum>
bool row_matches(const Row& row, Enum count, std::string_view needle) {
  for (std::size_t column = 0; column < static_cast<std::size_t>(count); ++column) {
    const Value cell = value(row, static_cast<Enum>(column));
    if (cell.kind == Value::Kind::text && text_matches(needle, cell.text)) return true;
    if (cell.kind == Value::Kind::address && text_matches(needle, cell.address.text())) return true;
  }
  return false;
}

// Where a search in a small view goes to, among rows that are in order.
template <typename Row, typename Matches>
std::optional<std::uint64_t> search_rows(const std::vector<Row>& all, const Query::Search& search,
                                         const Matches& matches) {
  const std::uint64_t size = all.size();
  for (std::uint64_t step = search.or_here ? 0 : 1; step <= size && size != 0; ++step) {
    const std::uint64_t from = std::min(search.from, size - 1);
    const std::uint64_t at = search.backwards ? (from + size - step % size) % size : (from + step) % size;
    if (matches(all[at])) return at;
  }
  return std::nullopt;
}

template <typename Row, typename Enum, typename Is>
void view_page(std::vector<Row> all, const Query& query, Enum count, bool search, const Is& follows, Page& page,
               std::vector<Row>& out) {
  const auto get = [&](const Row& row) { return value(row, static_cast<Enum>(query.sort.column)); };
  if (!search) return small_page(std::move(all), query, get, follows, page, out);
  std::stable_sort(all.begin(), all.end(),
                   [&](const Row& a, const Row& b) { return before(get(a), get(b), query.sort.descending); });
  const auto found =
      search_rows(all, *query.search, [&](const Row& row) { return row_matches(row, count, query.search->text); });
  Query moved = query;
  page.not_found = !found;
  if (found) moved.offset = bring_in(query.offset, *found, rows_of(query));
  small_page(
      std::move(all), moved, get, [](const Row&) { return false; }, page, out);
  page.found = found;
}

void peers_page(const Model& model, const Query& query, bool search, Page& page) {
  std::vector<PeerRow> all;
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    if (!model.peers[number].used) continue;
    ++page.total;
    PeerRow row = model.peers.row(number, model.links, model.now_ns);
    if (matches(query.filter, row)) all.push_back(std::move(row));
  }
  const auto follows = [&](const PeerRow& row) { return query.follow_peer && row.address == *query.follow_peer; };
  view_page(std::move(all), query, PeerColumn::count_, search, follows, page, page.peers);
}

void links_page(const Model& model, const Query& query, bool search, Page& page) {
  std::vector<LinkRow> all;
  page.total = model.links.rows().size();
  for (const LinkRow& row : model.links.rows()) {
    if (matches(query.filter, row)) all.push_back(row);
  }
  view_page(
      std::move(all), query, LinkColumn::count_, search, [](const LinkRow&) { return false; }, page, page.links);
}

void findings_page(const Model& model, const Query& query, bool search, Page& page) {
  std::vector<Finding> all;
  page.total = model.findings.size();
  for (const Finding& finding : model.findings) {
    if (matches(query.filter, finding)) all.push_back(finding);
  }
  // By how bad they are, not by the word for it.
  if (static_cast<FindingColumn>(query.sort.column) == FindingColumn::severity) {
    std::stable_sort(all.begin(), all.end(), [&](const Finding& a, const Finding& b) {
      return query.sort.descending ? a.severity > b.severity : a.severity < b.severity;
    });
    page.matching = all.size();
    if (search) {
      page.found = search_rows(all, *query.search, [&](const Finding& row) {
        return row_matches(row, FindingColumn::count_, query.search->text);
      });
      page.not_found = !page.found;
    }
    const std::uint64_t wish = page.found ? bring_in(query.offset, *page.found, rows_of(query)) : query.offset;
    page.offset = fitting(wish, page.matching, rows_of(query));
    const std::uint64_t end = std::min<std::uint64_t>(all.size(), page.offset + rows_of(query));
    page.findings.assign(all.begin() + static_cast<std::ptrdiff_t>(page.offset),
                         all.begin() + static_cast<std::ptrdiff_t>(end));
    return;
  }
  view_page(
      std::move(all), query, FindingColumn::count_, search, [](const Finding&) { return false; }, page, page.findings);
}

// Always by time: the log is a log. A search goes through what the filter lets pass.
void events_page(const Model& model, const Query& query, bool search, Page& page) {
  page.total = model.events.size();
  std::vector<std::size_t> backs;  // newest first
  for (std::size_t back = 0; back < model.events.size(); ++back) {
    const Event& event = model.events.newest(back);
    const std::string link = event.key.link == 0 ? "" : model.links.name(event.key.link);
    if (matches(query.filter, event, link)) backs.push_back(back);
  }
  if (!query.sort.descending) std::reverse(backs.begin(), backs.end());
  page.matching = backs.size();
  std::uint64_t offset = query.offset;
  if (search) {
    page.found = search_rows(backs, *query.search, [&](std::size_t back) {
      const Event& event = model.events.newest(back);
      const auto has = [&](std::string_view text) { return text_matches(query.search->text, text); };
      return has(event_key(event.kind)) || has(event.ms.text()) || has(event.peer.text());
    });
    page.not_found = !page.found;
    if (page.found) offset = bring_in(offset, *page.found, rows_of(query));
  }
  page.offset = fitting(offset, page.matching, rows_of(query));
  const std::uint64_t end = std::min<std::uint64_t>(backs.size(), page.offset + rows_of(query));
  for (std::uint64_t i = page.offset; i < end; ++i) {
    page.events.push_back(model.events.newest(backs[static_cast<std::size_t>(i)]));
    const std::uint32_t link = page.events.back().key.link;
    page.event_links.push_back(link == 0 ? "" : model.links.name(link));
  }
}

void tunnels_page(const Model& model, const Query& query, bool search, Page& page) {
  const TunnelOrder order(model, query.sort);
  std::uint64_t offset = query.offset;
  const unsigned rows = rows_of(query);
  if (search) {
    page.found = search_tunnels(model, query, order);
    page.not_found = !page.found;
    if (page.found) offset = bring_in(offset, *page.found, rows);
  } else if (query.follow_tunnel) {
    if (const RowId row = model.tunnels.find(*query.follow_tunnel); row != kNoRow) {
      TunnelSubject subject(model);
      subject.set(row);
      if (query.filter.empty() || query.filter.matches(subject)) {
        page.found = rank_of(model, query.filter, order, row);
        offset = bring_in(offset, *page.found, rows);
      }
    }
  }
  auto selected = select_tunnels(model, query.filter, order, offset, rows, page.matching);
  if (const std::uint64_t better = fitting(offset, page.matching, rows); better != offset) {
    offset = better;
    selected = select_tunnels(model, query.filter, order, offset, rows, page.matching);
  }
  page.offset = offset;
  for (const RowId row : selected) page.tunnels.push_back(tunnel_row(model, row, true));
}

}  // namespace

void Answerer::keep_order(const Model& model, const Query& query) {
  std::uint64_t matching = 0;
  order_ = select_tunnels(model, query.filter, TunnelOrder(model, query.sort), 0, model.tunnels.size(), matching);
  keys_.clear();
  keys_.reserve(order_.size());
  for (const RowId row : order_) keys_.push_back(model.tunnels.key(row));
  kept_ = true;
}

void Answerer::kept_page(const Model& model, const Query& query, Page& page) const {
  page.matching = order_.size();
  page.offset = fitting(query.offset, page.matching, rows_of(query));
  if (query.follow_tunnel) {
    const auto found = std::find(keys_.begin(), keys_.end(), *query.follow_tunnel);
    if (found != keys_.end()) {
      page.found = static_cast<std::uint64_t>(found - keys_.begin());
      page.offset = fitting(bring_in(page.offset, *page.found, rows_of(query)), page.matching, rows_of(query));
    }
  }
  const std::uint64_t end = std::min<std::uint64_t>(order_.size(), page.offset + rows_of(query));
  for (std::uint64_t i = page.offset; i < end; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool there = order_[at] < model.tunnels.row_limit() && model.tunnels[order_[at]].used() &&
                       model.tunnels.key(order_[at]) == keys_[at];
    if (there) {
      page.tunnels.push_back(tunnel_row(model, order_[at], true));
    } else {
      TunnelRow gone;  // its line stays, so that nothing moves
      gone.key = keys_[at];
      gone.link = "gone";
      page.tunnels.push_back(std::move(gone));
    }
  }
}

Page Answerer::answer(const Model& model, const Query& query) {
  Page page;
  page.view = query.view;
  page.offset = query.offset;
  const bool search = query.search && query.search->number != last_search_;
  if (query.search) last_search_ = query.search->number;
  const bool keep = query.keep_order && query.view == View::tunnels && query.grouping == Grouping::none;
  if (!keep) {
    kept_ = false;
    order_ = {};
    keys_ = {};
  }
  switch (query.view) {
    case View::tunnels:
      page.total = model.tunnels.size();
      if (query.grouping != Grouping::none) {
        group_page(model, query, page);
      } else if (keep) {
        if (!kept_) keep_order(model, query);
        kept_page(model, query, page);
      } else {
        tunnels_page(model, query, search, page);
      }
      break;
    case View::peers:
      peers_page(model, query, search, page);
      break;
    case View::links:
      links_page(model, query, search, page);
      break;
    case View::events:
      events_page(model, query, search, page);
      break;
    case View::findings:
      findings_page(model, query, search, page);
      break;
  }
  return page;
}

}  // namespace gtp::top
