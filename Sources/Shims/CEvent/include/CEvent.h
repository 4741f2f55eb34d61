#pragma once
// What Swift cannot see of libevent, OpenSSL and the socket calls: macros, and structures that are told apart by a cast.
// The system's types first: libevent's header asks for _GNU_SOURCE, under which glibc spells fd_set otherwise than in the
// module that Swift imports as Glibc, and the two do not go into one file.
#include <sys/types.h>

#include <event2/event.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

/// An IP address and a port, in host byte order; an IPv4 address lies in the low 32 bits of `low`.
typedef struct {
  uint64_t high;
  uint64_t low;
  uint32_t scope;
  uint16_t port;
  bool is_ipv6;
} cevent_address;

/// A base for the one thread that makes it: no locks, no environment variables.
static inline struct event_base *cevent_base_new(void) {
  struct event_config *config = event_config_new();
  if (!config) return NULL;
  event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK | EVENT_BASE_FLAG_IGNORE_ENV);
  struct event_base *base = event_base_new_with_config(config);
  event_config_free(config);
  return base;
}

/// What a list of threads shows; up to 15 bytes.
void cevent_name_thread(pthread_t thread, const char *name);

static inline int cevent_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

/// Nanoseconds of the monotonic clock; the coarse one is cheaper and up to 4 ms behind.
static inline int64_t cevent_monotonic(bool coarse) {
  struct timespec time;
  clock_gettime(coarse ? CLOCK_MONOTONIC_COARSE : CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/// Seconds since 1970.
static inline int64_t cevent_wall_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME_COARSE, &time);
  return time.tv_sec;
}

// Sockets: non-blocking, closed on exec. They answer a descriptor, or -1 with errno set.
int cevent_listen(const cevent_address *address, bool shares_port, int backlog);
int cevent_accept(int listener, cevent_address *peer);
/// Begins to connect with the socket `spare`, which is closed if that fails, or with a new one if `spare` is -1.
int cevent_connect(const cevent_address *address, int spare);
int cevent_udp(const cevent_address *address, int receive_buffer_bytes);
/// The next datagram that came back as undeliverable: where it was to go, and the errno, 0 if that is not told. False when there is none.
bool cevent_udp_take_unreachable(int descriptor, cevent_address *to, int *error);
int cevent_local_address(int descriptor, cevent_address *address);
/// False when the address is neither of IPv4 nor of IPv6.
bool cevent_from_sockaddr(const struct sockaddr *raw, socklen_t length, cevent_address *address);
/// The error that a socket has met since it was last asked: 0, an errno, or the errno of asking.
int cevent_take_error(int descriptor);
/// Whether an error of the resolver says that there is no such host, instead of that nobody answered.
bool cevent_is_unknown_host(int code);
/// Lets a close of this connection be a reset.
void cevent_reset_on_close(int descriptor);
/// Breaks a connection off with a reset; the socket can connect again, from another port.
int cevent_disconnect(int descriptor);
/// A descriptor that is held back, to be given up when there is no other.
int cevent_reserve(void);

// Many datagrams in one call.
typedef struct cevent_batch cevent_batch;
/// Room for `count` datagrams of up to `bytes` each; null when there is no memory.
cevent_batch *cevent_batch_new(uint32_t count, size_t bytes);
void cevent_batch_free(cevent_batch *batch);
/// How many were received, or -1 with errno set.
int cevent_batch_receive(cevent_batch *batch, int descriptor);
/// One of those last received: its bytes and sender; false when it was longer than there was room.
bool cevent_batch_datagram(const cevent_batch *batch, uint32_t index, const uint8_t **bytes, size_t *count, cevent_address *from);

enum : uint32_t { CEVENT_SEND_BATCH = 64 };
/// Sends the same bytes to up to `CEVENT_SEND_BATCH` addresses, from a socket of IPv6 or of IPv4.
/// How many were sent before one failed, or -1 with the errno of the first.
int cevent_send_each(int descriptor, bool is_ipv6, const uint8_t *bytes, size_t count, const cevent_address *addresses,
                     uint32_t address_count);

/// Null on error, which then is OpenSSL's to tell.
SSL_CTX *cevent_tls_context(const char *certificate_chain_file, const char *key_file);
