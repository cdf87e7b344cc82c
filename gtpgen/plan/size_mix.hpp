// SPDX-License-Identifier: GPL-2.0-or-later
//
// SizeMix: the lengths of the inner IP packets, and in which order they come.
//
//   100               every packet has 100 octets
//   64,512,1400       in turn
//   64-1400           all of them, equally often
//   imix              46:7,576:4,1500:1, what Ethernet frames of 64, 594 and 1518 octets carry
//   imix:46:7,576:4   sizes with weights
//
// The order is a fixed, shuffled pattern in which every size has exactly its share; it starts over at its end. Packets
// that leave together are grouped by size (see group()), because a device segments only packets of one size.
//
// A value; next() and group() change it, so every thread has its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "libcommon/util/result.hpp"

namespace gtp::gen {

class SizeMix {
 public:
  struct Part {
    std::uint16_t octets = 0;
    std::uint32_t weight = 1;
  };

  SizeMix() : SizeMix({{100, 1}}) {}
  explicit SizeMix(std::vector<Part> parts);
  static Result<SizeMix> parse(std::string_view text);

  // Sizes in ascending order; a size is its place here.
  const std::vector<Part>& parts() const noexcept { return parts_; }
  std::uint16_t smallest() const noexcept { return parts_.front().octets; }
  std::uint16_t largest() const noexcept { return parts_.back().octets; }
  double mean() const noexcept;

  // The size of the next packet.
  std::uint16_t next() noexcept {
    const std::uint16_t part = pattern_[at_];
    if (++at_ == pattern_.size()) at_ = 0;
    return part;
  }

  // Divides the next [count] packets into runs of one size, smallest first: the k-th entry of [counts] (one for each
  // part) is how many have that size. With more than kFewParts sizes, runs would be single packets: then all [count]
  // packets have the next size of the pattern, which leaves their shares as they are.
  static constexpr std::size_t kFewParts = 16;
  void group(std::uint32_t count, std::vector<std::uint32_t>& counts) noexcept;

 private:
  std::vector<Part> parts_;
  std::vector<std::uint16_t> pattern_;
  std::size_t at_ = 0;
};

}  // namespace gtp::gen
