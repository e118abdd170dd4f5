/*
 * The upstream stub: answers each URL with a prepared body, fast enough not to be what is measured.
 *
 * It knows nothing of Cotalker. A URL it has not met is asked of the bench over stdout ("miss <url>"),
 * which answers over stdin ("put ..."); from then on the answer is served from memory. The bench takes
 * care that all URLs of a measurement are met before it starts.
 *
 * stdin:  put <status> <url length> <body length>\n<url><body>
 *         latency <ms>\n      how long every answer takes from now on
 *         stamp <n>\n         whose bodies are the same, byte for byte: 0: all · 1: those of one token · 2: none;
 *                             what tells them apart is white space behind the JSON
 *         stats\n             prints and resets the counters
 * stdout: listening <port>\n · miss <url>\n · stats <calls> <misses> <connections> <tokens> <refused>\n
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MAX_REQUEST = 32768, MAX_FDS = 65536, TABLE = 1 << 16, STAMP = 64 };
enum { SAME_FOR_ALL, SAME_FOR_TOKEN, NEVER_SAME };

typedef struct {
  char *url; /* NULL: free */
  size_t url_length, length;
  char *bytes; /* head and body; NULL: asked of the bench, not answered yet */
} Answer;

typedef struct {
  int fd;
  uint32_t generation; /* tells a reused file descriptor from the one that an answer was meant for */
  size_t received, consumed, sent;
  const Answer *answer; /* being sent, waiting for its time, or for the bench */
  int is_due;
  char stamp[STAMP]; /* the end of the body */
  char buffer[MAX_REQUEST];
} Connection;

typedef struct {
  uint64_t due;
  int fd;
  uint32_t generation;
} Delayed;

static Connection *connections[MAX_FDS];
static Answer answers[TABLE];
static uint64_t tokens[TABLE];
static Delayed delayed[MAX_FDS]; /* a ring: the latency is the same for all, so first in is first out */
static size_t first_delayed, delayed_count;
static uint64_t latency_ns, serial;
static int stamping;
static unsigned long calls, misses, accepted, token_count, refused;
static int epoll_fd;
static const char REFUSAL[] =
    "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
static const Answer unauthorized = {NULL, 0, sizeof REFUSAL - 1, (char *)REFUSAL};
/* What is stamped is a body that ends with room for it. */
static int is_stamped(const Answer *answer) { return answer != &unauthorized; }

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* FNV-1a */
static uint64_t hash(const char *bytes, size_t length) {
  uint64_t value = 14695981039346656037u;
  for (size_t i = 0; i < length; i++) value = (value ^ (unsigned char)bytes[i]) * 1099511628211u;
  return value | 1;
}

/* The entry of a URL; a new one is empty. */
static Answer *entry(const char *url, size_t length) {
  for (uint64_t i = hash(url, length);; i++) {
    Answer *at = &answers[i % TABLE];
    if (at->url == NULL) {
      at->url = strndup(url, length);
      at->url_length = length;
      return at;
    }
    if (at->url_length == length && memcmp(at->url, url, length) == 0) return at;
  }
}

static void count_token(const char *value, size_t length) {
  uint64_t key = hash(value, length);
  if (token_count > TABLE / 2) return;
  for (uint64_t i = key;; i++) {
    uint64_t *at = &tokens[i % TABLE];
    if (*at == key) return;
    if (*at == 0) {
      *at = key;
      token_count++;
      return;
    }
  }
}

static void drop(Connection *connection) {
  connections[connection->fd] = NULL;
  close(connection->fd);
  free(connection);
}

static void listen_to(Connection *connection, uint32_t events) {
  struct epoll_event event = {events, {.fd = connection->fd}};
  epoll_ctl(epoll_fd, EPOLL_CTL_MOD, connection->fd, &event);
}

static int next_request(Connection *connection);

/* Sends what is due; returns 0 where the connection broke. */
static int flush(Connection *connection) {
  while (connection->answer && connection->is_due) {
    const Answer *answer = connection->answer;
    size_t fixed = answer->length - (is_stamped(answer) ? STAMP : 0);
    size_t of_fixed = connection->sent < fixed ? connection->sent : fixed;
    size_t of_stamp = connection->sent - of_fixed;
    struct iovec parts[] = {{answer->bytes + of_fixed, fixed - of_fixed},
                            {connection->stamp + of_stamp, answer->length - fixed - of_stamp}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t written = sendmsg(connection->fd, &message, MSG_NOSIGNAL);
    if (written < 0) {
      if (errno != EAGAIN) return 0;
      listen_to(connection, EPOLLIN | EPOLLOUT);
      return 1;
    }
    connection->sent += (size_t)written;
    if (connection->sent < answer->length) continue;
    connection->answer = NULL;
    if (!next_request(connection)) return 0;
  }
  return 1;
}

/* Puts an answer that the stub knows on its way: now, or after the latency. */
static void schedule(Connection *connection) {
  connection->sent = 0;
  connection->is_due = latency_ns == 0;
  if (connection->is_due) return;
  if (delayed_count == MAX_FDS) fail("too many delayed answers");
  delayed[(first_delayed + delayed_count++) % MAX_FDS] =
      (Delayed){now() + latency_ns, connection->fd, connection->generation};
}

/* The value of the authorization header; NULL where there is none. */
static const char *authorization(const char *head, const char *end, size_t *length) {
  static const char NAME[] = "authorization:";
  for (const char *line = head; line < end;) {
    const char *stop = memchr(line, '\r', (size_t)(end - line));
    if (stop == NULL) stop = end;
    if ((size_t)(stop - line) > sizeof NAME && strncasecmp(line, NAME, sizeof NAME - 1) == 0) {
      *length = (size_t)(stop - line) - (sizeof NAME - 1);
      return line + sizeof NAME - 1;
    }
    line = stop + 2;
  }
  return NULL;
}

/* The bits of a number as spaces and tabs. */
static void stamp(Connection *connection, uint64_t number) {
  for (int i = 0; i < STAMP; i++) connection->stamp[i] = number >> i & 1 ? '\t' : ' ';
}

/* Takes the next complete GET from the buffer, if there is one and none is being answered. */
static int next_request(Connection *connection) {
  if (connection->answer) return 1;
  char *start = connection->buffer + connection->consumed;
  char *end = memmem(start, connection->received - connection->consumed, "\r\n\r\n", 4);
  if (end == NULL) {
    memmove(connection->buffer, start, connection->received - connection->consumed);
    connection->received -= connection->consumed;
    connection->consumed = 0;
    return connection->received < MAX_REQUEST;
  }
  connection->consumed = (size_t)(end + 4 - connection->buffer);
  char *space = memchr(start + 4, ' ', (size_t)(end - start - 4));
  if (memcmp(start, "GET ", 4) != 0 || space == NULL) return 0;
  calls++;

  size_t token_length;
  const char *token = authorization(start, end, &token_length);
  if (token == NULL) {
    refused++;
    connection->answer = &unauthorized;
    schedule(connection);
    return 1;
  }
  count_token(token, token_length);
  stamp(connection, stamping == SAME_FOR_ALL     ? 0
                    : stamping == SAME_FOR_TOKEN ? hash(token, token_length)
                                                 : ++serial);
  Answer *answer = entry(start + 4, (size_t)(space - start - 4));
  connection->answer = answer;
  if (answer->bytes) {
    schedule(connection);
  } else {
    misses++;
    connection->is_due = 0;
    printf("miss %s\n", answer->url);
    fflush(stdout);
  }
  return 1;
}

static void receive(Connection *connection) {
  ssize_t count = recv(connection->fd, connection->buffer + connection->received,
                       MAX_REQUEST - connection->received, 0);
  if (count == 0 || (count < 0 && errno != EAGAIN)) {
    drop(connection);
    return;
  }
  if (count > 0) connection->received += (size_t)count;
  if (!next_request(connection) || !flush(connection)) drop(connection);
}

static void accept_all(int listener) {
  static uint32_t generation;
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Connection *connection = malloc(sizeof *connection);
    if (connection == NULL || fd >= MAX_FDS) fail("accept");
    memset(connection, 0, offsetof(Connection, buffer));
    connection->fd = fd;
    connection->generation = ++generation;
    connections[fd] = connection;
    struct epoll_event event = {EPOLLIN, {.fd = fd}};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
    accepted++;
  }
}

/* Learns an answer, and gives it to all who wait for it. */
static void learn(int status, const char *url, size_t url_length, const char *body, size_t length) {
  Answer *answer = entry(url, url_length);
  answer->bytes = malloc(length + STAMP + 256);
  int head = sprintf(answer->bytes,
                     "HTTP/1.1 %d %s\r\ncontent-type: application/json; charset=utf-8\r\n"
                     "content-length: %zu\r\n\r\n",
                     status, status == 200 ? "OK" : "Refused", length + STAMP);
  memcpy(answer->bytes + head, body, length);
  answer->length = (size_t)head + length + STAMP;
  for (int fd = 0; fd < MAX_FDS; fd++) {
    Connection *connection = connections[fd];
    if (connection == NULL || connection->answer != answer) continue;
    schedule(connection);
    if (!flush(connection)) drop(connection);
  }
}

/* Executes what has come over stdin in full; leaves the rest in the buffer. */
static void command(void) {
  static char *buffer;
  static size_t length, size;
  if (length + 65536 > size) buffer = realloc(buffer, size = size * 2 + 131072);
  ssize_t count = read(0, buffer + length, size - length);
  if (count == 0) exit(0);
  if (count < 0) return;
  length += (size_t)count;
  for (char *line_end; (line_end = memchr(buffer, '\n', length));) {
    size_t used = (size_t)(line_end + 1 - buffer), url_length, body_length;
    int status;
    unsigned long ms;
    if (sscanf(buffer, "put %d %zu %zu\n", &status, &url_length, &body_length) == 3) {
      if (length - used < url_length + body_length) return;
      learn(status, line_end + 1, url_length, line_end + 1 + url_length, body_length);
      used += url_length + body_length;
    } else if (sscanf(buffer, "latency %lu\n", &ms) == 1) {
      latency_ns = ms * 1000000;
    } else if (sscanf(buffer, "stamp %d\n", &stamping) != 1) {
      printf("stats %lu %lu %lu %lu %lu\n", calls, misses, accepted, token_count, refused);
      fflush(stdout);
      calls = misses = accepted = token_count = refused = 0;
      memset(tokens, 0, sizeof tokens);
    }
    memmove(buffer, buffer + used, length -= used);
  }
}

/* Sends the answers whose time has come; returns the milliseconds until the next one, -1 for none. */
static int send_due(void) {
  while (delayed_count > 0) {
    Delayed next = delayed[first_delayed];
    uint64_t time = now();
    if (next.due > time) return (int)((next.due - time + 999999) / 1000000);
    first_delayed = (first_delayed + 1) % MAX_FDS;
    delayed_count--;
    Connection *connection = connections[next.fd];
    if (connection == NULL || connection->generation != next.generation) continue;
    connection->is_due = 1;
    if (!flush(connection)) drop(connection);
  }
  return -1;
}

int main(void) {
  struct rlimit files = {MAX_FDS, MAX_FDS};
  setrlimit(RLIMIT_NOFILE, &files);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 4096)) fail("listen");
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);

  epoll_fd = epoll_create1(0);
  fcntl(0, F_SETFL, O_NONBLOCK);
  int own[] = {0, listener};
  for (int i = 0; i < 2; i++) {
    struct epoll_event event = {EPOLLIN, {.fd = own[i]}};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, own[i], &event);
  }
  for (;;) {
    struct epoll_event events[256];
    int count = epoll_wait(epoll_fd, events, 256, send_due());
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == 0) command();
      else if (fd == listener) accept_all(listener);
      else if (connections[fd] == NULL) continue;
      else if (events[i].events & EPOLLOUT) {
        listen_to(connections[fd], EPOLLIN);
        if (!flush(connections[fd])) drop(connections[fd]);
      } else receive(connections[fd]);
    }
  }
}
