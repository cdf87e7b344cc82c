// SPDX-License-Identifier: GPL-2.0-or-later
//
// FrameAreas: memory of one thread for frames that leave together, those of one size side by side, as a device wants
// them that segments. A size keeps its area while there are not too many sizes, so that only the fields that differ are
// written for each packet.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "gtpgen/frame/frame_template.hpp"
#include "gtpgen/pace/schedule.hpp"

namespace gtp::gen {

class FrameAreas {
 public:
  static constexpr std::size_t kAreas = 16;

  explicit FrameAreas(const std::vector<FrameTemplate>& templates) : templates_(templates) {}

  // Room for [frames] frames of the [size]-th template, all filled.
  std::byte* area(std::size_t size, std::uint32_t frames) {
    Area& area = areas_[size % kAreas];
    if (area.size != size || area.frames < frames) fill(area, size, frames);
    return area.octets.data();
  }

 private:
  struct Area {
    std::size_t size = SIZE_MAX;
    std::uint32_t frames = 0;  // that are filled
    std::vector<std::byte> octets;
  };

  void fill(Area& area, std::size_t size, std::uint32_t frames) {
    const FrameTemplate& frame = templates_[size];
    const std::size_t wanted = std::size_t{frames} * frame.length();
    if (area.octets.size() < wanted) area.octets.resize(wanted);
    for (std::uint32_t i = 0; i < frames; ++i) frame.fill(area.octets.data() + i * frame.length());
    area.size = size;
    area.frames = frames;
  }

  const std::vector<FrameTemplate>& templates_;
  std::array<Area, kAreas> areas_;
};

}  // namespace gtp::gen
