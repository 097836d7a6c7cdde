package main

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// Dialer counts the connections that it opens.
type Dialer struct {
	net.Dialer
	opened  int64
	dialing int64
}

// DialContext is net.Dialer's, but for the context: a request that is done, on another connection
// than the one it asked for, would break that one off where the server has accepted it already, and
// the two sides would count differently. From Go 1.23 on the transport itself has it so.
func (d *Dialer) DialContext(_ context.Context, network, address string) (net.Conn, error) {
	atomic.AddInt64(&d.dialing, 1)
	defer atomic.AddInt64(&d.dialing, -1)
	conn, err := d.Dialer.Dial(network, address)
	if err != nil {
		return nil, err
	}
	atomic.AddInt64(&d.opened, 1)
	return &countedConn{Conn: conn}, nil
}

// Settle waits for connections that nobody needs any more: a request that was given another one
// leaves its own to be opened all the same.
func (d *Dialer) Settle() int64 {
	for quiet := 0; quiet < 3; quiet++ {
		time.Sleep(time.Millisecond)
		if atomic.LoadInt64(&d.dialing) > 0 {
			quiet = -1
		}
	}
	return atomic.LoadInt64(&d.opened)
}

// countedConn knows how many bytes came in.
type countedConn struct {
	net.Conn
	received int64
}

func (c *countedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	atomic.AddInt64(&c.received, int64(n))
	return n, err
}

// newClient is http.DefaultTransport, counted, with those settings that the plan fixes.
func newClient(plan Plan) (*http.Client, *Dialer, map[string]string) {
	dialer := &Dialer{Dialer: net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = dialer.DialContext
	transport.DisableKeepAlives = plan.Connections == "new"
	transport.DisableCompression = plan.Settings.AcceptEncoding == "identity"
	if limit := plan.Settings.ConnectionLimit; limit != nil {
		transport.MaxConnsPerHost = *limit
		transport.MaxIdleConnsPerHost = *limit
		transport.MaxIdleConns = *limit
	}
	client := &http.Client{
		Transport: transport,
		Timeout:   time.Duration(plan.Deadline * float64(time.Millisecond)),
	}
	settings := map[string]string{
		"connections at most": orUnlimited(transport.MaxConnsPerHost),
		"idle connections":    strconv.Itoa(idle(transport)),
		"accept-encoding":     map[bool]string{true: "none", false: "gzip"}[transport.DisableCompression],
	}
	return client, dialer, settings
}

func idle(transport *http.Transport) int {
	if transport.MaxIdleConnsPerHost == 0 {
		return http.DefaultMaxIdleConnsPerHost
	}
	return transport.MaxIdleConnsPerHost
}

func orUnlimited(limit int) string {
	if limit == 0 {
		return "unlimited"
	}
	return strconv.Itoa(limit)
}
