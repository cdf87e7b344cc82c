// SPDX-License-Identifier: GPL-2.0-or-later
//
// What kernel/wire.h needs of the kernel, for C programs in user space.
#ifndef GTP_TESTS_KERNEL_TYPES_H
#define GTP_TESTS_KERNEL_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#endif
