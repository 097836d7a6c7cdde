package main

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// fetch asks for one path, reads its body to the end and decodes it.
func fetch(client *http.Client, plan Plan, path string) (sample Sample) {
	sample = Sample{Path: path, Start: now(), Encoding: "identity"}
	sample.Planned = sample.Start
	wrong := func(kind string, err error) Sample {
		sample.Error, sample.Complaint = kind, path+": "+err.Error()
		if sample.End == 0 {
			sample.End = now()
		}
		return sample
	}
	request, err := http.NewRequest(plan.Method, plan.Origin+path, nil)
	if err != nil {
		return wrong("network", err)
	}
	var conn *countedConn
	var before int64
	trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if counted, ok := info.Conn.(*countedConn); ok {
			conn, before = counted, atomic.LoadInt64(&counted.received)
		}
	}}
	request = request.WithContext(httptrace.WithClientTrace(request.Context(), trace))
	response, err := client.Do(request)
	if err != nil {
		return wrong(kindOf(err), err)
	}
	defer response.Body.Close()
	sample.Status = response.StatusCode
	sample.Timing = response.Header.Get("Server-Timing")
	sample.Encoding = encodingOf(response)
	body, err := io.ReadAll(response.Body)
	sample.End = now()
	if err != nil {
		return wrong(kindOf(err), err)
	}
	sample.Bytes = int64(len(body))
	if response.Uncompressed && conn != nil {
		// The transport has unpacked it: what is left to see is the connection, headers included.
		sample.Bytes = atomic.LoadInt64(&conn.received) - before
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return wrong("status", errors.New(response.Status))
	}
	name, err := decode(body, plan.Settings.Decode)
	if err != nil {
		return wrong("decode", err)
	}
	sample.Result = name
	return sample
}

func decode(body []byte, how string) (*string, error) {
	switch how {
	case "none":
		return nil, nil
	case "name":
		var document struct{ Name *string }
		err := json.Unmarshal(body, &document)
		return document.Name, err
	}
	var document map[string]interface{}
	if err := json.Unmarshal(body, &document); err != nil {
		return nil, err
	}
	if name, ok := document["name"].(string); ok {
		return &name, nil
	}
	return nil, nil
}

func encodingOf(response *http.Response) string {
	if response.Uncompressed {
		return "gzip"
	}
	if encoding := response.Header.Get("Content-Encoding"); encoding != "" {
		return encoding
	}
	return "identity"
}

func kindOf(err error) string {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return "timeout"
	}
	return "network"
}
