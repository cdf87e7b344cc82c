// SPDX-License-Identifier: GPL-2.0-or-later
//
// Report: everything that a run of `gtpgen load`, `sink` or `reflect` has found, as a value. Filled by the command,
// judged by judge() (verdict.hpp), written by put_text(), put_json() and put_csv(). docs/formats/gtpgen-load-1.md is
// the JSON form. What was not measured is empty, never 0.
//
// Reports of threads and hosts that took part in the same run are put together by merge(): counters and histograms are
// added, durations are those of the longest, lists are joined. What must hold for that between hosts is the business of
// gtpgen/merge/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/track/latency.hpp"
#include "gtpgen/track/stream_tracker.hpp"
#include "libcommon/measure/histogram.hpp"

namespace gtp::gen {

struct ErrorCount {
  std::string name;  // "ENOBUFS"
  std::uint64_t count = 0;
};
// Adds [count] to the entry of that name, which is made when there is none.
void add_error(std::vector<ErrorCount>& errors, std::string_view name, std::uint64_t count);

// The error of packets that were accepted and then dropped by this host's own device or queue.
inline constexpr std::string_view kDroppedHere = "dropped";

// The sender's side.
struct TxReport {
  std::uint64_t packets = 0;
  std::uint64_t bytes_l2 = 0;        // outer frames, without FCS and preamble
  std::uint64_t bytes_inner = 0;     // inner IP packets
  std::uint64_t duration_ns = 0;     // from the first packet's time to the end of sending
  std::optional<double> target_pps;  // empty: as fast as it goes
  std::uint64_t skipped = 0;         // due, but given up since we were too late; not sent
  std::vector<ErrorCount> errors;
  std::vector<ErrorCount> unwanted;  // sent besides, by kind ("unknown_teid"); not in `packets`
  measure::Histogram lag_ns;         // sent - due

  void merge(const TxReport& other);
  double rate_pps() const noexcept;
  std::uint64_t dropped() const noexcept;  // kDroppedHere
  // (rate - target) / target.
  std::optional<double> rate_error() const noexcept;
};

// The receiver's side. packets = distinct packets of this run; expected = packets + lost once all has come to rest.
struct RxReport {
  std::uint64_t packets = 0;
  std::uint64_t bytes_inner = 0;
  std::uint64_t duration_ns = 0;          // from the first to the last of them
  std::optional<std::uint64_t> expected;  // what was sent, as far as the receiver can know
  std::optional<std::uint64_t> lost;
  std::optional<std::uint64_t> lost_local;  // dropped by this host's own receive buffers: no fault of what is tested
  std::uint64_t reordered = 0;
  std::uint64_t reorder_max_distance = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t late = 0;           // came after they were given up, or copies as late; they stay lost
  std::uint64_t corrupt = 0;        // a checksum in the inner packet is wrong; they count as lost
  std::uint64_t unstamped = 0;      // inner packets of somebody else
  std::uint64_t unknown_run = 0;    // of another run of gtpgen
  std::uint64_t unknown_teid = 0;   // G-PDUs in no tunnel of ours
  std::uint64_t malformed = 0;      // datagrams that are no GTP-U, or whose inner packet is cut or no IP
  std::uint64_t datagrams = 0;      // all that came, with signalling and the above
  std::uint64_t receive_calls = 0;  // datagrams / calls: how well the kernel aggregates (UDP GRO)

  void merge(const RxReport& other) noexcept;
  double rate_pps() const noexcept;
  std::optional<double> loss_ratio() const noexcept;
};

struct LatencyReport {
  enum class Basis : std::uint8_t { scheduled, actual };
  enum class Stamp : std::uint8_t { kernel, app };
  Basis basis = Basis::scheduled;
  Stamp stamp = Stamp::kernel;
  LatencyMeter::Kind kind = LatencyMeter::Kind::round_trip;
  measure::Histogram histogram;
  std::uint64_t app_stamped = 0;  // of them, those without a kernel stamp
  std::uint64_t negative = 0;     // delays below zero, counted as 0: the clocks do not agree

  void merge(const LatencyReport& other) noexcept;
};

struct Interval {
  std::uint64_t end_ns = 0;       // since the start of the run
  std::uint64_t duration_ns = 0;  // of the interval
  std::optional<std::uint64_t> tx_packets;
  std::optional<std::uint64_t> rx_packets;
  std::optional<std::uint64_t> lost;
  std::optional<std::uint64_t> p50_ns;
  std::optional<std::uint64_t> p99_ns;
  std::optional<std::uint64_t> lag_p99_ns;
};

struct WorstTunnel {
  std::uint32_t tunnel = 0;           // its index
  std::optional<std::uint32_t> teid;  // when it is known here
  std::uint64_t lost = 0;
  std::uint64_t packets = 0;  // expected
};

struct TunnelReport {
  std::uint64_t count = 0;
  std::optional<std::uint64_t> seen;
  std::optional<std::uint64_t> with_loss;
  std::vector<WorstTunnel> worst;

  void merge(const TunnelReport& other);
};

// Messages that are no user traffic.
struct SignallingReport {
  std::uint64_t echo_requests = 0;  // received, and answered
  std::uint64_t echo_responses = 0;
  std::uint64_t error_indications = 0;
  std::uint64_t error_indications_sent = 0;
  std::uint64_t supported_extension_headers = 0;
  std::uint64_t version_not_supported = 0;
  std::uint64_t end_markers = 0;
  std::uint64_t other = 0;
  std::uint64_t icmp_errors = 0;  // ICMP errors about what we sent

  void merge(const SignallingReport& more) noexcept;
};

struct CpuReport {
  double user_s = 0;
  double system_s = 0;
};

// The host as far as results depend on it. Empty text: not known.
struct Environment {
  std::string host;
  std::string kernel;
  std::string iface;
  std::optional<std::uint64_t> mtu;
  std::string driver;
  std::string qdisc;
  std::string clocksource;
  std::optional<bool> uso;
  std::optional<bool> gro;
  std::vector<std::uint32_t> cpus;
  std::string backend;
  std::optional<std::uint64_t> gso_segments;
  std::optional<std::uint64_t> threads;
  std::optional<std::uint64_t> receive_buffer;  // octets
  std::optional<bool> clock_synchronised;       // CLOCK_REALTIME, as the kernel has been told (adjtimex)
  std::optional<std::uint64_t> clock_error_ns;  // and how far it may be off
};

enum class Verdict : std::uint8_t { pass, fail, generator_limited, error };
std::string_view key(Verdict verdict) noexcept;  // "generator_limited"

// One of the reports that a merged one is made of.
struct ReportSource {
  std::string file;
  std::string host;
  std::uint64_t start_ns = 0;
  std::uint64_t duration_ns = 0;
  std::optional<std::uint64_t> tx_packets;
  std::optional<std::uint64_t> rx_packets;
  std::optional<std::uint64_t> lost;
  Verdict verdict = Verdict::pass;
};

struct Check {
  std::string name;  // "max_loss"
  double limit = 0;
  std::optional<double> value;  // empty: not measured, which does not pass
  bool ok = false;
};

struct Report {
  std::string command = "load";
  std::string title;                         // the first line of the text: what was sent where
  std::uint64_t start_ns = 0;                // since 1970
  std::uint64_t duration_ns = 0;             // with the wait for what is under way
  std::optional<std::uint64_t> start_at_ns;  // the time that --start-at said, since 1970
  std::vector<std::string> argv;
  std::string config;                 // the scenario as JSON, complete and resolved; empty: null
  std::string parts;                  // of a scenario: its flows and phases as a JSON array; empty: not written
  std::vector<ReportSource> sources;  // of a merged report; empty: not written
  Environment environment;
  std::optional<TxReport> tx;
  std::optional<RxReport> rx;
  std::optional<LatencyReport> latency;
  std::vector<Interval> intervals;
  std::optional<TunnelReport> tunnels;
  std::optional<SignallingReport> gtp;
  std::optional<CpuReport> cpu;
  bool interrupted = false;
  bool clock_jumped = false;
  std::vector<std::string> notes;  // for people

  // By judge().
  std::vector<Check> checks;
  std::vector<std::string> limited_by;  // "rate", "receive_buffer", "transmit_drops", "transmit_lag"
  Verdict verdict = Verdict::pass;
  int exit_code = 0;

  void merge(const Report& other);
};

// Host, kernel and clock source of this machine; with [iface], also what belongs to it.
Environment inspect_environment(std::string_view iface = {});
// CPU time of this process so far.
CpuReport cpu_time() noexcept;

}  // namespace gtp::gen
