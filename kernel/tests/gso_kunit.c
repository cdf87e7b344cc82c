// SPDX-License-Identifier: GPL-2.0
/*
 * Segmentation: what gtp_gso_segment() makes of a TCP super-packet of any
 * length is the same stream, in packets whose GTP length can be right.
 */

#include <kunit/test.h>
#include <linux/etherdevice.h>

#include "../gso.c"

#define MSS	1000
#define ID	500
#define SEQ	0xfffffe00	/* wraps within the packet */

static unsigned int nhlen_of(bool six)
{
	return six ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
}

/* A super-packet as TCP hands it over, @payload octets that count upwards. */
static struct sk_buff *super_packet(struct net_device *dev, bool six,
				    unsigned int payload)
{
	unsigned int nhlen = nhlen_of(six), i;
	struct sk_buff *skb = alloc_skb(128 + nhlen + 20 + payload, GFP_KERNEL);
	struct tcphdr *th;
	u8 *data;

	if (!skb)
		return NULL;
	skb_reserve(skb, 128);
	skb->dev = dev;
	skb_reset_mac_header(skb);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, nhlen);
	memset(skb_put(skb, nhlen + 20), 0, nhlen + 20);
	data = skb_put(skb, payload);
	for (i = 0; i < payload; i++)
		data[i] = i;

	th = tcp_hdr(skb);
	th->doff = 5;
	th->seq = htonl(SEQ);
	th->ack = 1;
	th->psh = 1;
	th->fin = 1;
	if (six) {
		struct ipv6hdr *ip6h = ipv6_hdr(skb);

		skb->protocol = htons(ETH_P_IPV6);
		ip6h->version = 6;
		ip6h->nexthdr = IPPROTO_TCP;
		ip6h->payload_len = htons(20 + payload);
		ip6h->saddr.s6_addr[15] = 1;
		ip6h->daddr.s6_addr[15] = 2;
		th->check = ~tcp_v6_check(20 + payload, &ip6h->saddr,
					  &ip6h->daddr, 0);
	} else {
		struct iphdr *iph = ip_hdr(skb);

		skb->protocol = htons(ETH_P_IP);
		iph->version = 4;
		iph->ihl = 5;
		iph->protocol = IPPROTO_TCP;
		iph->id = htons(ID);
		iph->tot_len = htons(20 + 20 + payload);
		iph->saddr = htonl(0x0a000001);
		iph->daddr = htonl(0x0a000002);
		ip_send_check(iph);
		th->check = ~tcp_v4_check(20 + payload, iph->saddr, iph->daddr, 0);
	}
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_transport_header(skb) - skb->head;
	skb->csum_offset = offsetof(struct tcphdr, check);
	skb_shinfo(skb)->gso_size = MSS;
	skb_shinfo(skb)->gso_segs = DIV_ROUND_UP(payload, MSS);
	skb_shinfo(skb)->gso_type = six ? SKB_GSO_TCPV6 : SKB_GSO_TCPV4;
	return skb;
}

/* The pseudo header's sum for the length that @skb has. */
static bool checksum_is_right(struct sk_buff *skb, bool six)
{
	unsigned int len = skb->len - nhlen_of(six);
	__sum16 want;

	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return false;
	if (six)
		want = ~tcp_v6_check(len, &ipv6_hdr(skb)->saddr,
				     &ipv6_hdr(skb)->daddr, 0);
	else
		want = ~tcp_v4_check(len, ip_hdr(skb)->saddr,
				     ip_hdr(skb)->daddr, 0);
	return tcp_hdr(skb)->check == want;
}

/* One packet of the list; @at is where its payload is in the stream. */
static void check_packet(struct kunit *test, struct sk_buff *skb, bool six,
			 unsigned int at, unsigned int payload, bool last)
{
	unsigned int hlen = nhlen_of(six) + 20, n = skb->len - hlen, i;
	struct tcphdr *th = tcp_hdr(skb);
	u8 octet;

	KUNIT_EXPECT_EQ(test, ntohl(th->seq), (u32)SEQ + at);
	KUNIT_EXPECT_EQ(test, (bool)th->fin, last);
	KUNIT_EXPECT_EQ(test, (bool)th->psh, last);
	KUNIT_EXPECT_TRUE(test, checksum_is_right(skb, six));
	if (six) {
		KUNIT_EXPECT_EQ(test, ntohs(ipv6_hdr(skb)->payload_len), 20 + n);
	} else {
		KUNIT_EXPECT_EQ(test, ntohs(ip_hdr(skb)->tot_len), hlen + n);
		KUNIT_EXPECT_EQ(test, ntohs(ip_hdr(skb)->id), ID + at / MSS);
		KUNIT_EXPECT_EQ(test, ip_fast_csum(ip_hdr(skb), 5), 0);
	}
	if (skb_is_gso(skb)) {
		KUNIT_EXPECT_EQ(test, n % skb_shinfo(skb)->gso_size, 0U);
		KUNIT_EXPECT_EQ(test, n / MSS, skb_shinfo(skb)->gso_segs);
	}
	for (i = 0; i < n; i++) {
		if (skb_copy_bits(skb, hlen + i, &octet, 1) || octet != (u8)(at + i))
			break;
	}
	KUNIT_EXPECT_EQ_MSG(test, i, n, "payload of %u at %u", payload, at);
}

static void check_segments(struct kunit *test, bool six, bool whole,
			   unsigned int payload)
{
	struct net_device *dev = test->priv;
	struct sk_buff *skb = super_packet(dev, six, payload), *next;
	unsigned int at = 0, packets = 0;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb = gtp_gso_segment(skb, whole);
	KUNIT_ASSERT_FALSE(test, IS_ERR(skb));
	for (; skb; skb = next) {
		unsigned int n = skb->len - nhlen_of(six) - 20;

		next = skb->next;
		skb_mark_not_on_list(skb);
		check_packet(test, skb, six, at, payload, at + n == payload);
		at += n;
		packets++;
		consume_skb(skb);
	}
	KUNIT_EXPECT_EQ(test, at, payload);
	KUNIT_EXPECT_EQ_MSG(test, packets, whole ?
			    (payload >= MSS) + (payload % MSS != 0) :
			    DIV_ROUND_UP(payload, MSS), "payload %u", payload);
}

static const unsigned int payloads[] = {
	MSS + 1, 2 * MSS - 1, 2 * MSS, 2 * MSS + 1, 5 * MSS, 5 * MSS + 512,
	44 * MSS, 44 * MSS + 999,
};

static void stays_whole(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(payloads); i++) {
		check_segments(test, false, true, payloads[i]);
		check_segments(test, true, true, payloads[i]);
	}
}

/* Needs the core's TCP offload, which a kernel without INET has not. */
static void is_cut(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(payloads); i++) {
		check_segments(test, false, false, payloads[i]);
		check_segments(test, true, false, payloads[i]);
	}
}

static int gso_init(struct kunit *test)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	dev->needed_headroom = 128;
	test->priv = dev;
	return 0;
}

static void gso_exit(struct kunit *test)
{
	free_netdev(test->priv);
}

static struct kunit_case gso_tests[] = {
	KUNIT_CASE(stays_whole),
	KUNIT_CASE(is_cut),
	{}
};

static struct kunit_suite gso_suite = {
	.name = "gtp_gso",
	.init = gso_init,
	.exit = gso_exit,
	.test_cases = gso_tests,
};

kunit_test_suite(gso_suite);
