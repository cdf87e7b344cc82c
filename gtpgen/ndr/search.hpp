// SPDX-License-Identifier: GPL-2.0-or-later
//
// The search for the highest rate that a system under test forwards: which trial to run next, and what the trials so
// far say. After MLRsearch (draft-ietf-bmwg-mlrsearch), whose goals also express RFC 2544 and ETSI TST 009:
//
//   goal            loss   exceed  trial  sum    width
//   rfc2544         0      0       60 s   60 s   0.5 %   one lost packet in the minute: too fast
//   tst009          0      50 %    60 s   120 s  0.5 %   a loss must happen again before it counts
//   csit (NDR)      0      50 %    2 s    20 s   1 %     half of the seconds may lose: software has hiccups
//
// A trial is good for a goal when it lost no more than the goal's loss ratio. A rate is a lower bound when its trials
// of full length say that bad ones cannot make up more than the exceed ratio of the goal's duration sum, whatever is
// still to come; an upper bound when they already do; until then it is undecided and tried again.
//
// Pure: no clock, no network. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gtp::gen {

struct Goal {
  std::string name;                  // "NDR", "PDR"
  double loss_ratio = 0;             // a good trial lost at most this share
  double exceed_ratio = 0.5;         // of the duration sum may be bad trials; less than 1
  std::chrono::nanoseconds trial{};  // of one trial
  std::chrono::nanoseconds sum{};    // at least this long in all at one rate
  double width = 0.01;               // the bounds are near enough: (upper - lower) / upper
};

struct Trial {
  double rate_pps = 0;  // as asked for
  std::chrono::nanoseconds duration{};
  double loss_ratio = 0;
  bool valid = true;       // false: the generator did not reach the rate; says nothing of the peer
  double offered_pps = 0;  // what it did reach, when it is not valid
};

struct NextTrial {
  double rate_pps = 0;
  std::chrono::nanoseconds duration{};
};

// The answer for one goal. Regular: both bounds are known and near enough.
struct Bounds {
  std::optional<double> lower_pps;
  std::optional<double> upper_pps;        // none: the highest rate allowed was still good
  std::optional<double> conditional_pps;  // what was forwarded at the lower bound, at the exceed ratio's quantile
  bool regular = false;
  bool generator_limited = false;  // the generator, not the peer, set the highest rate
};

class Search {
 public:
  // [goals] are searched in their order and share their trials. 0 < min_pps < max_pps.
  Search(std::vector<Goal> goals, double min_pps, double max_pps);

  // Nothing: all goals have their answer.
  std::optional<NextTrial> next() const;
  // [trial] has the rate that next() gave.
  void record(const Trial& trial);

  const std::vector<Goal>& goals() const noexcept { return goals_; }
  const std::vector<Trial>& trials() const noexcept { return trials_; }
  Bounds bounds(const Goal& goal) const;

 private:
  enum class Verdict : std::uint8_t { undecided, lower, upper };
  struct Relevant {
    std::optional<double> lower;
    std::optional<double> upper;
    std::optional<double> undecided;  // the lowest undecided rate between them
  };

  Verdict judge(const Goal& goal, double rate_pps) const;
  Relevant relevant(const Goal& goal) const;
  std::optional<double> next_rate(const Goal& goal) const;
  double below(double upper_pps) const;
  std::optional<double> conditional(const Goal& goal, double rate_pps) const;

  std::vector<Goal> goals_;
  double min_pps_;
  double max_pps_;
  std::vector<Trial> trials_;  // the valid ones
  std::vector<double> rates_;  // distinct, ascending
  bool generator_limited_ = false;
};

}  // namespace gtp::gen
