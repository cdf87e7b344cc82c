/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM gtp

#if !defined(_GTP_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _GTP_TRACE_H

#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/tracepoint.h>

/* @what: enum gtp_link_counter. */
TRACE_EVENT(gtp_drop,
	TP_PROTO(const struct net_device *dev, const struct sk_buff *skb,
		 int what),
	TP_ARGS(dev, skb, what),
	TP_STRUCT__entry(
		__field(int, ifindex)
		__field(const void *, skbaddr)
		__field(unsigned int, len)
		__field(int, what)
	),
	TP_fast_assign(
		__entry->ifindex = dev->ifindex;
		__entry->skbaddr = skb;
		__entry->len = skb->len;
		__entry->what = what;
	),
	TP_printk("ifindex=%d skbaddr=%p len=%u counter=%d", __entry->ifindex,
		  __entry->skbaddr, __entry->len, __entry->what)
);

#endif

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH .
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
