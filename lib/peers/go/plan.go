package main

// Plan is what to ask for and how; times are in ms.
type Plan struct {
	// Origin is where the API answers, no trailing slash.
	Origin string   `json:"origin"`
	Paths  []string `json:"paths"`
	Method string   `json:"method"`
	// Schedule is "sequential", "concurrent" (a goroutine each) or "pool" (bounded by a semaphore).
	Schedule    string   `json:"schedule"`
	Concurrency *int     `json:"concurrency"`
	Connections string   `json:"connections"`
	Deadline    float64  `json:"deadline"`
	Settings    Settings `json:"settings"`
}

// Settings are what a library decides for itself unless it is told.
type Settings struct {
	// ConnectionLimit is null where the library's own stands.
	ConnectionLimit *int `json:"connectionLimit"`
	// AcceptEncoding is "default" or "identity".
	AcceptEncoding string `json:"acceptEncoding"`
	// Decode is "whole" (a generic value), "name" (a struct of one field) or "none".
	Decode string `json:"decode"`
}

// Sample is one request; times are in ms since the epoch.
type Sample struct {
	// Row is its place in the order in which requests were sent.
	Row     int     `json:"row"`
	Path    string  `json:"path"`
	Planned float64 `json:"planned"`
	Start   float64 `json:"start"`
	End     float64 `json:"end"`
	Status  int     `json:"status"`
	// Bytes of the body as they came over the wire.
	Bytes    int64  `json:"bytes"`
	Encoding string `json:"encoding"`
	Error    string `json:"error"`
	// Timing is the Server-Timing header as it came.
	Timing string  `json:"timing"`
	Result *string `json:"-"`
	// Complaint is the error in the library's words.
	Complaint string `json:"-"`
}

// Run is one pass of a plan, without its samples.
type Run struct {
	Opened    float64 `json:"opened"`
	Makespan  float64 `json:"makespan"`
	CPUUser   float64 `json:"cpuUser"`
	CPUSystem float64 `json:"cpuSystem"`
	// PeakMemory is in bytes.
	PeakMemory int64             `json:"peakMemory"`
	Sockets    int64             `json:"sockets"`
	Settings   map[string]string `json:"settings"`
	Versions   map[string]string `json:"versions"`
	Complaints []string          `json:"complaints"`
	Results    []*string         `json:"results"`
}
