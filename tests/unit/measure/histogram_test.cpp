// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/measure/histogram.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>

using gtp::measure::Histogram;

TEST_CASE("an empty histogram has measured nothing") {
  const Histogram empty;
  CHECK(empty.count() == 0);
  CHECK_FALSE(empty.min());
  CHECK_FALSE(empty.max());
  CHECK_FALSE(empty.mean());
  CHECK_FALSE(empty.percentile(50));
}

TEST_CASE("one value is every percentile, exactly") {
  Histogram one;
  one.add(1'234'567);
  for (const double percent : {0.0, 1.0, 50.0, 99.9, 100.0}) CHECK(one.percentile(percent) == 1'234'567U);
  CHECK(one.min() == 1'234'567U);
  CHECK(one.mean() == 1'234'567U);
}

TEST_CASE("values below 128 are exact; percentiles are by nearest rank") {
  Histogram h;
  for (std::uint64_t v = 1; v <= 100; ++v) h.add(v);
  CHECK(h.percentile(1) == 1U);
  CHECK(h.percentile(50) == 50U);
  CHECK(h.percentile(50.1) == 51U);
  CHECK(h.percentile(90) == 90U);
  CHECK(h.percentile(99) == 99U);
  CHECK(h.percentile(100) == 100U);
  CHECK(h.mean() == 50U);
}

TEST_CASE("a percentile is off by one per cent at most, at every magnitude") {
  for (std::uint64_t value = 1; value < std::uint64_t{1} << 43; value = value * 3 / 2 + 1) {
    Histogram h;
    h.add(0);
    h.add(value);
    h.add(value);
    h.add(std::uint64_t{1} << 43);  // neither end of the range helps
    const auto median = static_cast<double>(h.percentile(50).value());
    INFO(value);
    CHECK(median == Approx(static_cast<double>(value)).epsilon(0.008));
  }
}

TEST_CASE("buckets join without a gap where the magnitude changes") {
  for (int bit = 6; bit < 43; ++bit) {
    for (const std::uint64_t value : {(std::uint64_t{1} << bit) - 1, std::uint64_t{1} << bit}) {
      Histogram h;
      h.add(0);
      h.add(value);
      h.add(std::uint64_t{1} << 43);
      INFO(value);
      CHECK(static_cast<double>(h.percentile(50).value()) == Approx(static_cast<double>(value)).epsilon(0.008));
    }
  }
}

TEST_CASE("values beyond the range stay in count, sum and maximum") {
  Histogram h;
  h.add(5);
  h.add(std::numeric_limits<std::uint64_t>::max() - 5);
  CHECK(h.count() == 2);
  CHECK(h.max() == std::numeric_limits<std::uint64_t>::max() - 5);
  CHECK(h.percentile(50) == 5U);
  CHECK(h.percentile(99) == std::numeric_limits<std::uint64_t>::max() - 5);
}

TEST_CASE("merging is the same as measuring in one place") {
  Histogram left;
  Histogram right;
  Histogram both;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::uint64_t value = i * i * 37 + 11;
    (i % 3 == 0 ? left : right).add(value);
    both.add(value);
  }
  left.merge(right);
  left.merge(Histogram{});
  CHECK(left.count() == 1000);
  CHECK(left.min() == 11U);
  CHECK(left.max() == both.max());
  CHECK(left.mean() == both.mean());
  for (const double percent : {1.0, 25.0, 50.0, 99.0}) CHECK(left.percentile(percent) == both.percentile(percent));
  left.clear();
  CHECK(left.count() == 0);
  CHECK_FALSE(left.min());
}

TEST_CASE("buckets written out and read back are the same histogram") {
  Histogram h;
  for (std::uint64_t i = 0; i < 5000; ++i) h.add(i * i * 97);
  Histogram read;
  std::uint64_t count = 0;
  std::uint64_t before = 0;
  h.for_each_bucket([&](std::uint64_t last, std::uint64_t n) {
    CHECK((count == 0 || last > before));
    before = last;
    count += n;
    read.restore_bucket(last, n);
  });
  CHECK(count == 5000);
  REQUIRE(read.restore_exact(*h.min(), *h.max(), *h.mean()));
  CHECK(read.count() == h.count());
  CHECK(read.mean() == h.mean());
  for (const double percent : {0.0, 1.0, 50.0, 99.0, 100.0}) CHECK(read.percentile(percent) == h.percentile(percent));
}

TEST_CASE("what cannot be a histogram is not read back") {
  Histogram none;
  CHECK_FALSE(none.restore_exact(0, 0, 0));
  Histogram h;
  h.restore_bucket(10, 5);
  h.restore_bucket(20, 5);
  CHECK_FALSE(h.restore_exact(11, 20, 15));
  CHECK_FALSE(h.restore_exact(10, 21, 15));
  CHECK_FALSE(h.restore_exact(10, 20, 9));
  CHECK(h.restore_exact(10, 20, 15));
  CHECK(h.percentile(50) == 10U);
}

TEST_CASE("what was added since an earlier look") {
  Histogram h;
  for (std::uint64_t i = 1; i <= 100; ++i) h.add(1000);
  const Histogram earlier = h;
  for (std::uint64_t i = 1; i <= 50; ++i) h.add(50);
  const Histogram more = h.since(earlier);
  CHECK(more.count() == 50);
  CHECK(more.percentile(99) == 50U);
  CHECK(more.mean() == 50U);
  CHECK(h.since(h).count() == 0);
  CHECK_FALSE(h.since(h).max());
}

TEST_CASE("a shifted histogram is that of the shifted values, within its buckets") {
  Histogram h;
  Histogram shifted;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    h.add(i * 13);
    shifted.add(i * 13 + 5000);
  }
  h.shift(5000);
  CHECK(h.min() == 5000U);
  CHECK(h.max() == shifted.max());
  CHECK(h.mean() == shifted.mean());
  for (const double percent : {10.0, 50.0, 90.0}) {
    const double ratio =
        static_cast<double>(*h.percentile(percent)) / static_cast<double>(*shifted.percentile(percent));
    CHECK(ratio > 0.98);
    CHECK(ratio < 1.02);
  }
}

TEST_CASE("the standard deviation of two values as far from their mean") {
  Histogram h;
  for (int i = 0; i < 10; ++i) {
    h.add(100);
    h.add(20);
  }
  CHECK(h.deviation() == 40U);
  CHECK_FALSE(Histogram{}.deviation());
}
